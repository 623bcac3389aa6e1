/**
 * A page's HTML names code and styles by source (`src="/pages/home.tsx"`); the build puts the bundles' names in
 * their place, and texts where it says `{{key}}`, so that nothing is written twice.
 */
import { BuildError } from './build-error';
import type { Bundles } from './browser-bundles';
import type { Texts } from './languages';

const REFERENCE = /(?<attribute>src|href)="\/(?<path>[^"]+\.(?:tsx?|css))"/g;

const TEXT = /\{\{(?<key>[\w.]+)\}\}/g;

/** Paths, relative to the assets folder, of what the page names. */
export const sourcesOf = (html: string): string[] =>
  [...html.matchAll(REFERENCE)].map(({ groups }) => groups?.['path'] ?? '');

/** @throws BuildError when the page names something that is not there */
export function fillPage(html: string, bundles: Bundles, texts: Texts): string {
  const needs = new Set<string>();
  const filled = html.replaceAll(REFERENCE, (_, attribute: string, path: string) => {
    const bundle = bundles.get(path);
    if (!bundle) throw new BuildError([`a page names /${path}, which is not in src/assets`]);
    for (const need of bundle.needs) needs.add(need);
    return `${attribute}="${bundle.path}"`;
  });
  const written = filled.replaceAll(TEXT, (_, key: string) => {
    const text = texts[key];
    if (text === undefined) throw new BuildError([`a page wants the text ${key}, which there is not`]);
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  });
  const preloads = [...needs].map((path) => `<link rel="modulepreload" href="${path}" />\n`).join('');
  return written.replace('</head>', `${preloads}</head>`);
}
