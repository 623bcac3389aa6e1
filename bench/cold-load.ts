/** How long a fresh process takes to load each function: what a cold start on Twilio adds to its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Build } from '../scripts/build/project';
import { addFunction, fileOf } from './built-functions';
import type { Part } from './report';
import { median } from './statistics';

const RUNS = 11;
const GOAL_MS = 25;
/** Of what LiveKit's own SDK takes, for the functions that stand in its place. */
const GOAL_SHARE = 0.25;
const ON_LIVEKIT = /^(livekit|api\/v1\/meetings)\//;

/** Loads the file that it is given and prints how many nanoseconds that took. */
const LOADER = `const begun = process.hrtime.bigint();
require(process.argv[1]);
process.stdout.write(String(process.hrtime.bigint() - begun));
process.exit()`;

const run = promisify(execFile);

export async function coldLoad(build: Build): Promise<Part> {
  addFunction(build, 'bench/empty', 'exports.handler = (context, event, callback) => callback(null, {});\n');
  const empty = fileOf(build, 'bench/empty');
  const [twilio, livekit] = [require.resolve('twilio'), require.resolve('livekit-server-sdk')];
  const functions = build.functions.map((path) => ({ path, file: fileOf(build, path) }));
  const files = [empty, twilio, livekit, ...functions.map(({ file }) => file)];

  const times = new Map<string, number[]>(files.map((file) => [file, []]));
  // The first round fills the disk cache and does not count.
  for (let round = 0; round <= RUNS; round += 1) {
    for (const file of files) {
      const ms = await loadMs(file);
      if (round > 0) times.get(file)?.push(ms);
    }
  }
  const typical = (file: string): number => median(times.get(file) ?? []);
  const emptyMs = typical(empty);
  return {
    title: 'Cold load',
    method: `median of ${RUNS} fresh processes each, in turn; an empty function takes ${emptyMs.toFixed(2)} ms`,
    comparisons: functions.map(({ path, file }) => {
      const ours = typical(file);
      const comparison = { name: path, unit: 'ms', ours } as const;
      if (ON_LIVEKIT.test(path)) {
        const peer = { name: "require('livekit-server-sdk')", value: typical(livekit) };
        const goal = { text: `<= ${GOAL_SHARE} x`, met: ours <= GOAL_SHARE * peer.value };
        return { ...comparison, peer, goal };
      }
      const peer = { name: "require('twilio')", value: typical(twilio) };
      const goal = { text: `<= ${GOAL_MS} ms above empty`, met: ours - emptyMs <= GOAL_MS };
      return { ...comparison, peer, goal };
    }),
  };
}

async function loadMs(file: string): Promise<number> {
  const { stdout } = await run(process.execPath, ['-e', LOADER, file], { env: {} });
  return Number(stdout) / 1e6;
}
