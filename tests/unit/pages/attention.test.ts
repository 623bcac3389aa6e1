/** Whether somebody is at the page while they wait: when they are asked, and what the server is told. */
import type {
  ANSWER_WITHIN_MS as AnswerWithin,
  ASK_AFTER_MS as AskAfter,
  createAttention as CreateAttention,
} from '../../../src/assets/guest/attention';
import { pageCode } from '../../support/page-code';

const MINUTE = 60_000;

const code = pageCode('guest/attention') as {
  readonly createAttention: typeof CreateAttention;
  readonly ASK_AFTER_MS: typeof AskAfter;
  readonly ANSWER_WITHIN_MS: typeof AnswerWithin;
};

let said: string[];
let attention: ReturnType<typeof CreateAttention>;
beforeEach(() => {
  jest.useFakeTimers();
  said = [];
  attention = code.createAttention({
    say: (presence) => said.push(presence),
    closed: () => said.push('closed'),
  });
  attention.start();
});
afterEach(() => {
  attention.stop();
  jest.useRealTimers();
});

const wait = (ms: number): void => void jest.advanceTimersByTime(ms);
/** Nothing runs; the clock on the wall goes on. */
const sleep = (ms: number): void => void jest.setSystemTime(Date.now() + ms);

test('after twenty minutes without a sign they are asked, and again twenty minutes after each answer', () => {
  wait(19 * MINUTE);
  expect(attention.isAsked.value).toBe(false);
  wait(MINUTE);
  expect(attention.isAsked.value).toBe(true);
  attention.answer();
  expect(attention.isAsked.value).toBe(false);
  wait(19 * MINUTE);
  expect(attention.isAsked.value).toBe(false);
  wait(MINUTE);
  expect(attention.isAsked.value).toBe(true);
  expect(said).toEqual([]);
});

test('whoever touches the page is there', () => {
  for (let minutes = 0; minutes < 60; minutes += 10) {
    wait(10 * MINUTE);
    attention.touched();
    expect(attention.isAsked.value).toBe(false);
  }
});

test('the question stays until it is answered: another touch is no answer', () => {
  wait(code.ASK_AFTER_MS);
  attention.touched();
  expect(attention.isAsked.value).toBe(true);
});

test('no answer within three minutes is told once, and so is the answer that comes later', () => {
  wait(code.ASK_AFTER_MS + code.ANSWER_WITHIN_MS - 10_000);
  expect(said).toEqual([]);
  wait(20_000);
  expect(said).toEqual(['away']);
  wait(30 * MINUTE);
  expect(said).toEqual(['away']);
  expect(attention.isAsked.value).toBe(true);
  attention.answer();
  expect(said).toEqual(['away', 'here']);
});

test('a page that goes out of sight says so at once, and that it is back', () => {
  attention.hidden();
  expect(said).toEqual(['hidden']);
  attention.hidden();
  attention.back(false);
  attention.back(false);
  expect(said).toEqual(['hidden', 'here']);
});

test('what the server learns in another way is not told twice', () => {
  attention.hidden();
  attention.back(true);
  expect(said).toEqual(['hidden']);
  attention.hidden();
  expect(said).toEqual(['hidden', 'hidden']);
});

test('nobody is asked for having been asleep: on waking the twenty minutes begin anew', () => {
  wait(10 * MINUTE);
  attention.hidden();
  sleep(45 * MINUTE);
  // The timer may come before the browser says that the page is seen.
  wait(5_000);
  expect(attention.isAsked.value).toBe(false);
  attention.back(true);
  wait(19 * MINUTE);
  expect(attention.isAsked.value).toBe(false);
  wait(MINUTE);
  expect(attention.isAsked.value).toBe(true);
});

test('time asleep is no time to answer in', () => {
  wait(code.ASK_AFTER_MS);
  sleep(10 * MINUTE);
  wait(5_000);
  expect(said).toEqual([]);
  expect(attention.isAsked.value).toBe(true);
});

test('a page that is closed says nothing, unless it was taken for a sleeping one', () => {
  attention.leaving();
  attention.hidden();
  expect(said).toEqual([]);
  attention.back(true);
  attention.hidden();
  attention.leaving();
  expect(said).toEqual(['hidden', 'closed']);
});

test('after a new connection the server is told again what it may have forgotten', () => {
  attention.repeat();
  expect(said).toEqual([]);
  attention.hidden();
  attention.repeat();
  expect(said).toEqual(['hidden', 'hidden']);
});

test('nothing is asked and nothing is told of those who do not wait', () => {
  attention.stop();
  wait(60 * MINUTE);
  attention.hidden();
  attention.back(false);
  attention.repeat();
  attention.leaving();
  expect(attention.isAsked.value).toBe(false);
  expect(said).toEqual([]);
});
