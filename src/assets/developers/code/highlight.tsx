/** Code in colours: comments, strings, words of the language, numbers. Enough to find one's way, in a page of code. */
import { Fragment } from 'preact';

/** In order: what begins first at a place is what it is. */
const JAVASCRIPT =
  /(?<comment>\/\/.*)|(?<string>'[^'\n]*'|`[^`]*`)|(?<word>\b(?:import|from|const|await|async|new|return|throw|if)\b)|(?<number>\b\d+\b)/g;
const SHELL =
  /(?<comment>^#.*)|(?<string>"[^"\n]*")|(?<word>^curl|\bjq\b|\btee\b|\$\w+|^FOYER)|(?<number>(?<==)\d+\b)/gm;
const JSON_TEXT =
  /(?<name>"(?:[^"\\]|\\.)*"(?=:))|(?<string>"(?:[^"\\]|\\.)*")|(?<word>\b(?:true|false|null)\b)|(?<number>-?\b\d[\d.e+-]*)/g;

const GRAMMARS = { javascript: JAVASCRIPT, shell: SHELL, json: JSON_TEXT };

export type Grammar = keyof typeof GRAMMARS;

export function Highlighted({ code, as }: { readonly code: string; readonly as: Grammar }) {
  const parts = [];
  let end = 0;
  for (const match of code.matchAll(GRAMMARS[as])) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    parts.push(code.slice(end, match.index), <span class={`code-${kind}`}>{match[0]}</span>);
    end = match.index + match[0].length;
  }
  return (
    <>
      {[...parts, code.slice(end)].map((part, index) => (
        // Parts have no other identity than their place.
        <Fragment key={index}>{part}</Fragment>
      ))}
    </>
  );
}
