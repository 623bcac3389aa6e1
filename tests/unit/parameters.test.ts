/** What may be somebody's name. */
import { name } from '../../src/api/parameters';
import { NO_NAMES } from '../support/bad-values';

test.each(['Ann', '李', 'O’Neil', 'می‌خواهم', 'שלום\u200f', '👩‍👩‍👧', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '-', '1'])(
  '%j is a name, as it is',
  (given) => {
    expect(name.parse(given)).toBe(given);
  },
);

test('white space is put in order, and accents are put together', () => {
  expect(name.parse(' Dr.\u00a0 Zoe\u0308 \n')).toBe('Dr. Zoë');
});

test.each(NO_NAMES)('%j is none', (given) => {
  expect(() => name.parse(given)).toThrow(/must be a name/);
});
