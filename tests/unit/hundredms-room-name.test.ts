/** Names of rooms as 100ms takes them: different ones stay different. */
import * as fc from 'fast-check';
import { nameOf, nextVendorName, vendorName } from '../../src/adapters/hundredms/room-name';
import '../support/fuzz-seed';

const ALPHABET = /^[A-Za-z0-9.\-:_]{1,128}$/;

test.each([
  ['daily', 'daily'],
  ['my-room-2', 'my-room-2'],
  ['My Room', '_4dy_20_52oom'],
  ['a.b:c_d', 'a_2eb_3ac_5fd'],
  ['žluťoučký', '_c5_belu_c5_a5ou_c4_8dk_c3_bd'],
])('%s is called %s', (name, vendor) => {
  expect(vendorName(name)).toBe(vendor);
  expect(nameOf(vendor)).toBe(name);
});

test('any two names are two, in the vendor’s alphabet, whose case means nothing, and are read back', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
    fc.string({ unit: fc.constantFrom('a', 'A', '_', '4', '1', '.', ':', ' '), minLength: 1, maxLength: 8 }),
  );
  fc.assert(
    fc.property(name, name, fc.stringMatching(/^[0-9a-f]{24}$/), (one, other, id) => {
      const called = vendorName(one);
      expect(called).toMatch(ALPHABET);
      expect(called.toLowerCase() === vendorName(other).toLowerCase()).toBe(one === other);
      const next = nextVendorName(one, id);
      expect(next).toMatch(ALPHABET);
      expect(next).not.toBe(vendorName(other));
      const isCut = called.includes(':');
      expect([nameOf(called), nameOf(next)]).toEqual(isCut ? [undefined, undefined] : [one, one]);
    }),
    { numRuns: 2000 },
  );
});

test('long names that differ at the end are two', () => {
  const [one, other] = ['x', 'y'].map((end) => vendorName('n'.repeat(300) + end));
  expect(one).not.toBe(other);
  expect(one?.slice(0, 30)).toBe('n'.repeat(30));
});

test.each(['', '.', 'Daily', 'a_', 'a_4', 'a_zz', 'a:b', 'a b', 'комната'])(
  '%j is no name of ours',
  (vendor) => expect(nameOf(vendor)).toBeUndefined(),
);
