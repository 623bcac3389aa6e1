/** Examples as commands of a shell: answers are kept in files, from which `jq` takes what is needed later. */
import { type Asking, type Connecting, isGiven, type Step, type Value } from '../example';
import type { Setting, Tongue } from './code';

const WIDE = 50;

export const curl: Tongue = {
  comment: '#',
  before: (_, { origin }) => `FOYER=${origin}`,
  step: (step, setting) => CODE[step.does](step as never, setting),
  after: () => '',
};

const CODE: {
  readonly [Does in Step['does']]: (step: Extract<Step, { does: Does }>, setting: Setting) => string;
} = {
  ask: request,
  // Without a socket one is online for a minute, which is enough to be rung.
  connect: ({ user }: Connecting, { elsewhere }) =>
    user ? command('$FOYER/users/connect', [`-d id=${user.id}`, `-d name=${user.name}`]) : `# ${elsewhere}`,
  watch: (_, { elsewhere }) => `# ${elsewhere}`,
  say: (_, { elsewhere }) => `# ${elsewhere}`,
};

function request({ verb, path, takes, as, caller }: Asking, { needsKey }: Setting): string {
  const key = needsKey && caller === 'operator' ? ['-H "authorization: Bearer $ADMIN_API_KEY"'] : [];
  const values = Object.entries(takes).map(([name, value]) => `${name}=${shown(value)}`);
  const kept = as === undefined ? [] : [`| tee ${as}.json`];
  if (verb === 'GET') return command(`"$FOYER${path}?${values.join('&')}"`, [...key, ...kept]);
  const fields = values.length === 0 ? ['-X POST'] : values.map((value) => `-d ${value}`);
  return command(`$FOYER${path}`, [...key, ...fields, ...kept]);
}

function shown(value: Value): string {
  if (!isGiven(value)) return String(value);
  const { of, field } = value.else ?? value;
  return `$(jq -r .${field} ${of}.json)`;
}

function command(address: string, rest: readonly string[]): string {
  const parts = [`curl -s ${address}`, ...rest];
  const line = parts.join(' ');
  return line.length <= WIDE ? line : parts.join(' \\\n  ');
}
