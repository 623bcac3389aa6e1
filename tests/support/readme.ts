/** What the README shows to be pasted into a terminal. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** The shell commands below a heading, up to the next one; without a heading all there are. */
export function commandsIn(heading?: string): string[] {
  const section =
    heading === undefined ? README : (README.split(`\n${heading}\n`)[1] ?? '').split(/\n#+ /)[0];
  return [...(section ?? '').matchAll(/```sh\n(.*?)```/gs)].map(([, commands = '']) => commands);
}

/** As much of curl as the README uses; a machine that runs these tests need not have it. */
const CURL = `
  let method, url, body = [];
  for (const words = process.argv.slice(1); words.length > 0;) {
    const word = words.shift();
    if (word === '-X') method = words.shift();
    else if (word === '-d') body.push(words.shift());
    else if (word !== '-s') url = word;
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const sent = body.length > 0 ? { method: 'POST', headers, body: body.join('&') } : {};
  fetch(url, { ...sent, ...(method && { method }) }).then((r) => r.text()).then((text) => process.stdout.write(text));
`;

/** Pastes commands into a shell, with another origin than the README's. @returns what they print. */
export async function paste(commands: readonly string[], origin: string): Promise<string> {
  const curl = `curl() { "$NODE" -e "$CURL" -- "$@"; }`;
  const script = [curl, ...commands].join('\n').replaceAll('http://localhost:3000', origin);
  const shell = spawn('sh', ['-u', '-c', script], {
    env: { ...process.env, NODE: process.execPath, CURL },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  shell.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await once(shell, 'close');
  return printed;
}
