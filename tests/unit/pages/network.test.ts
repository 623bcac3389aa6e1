/** What a measured network means to somebody who wants to be seen and heard. */
import { judge, type NetworkReport } from '../../../src/assets/media/network';

const good = { reached: 'media', roundTripMs: 60, lostPercent: 0.4, sentKbps: 1_200 } as const;

const TABLE: readonly (readonly [string, NetworkReport, ReturnType<typeof judge>])[] = [
  ['a home network', good, 'good'],
  ['nothing known but that it works', { reached: 'media' }, 'good'],
  ['another continent', { ...good, roundTripMs: 340 }, 'good'],
  ['a satellite', { ...good, roundTripMs: 620 }, 'stutters'],
  ['two satellites', { ...good, roundTripMs: 1_300 }, 'soundOnly'],
  ['a crowded wireless network', { ...good, lostPercent: 5 }, 'stutters'],
  ['one that loses every fifth packet', { ...good, lostPercent: 20 }, 'soundOnly'],
  ['a slow line', { ...good, sentKbps: 300 }, 'stutters'],
  ['a very slow line', { ...good, sentKbps: 60 }, 'soundOnly'],
  ['the worst of several counts', { ...good, roundTripMs: 620, sentKbps: 60 }, 'soundOnly'],
  ['a firewall that lets pages through', { reached: 'provider' }, 'blocked'],
  ['a firewall that does not', { reached: 'nothing' }, 'unreachable'],
];

test.each(TABLE)('%s', (_, report, verdict) => {
  expect(judge(report)).toBe(verdict);
});
