/** What the README has newcomers paste into a terminal does what it says, as it stands there. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Runtime, startRuntime } from '../support/runtime';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const inShell = promisify(execFile);

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterAll(() => foyer.close());

function commandsIn(heading: string): readonly string[] {
  const [, section = ''] = new RegExp(`^#+ ${heading}\\n(.*?)(?=^#+ )`, 'ms').exec(README) ?? [];
  const commands = [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, lines = '']) => lines);
  expect(commands).not.toEqual([]);
  return commands;
}

/** One after the other; the first that fails ends it. @returns what a terminal would show */
async function paste(commands: readonly string[]): Promise<string> {
  const here = commands.join('').replaceAll('http://localhost:3000', foyer.origin);
  // As in a terminal, what goes to standard error can be opened by its name.
  const inner = 'bash -euo pipefail -c "$1" 2>&1 | cat';
  return (await inShell('bash', ['-o', 'pipefail', '-c', inner, 'bash', here])).stdout;
}

test('four requests: a meeting, a guest, the host, and the guest is in', async () => {
  const said = await paste(commandsIn('Four requests'));
  expect(said).toMatch(/"identity":"g\w+:Ann"/);
  expect(said).toMatch(/"room_id":"RM\w{32}"/);
  expect(said).not.toContain('Error');
});

test('a call: two who are online, ringing, answered, ended', async () => {
  const [keep = ''] = commandsIn('Four requests');
  const said = await paste([keep, ...commandsIn('Calls')]);
  const states = [...said.matchAll(/"status":"(\w+)"/g)].map(([, state]) => state);
  expect(new Set(states)).toEqual(new Set(['DIALLING', 'ONGOING', 'ENDED']));
  expect(said).toMatch(/"livekit_url":/);
  expect(said).not.toContain('message');
});
