/** What was said of rooms on a socket whose errors do not say what of. */
import { createQuestions, type Question } from '../../src/assets/rooms/questions';

const watch = (roomId: string): Question => ({ event: 'watch', roomId });
const join = (roomId: string): Question => ({ event: 'join', roomId, userId: 'ann' });
const leave = (roomId: string): Question => ({ event: 'leave', roomId, userId: 'ann' });
const GONE = 'there is no such room. Create it first, and send its id as roomId.';
const AWAY = 'the service is not available for the moment; try again.';

function conversation() {
  const said: object[] = [];
  const refused: string[] = [];
  const wanted = new Set<string>();
  const questions = createQuestions({
    say: (message) => said.push(message),
    isWanted: ({ roomId }) => wanted.has(roomId),
    refused: ({ event, roomId }, reason) => refused.push(`${event} ${roomId}: ${reason}`),
  });
  return { questions, said, refused, wanted };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('an error is of the oldest question without an answer', () => {
  const { questions, said, refused } = conversation();
  for (const roomId of ['a', 'b', 'c']) questions.ask(watch(roomId));
  expect(said).toEqual(['a', 'b', 'c'].map((roomId) => ({ event: 'watch', data: { roomId } })));
  questions.answered('a');
  questions.refusedWith(GONE);
  questions.answered('c');
  questions.refusedWith(GONE);
  expect(refused).toEqual(['watch b: noSuchMeeting']);
});

it('a leave has no answer, and holds up nobody else’s', () => {
  const { questions, refused } = conversation();
  questions.ask(leave('a'));
  questions.ask(join('b'));
  questions.refusedWith('you can act for yourself only: userId must be the subject (sub) of your token.');
  questions.ask(leave('b'));
  questions.refusedWith(AWAY);
  expect(refused).toEqual(['join b: notYou']);
});

it('what only came at a bad moment is asked again, as long as anybody wants to know', () => {
  const { questions, said, refused, wanted } = conversation();
  wanted.add('a');
  questions.ask(watch('a'));
  questions.ask(watch('b'));
  questions.refusedWith(AWAY);
  questions.refusedWith(AWAY);
  jest.advanceTimersByTime(5_000);
  expect(said.slice(2)).toEqual([{ event: 'watch', data: { roomId: 'a' } }]);
  questions.refusedWith(AWAY);
  questions.forget();
  jest.advanceTimersByTime(5_000);
  expect(said).toHaveLength(3);
  expect(refused).toEqual([]);
});
