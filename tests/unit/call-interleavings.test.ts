/**
 * Calls in every order in which requests, devices and time may interleave: each call of a port is a turn. What must
 * hold in every state, and at the end, is told in the model.
 */
import { scenarios, wideScenarios } from '../support/call-scenarios';
import { drawing, explore, type Explored, walk } from '../support/interleavings';

const WALKS = Number(process.env['FUZZ_RUNS'] ?? 150);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1) || Date.now();
/** Turns by which to go deeper than usual; each makes it two or three times as long. */
const DEEPER = Number(process.env['FUZZ_DEEPER'] ?? 0);
const PATIENCE_MS = 120_000 * 3 ** DEEPER + 100 * WALKS;

const explored: [string, Explored, number][] = [];
afterAll(() => {
  const lines = explored.map(
    ([what, { states, longest, interleavings }, depth]) =>
      `${what}: all ${interleavings.toExponential(1)} orders of ${depth < longest ? `the first ${depth} of` : 'all'} up to ${longest} turns, ${states} states`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
});

describe('in every order', () => {
  test.each(scenarios)(
    '$what',
    async ({ what, begin, mortals, depth: usual = Infinity }) => {
      const depth = usual + DEEPER;
      const found = await explore(begin, { mortals, depth });
      explored.push([what, found, depth]);
      expect(found.interleavings).toBeGreaterThan(1000);
    },
    PATIENCE_MS,
  );
});

describe('in orders that are drawn', () => {
  test.each(wideScenarios)(
    '$what',
    async ({ begin, mortals }) => {
      let turns = 0;
      for (let round = 0; round < WALKS; round += 1) {
        turns += await walk(begin, drawing(SEED + round), mortals);
      }
      expect(turns).toBeGreaterThan(40 * WALKS);
    },
    PATIENCE_MS,
  );
});
