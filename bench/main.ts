/**
 * `npm run bench [-- <part> …]`: ratios, each against a peer that is measured in the same run, and the goals
 * beside them. Nothing leaves this machine. The exit code says whether it could measure, not what it found.
 */
import { join } from 'node:path';
import type { Build } from '../scripts/build/project';
import { createRunFolder } from '../scripts/start/run-folder';
import { buildForBench } from './built-functions';
import { coldLoad } from './cold-load';
import { firstFrame } from './first-frame';
import { idleSockets } from './idle-sockets';
import { joinToken } from './join-token';
import { memory } from './memory';
import { notify } from './notify';
import { pages } from './pages';
import { type Part, table } from './report';
import { rooms } from './rooms';
import { startToRing } from './start-to-ring';
import { throughput } from './throughput';
import { warmRequest } from './warm-request';

const PARTS: Readonly<Record<string, (build: Build) => Promise<Part>>> = {
  'cold-load': coldLoad,
  'warm-request': warmRequest,
  'join-token': joinToken,
  notify,
  memory,
  'idle-sockets': idleSockets,
  rooms,
  'start-to-ring': startToRing,
  throughput,
  'first-frame': firstFrame,
  pages,
};

async function main(root: string, wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  }
  const chosen = Object.entries(PARTS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const build = await buildForBench(root, join(createRunFolder(root).path, 'build'));
  const parts: Part[] = [];
  for (const [name, measure] of chosen) {
    console.error(`measuring ${name} …`);
    parts.push(await measure(build));
  }
  console.log(table(parts));
}

// Its 'exit' listeners remove what was built; the children see their channel break.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

main(process.cwd(), process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
