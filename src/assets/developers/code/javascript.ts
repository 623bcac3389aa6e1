/** Examples as a JavaScript module: with `fetch` alone, or with the client that this server hands out. */
import { UNWATCH_CODE, WATCH_IMPORT, watchCode } from '../../lobby/twilio/watch-code';
import { type Asking, type Example, isGiven, type Step, type Value, type Values } from '../example';
import type { Setting, Tongue } from './code';

const WIDE = 50;
/** The key belongs on a server. */
const KEY_IMPORT = "import { env } from 'node:process';";
const KEY = 'env.ADMIN_API_KEY';

/** Waits for the next message on a socket. */
const TOLD = [
  'const told = (socket) =>',
  "  new Promise((next) => socket.addEventListener('message', next, { once: true }));",
].join('\n');

type Way = 'fetch' | 'client';

export const javascript = (way: Way): Tongue => ({
  comment: '//',
  before: (example, setting) => {
    const watches = example.steps.some(({ does }) => does === 'watch');
    const imports = [...(setting.needsKey ? [KEY_IMPORT] : []), ...(watches ? [WATCH_IMPORT] : [])];
    const lines = way === 'client' ? withClient(imports, setting) : withFetch(imports, setting);
    return example.steps.some(({ does }) => does === 'say') ? `${lines}\n${TOLD}` : lines;
  },
  step: (step, setting) => CODE[step.does](step as never, setting, way),
  after: ({ steps }) => [...new Set(steps.flatMap(ending))].join('\n'),
});

const withClient = (imports: readonly string[], { origin, needsKey }: Setting): string =>
  [
    `import { createFoyer } from '${origin}/foyer-client.js';`,
    ...imports,
    '',
    `const origin = '${origin}';`,
    'const foyer = createFoyer({ origin });',
    ...(needsKey ? [`const operator = createFoyer({ origin, key: ${KEY} });`] : []),
  ].join('\n');

const withFetch = (imports: readonly string[], { origin, needsKey }: Setting): string =>
  [
    ...imports,
    ...(imports.length > 0 ? [''] : []),
    `const ask = async (path, body${needsKey ? ', key' : ''}) => {`,
    `  const answer = await fetch('${origin}' + path, body && {`,
    "    method: 'POST',",
    needsKey
      ? "    headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },"
      : "    headers: { 'content-type': 'application/json' },",
    '    body: JSON.stringify(body),',
    '  });',
    '  if (!answer.ok) throw new Error(await answer.text());',
    '  return answer.json();',
    '};',
  ].join('\n');

const CODE: {
  readonly [Does in Step['does']]: (
    step: Extract<Step, { does: Does }>,
    setting: Setting,
    way: Way,
  ) => string;
} = {
  ask: (step, setting, way) => {
    const asked = way === 'client' ? byClient(step, setting) : byFetch(step, setting);
    return `${step.as === undefined ? '' : `const ${step.as} = `}await ${asked};`;
  },
  watch: ({ pass, as }) => watchCode(pass, as),
  connect: ({ as, user }, { origin }) => {
    const query = user ? `?${new URLSearchParams(user).toString()}` : '';
    return [
      `const ${as} = new WebSocket('${origin.replace(/^http/, 'ws')}/${query}');`,
      `${as}.onmessage = ({ data }) => console.log('${as}', data);`,
      `await new Promise((open) => (${as}.onopen = open));`,
    ].join('\n');
  },
  say: ({ socket, event, data, tells }) => {
    const message = object({ event: `'${event}'`, data: object(shownAll(data)) });
    return `${socket}.send(JSON.stringify(${message}));\nawait told(${tells});`;
  },
};

function byClient({ verb, path, takes, caller }: Asking, { needsKey }: Setting): string {
  const who = needsKey && caller === 'operator' ? 'operator' : 'foyer';
  return called(`${who}.${verb.toLowerCase()}`, path, takes);
}

function byFetch({ verb, path, takes, caller }: Asking, { needsKey }: Setting): string {
  if (verb === 'POST') {
    return called('ask', path, takes, needsKey && caller === 'operator' ? [KEY] : []);
  }
  const query = Object.entries(takes).map(
    ([name, value]) => `${name}=${isGiven(value) ? `\${${shown(value)}}` : String(value)}`,
  );
  const quote = Object.values(takes).some(isGiven) ? '`' : "'";
  return `ask(${quote}${path}?${query.join('&')}${quote})`;
}

function called(name: string, path: string, takes: Values, more: readonly string[] = []): string {
  const line = (wide: boolean): string =>
    `${name}(${[`'${path}'`, object(shownAll(takes), wide), ...more].join(', ')})`;
  return line(false).length <= WIDE ? line(false) : line(true);
}

const shownAll = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(value)]));

const shown = (value: Value): string => {
  if (isGiven(value)) return `${value.isAwaited ? `(await ${value.of})` : value.of}.${value.field}`;
  return typeof value === 'string' ? `'${value}'` : String(value);
};

/** @param wide on lines of its own */
function object(values: Readonly<Record<string, string>>, wide = false): string {
  const fields = Object.entries(values).map(([name, value]) => (name === value ? name : `${name}: ${value}`));
  if (fields.length === 0) return '{}';
  return wide ? `{\n${fields.map((field) => `  ${field},\n`).join('')}}` : `{ ${fields.join(', ')} }`;
}

const ending = (step: Example['steps'][number]): readonly string[] => {
  if (step.does === 'watch') return [UNWATCH_CODE];
  return step.does === 'connect' ? [`${step.as}.close();`] : [];
};
