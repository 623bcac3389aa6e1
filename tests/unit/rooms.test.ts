/** Names of rooms that last, and what holds somebody present. */
import * as fc from 'fast-check';
import {
  LAG_MS,
  nobodyYet,
  peerJoined,
  peerLeft,
  providerListed,
  REMEMBERED_MS,
  type Signs,
  socketJoined,
} from '../../src/domain/attendance';
import { mediaNameOf } from '../../src/domain/room';

const NOW = 1_800_000_000_000;
const at = (ms: number): Signs => ({ now: NOW + ms, graceMs: 10_000, leaseEnd: () => Infinity });
const nobody = nobodyYet('r', 'ann');

test('different names are different rooms, in an alphabet that providers take', () => {
  const name = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[a-z-]{1,8}$/));
  fc.assert(
    fc.property(name, name, (one, two) => {
      expect(mediaNameOf(one)).toMatch(/^[a-zA-Z0-9.:_-]{1,64}$/);
      expect(mediaNameOf(one) === mediaNameOf(two)).toBe(one === two);
      // What a name becomes is not to be had by asking for it.
      expect(mediaNameOf(one) === one || mediaNameOf(mediaNameOf(one)) !== mediaNameOf(one)).toBe(true);
    }),
  );
});

test.each(['meeting-abc', 'room-x', 'abc-defg-hij-MT1', 'Meeting-abc'])(
  '%s is not taken as it is: such names are given out by us',
  (name) => expect(mediaNameOf(name)).not.toBe(name),
);

test('news that are older than what is remembered change nothing', () => {
  const signs = at(REMEMBERED_MS + 1);
  expect(peerJoined(nobody, 'p1', NOW, signs)).toBe(nobody);
  expect(peerLeft(nobody, 'p1', NOW, undefined, signs)).toBe(nobody);
});

test('a list that lags does not put out who has just come, nor bring back who has just gone', () => {
  const here = peerJoined(nobody, 'p1', NOW, at(0));
  expect(providerListed(here, [], NOW + LAG_MS, at(LAG_MS))).toBe(here);
  const gone = peerLeft(here, 'p1', NOW + 1, undefined, at(1));
  expect(providerListed(gone, [{ peerId: 'p1', joinedAt: NOW }], NOW + 2, at(2))).toBe(gone);
});

test('asking the provider corrects its part alone: whom a socket holds stays', () => {
  const both = peerJoined(socketJoined(nobody, 's', 'g', at(0)), 'p1', NOW, at(0));
  const asked = providerListed(both, [], NOW + 60_000, at(60_000));
  expect(asked).toMatchObject({ leftAt: null, peers: { p1: { leftAt: NOW + 60_000 } } });
});

test('of hundreds of connections only the last ones that ended are remembered', () => {
  let one = nobody;
  for (let i = 0; i < 300; i += 1) one = peerLeft(one, `p${i}`, NOW + i, NOW + i, at(300));
  expect(Object.keys(one.peers).length).toBeLessThanOrEqual(51);
  expect(JSON.stringify(one).length).toBeLessThan(8_192);
});
