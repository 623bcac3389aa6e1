/** The code of an example, in the tongues that developers read. It is made of the steps that run, and of nothing else. */
import type { Example, Step } from '../example';
import { curl } from './curl';
import { javascript } from './javascript';

export const TONGUES = ['curl', 'fetch', 'client'] as const;
export type TongueId = (typeof TONGUES)[number];

/** Where the code is to be run, and with what. */
export interface Setting {
  readonly origin: string;
  /** The server wants operators to show their key. */
  readonly needsKey: boolean;
  readonly words: (step: Step) => string;
  /** For what this tongue cannot say. */
  readonly elsewhere: string;
}

/** Some lines. */
export interface Block {
  /** The step that they do; none: they prepare or end. */
  readonly step: Step | undefined;
  readonly code: string;
}

export interface Tongue {
  readonly before: (example: Example, setting: Setting) => string;
  readonly step: (step: Step, setting: Setting) => string;
  readonly after: (example: Example) => string;
  /** How a comment begins. */
  readonly comment: string;
}

const LANGUAGES: Readonly<Record<TongueId, Tongue>> = {
  curl,
  fetch: javascript('fetch'),
  client: javascript('client'),
};

export const stepsOf = ({ steps, cleanup }: Example): readonly Step[] => [...steps, ...cleanup];

export function codeOf(example: Example, tongue: TongueId, given: Setting): readonly Block[] {
  const isForOperators = stepsOf(example).some((step) => step.does === 'ask' && step.caller === 'operator');
  const setting = { ...given, needsKey: given.needsKey && isForOperators };
  const { before, step: codeFor, after, comment } = LANGUAGES[tongue];
  const blocks = [
    { step: undefined, code: before(example, setting) },
    ...stepsOf(example).map((step) => ({
      step,
      code: [`${comment} ${setting.words(step)}`, codeFor(step, setting)].filter(Boolean).join('\n'),
    })),
    { step: undefined, code: after(example) },
  ];
  return blocks.filter(({ code }) => code !== '');
}
