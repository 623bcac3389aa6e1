/** What a page keeps, in browsers that keep it, keep no more of it, or keep nothing at all. */
import type * as KeptCode from '../../../src/assets/keep/kept';
import { pageCode } from '../../support/page-code';

const stored = new Map<string, string>();
let isFull: boolean;
let isBlocked: boolean;
const area = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem(key: string, value: string) {
    if (isFull) throw new Error('QuotaExceededError');
    stored.set(key, value);
  },
  removeItem: (key: string) => stored.delete(key),
};
for (const name of ['sessionStorage', 'localStorage']) {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      // As browsers do whose reader allows no data of this site.
      if (isBlocked) throw new Error('SecurityError');
      return area;
    },
  });
}

let code: typeof KeptCode;
const load = (): void => {
  code = pageCode('keep/kept') as typeof KeptCode;
};
beforeEach(() => {
  stored.clear();
  isFull = false;
  isBlocked = false;
  load();
});

test('what is kept is known after a reload, until it is forgotten', () => {
  code.kept('ticket').keep('a');
  load();
  expect(code.kept('ticket').read()).toBe('a');
  code.kept('ticket').forget();
  expect(code.kept('ticket').read()).toBeUndefined();
  expect(stored.size).toBe(0);
});

test('where nothing is kept it is known for as long as the page is there, to all who ask for it by name', () => {
  isBlocked = true;
  const ticket = code.kept('ticket');
  expect(ticket.read()).toBeUndefined();
  ticket.keep('a');
  ticket.keep('b');
  expect(ticket.read()).toBe('b');
  expect(code.kept('ticket').read()).toBe('b');
  expect(code.kept('other').read()).toBeUndefined();
  expect(code.keptInBrowser('ticket').read()).toBeUndefined();
  ticket.forget();
  expect(code.kept('ticket').read()).toBeUndefined();
  ticket.keep('c');
  load();
  expect(code.kept('ticket').read()).toBeUndefined();
});

test('what does not fit any more hides what was kept before it, and goes with it', () => {
  const words = code.keptInBrowser('words');
  words.keep('old');
  isFull = true;
  words.keep('new');
  expect(words.read()).toBe('new');
  isFull = false;
  words.keep('newer');
  expect([words.read(), stored.get(code.keyOf('words'))]).toEqual(['newer', 'newer']);
  isFull = true;
  words.keep('newest');
  words.forget();
  expect(words.read()).toBeUndefined();
});
