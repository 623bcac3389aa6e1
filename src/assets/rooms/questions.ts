/**
 * What was said on the socket and is not answered yet. A gateway answers in order, and an error does not say what of:
 * it is of the oldest question. A leave is only answered when it fails, and then there is nothing to be done.
 */
import type { Reason } from '../api/refusal';
import { isPassing, reasonIn } from './wire';

export type Question =
  | { readonly event: 'watch'; readonly roomId: string }
  | { readonly event: 'join' | 'leave'; readonly roomId: string; readonly userId: string };

export interface Questions {
  ask(question: Question): void;
  answered(roomId: string): void;
  refusedWith(message: string): void;
  /** The socket that they were asked on is no more. */
  forget(): void;
}

export interface QuestionsOptions {
  readonly say: (message: object) => void;
  /** Whether to ask again, when the answer was only that now is a bad moment. */
  readonly isWanted: (question: Question) => boolean;
  readonly refused: (question: Question, reason: Reason) => void;
}

const AGAIN_MS = 2_000;

export function createQuestions({ say, isWanted, refused }: QuestionsOptions): Questions {
  let open: readonly Question[] = [];
  const timers = new Set<ReturnType<typeof setTimeout>>();

  const ask = (question: Question): void => {
    open = [...open, question];
    const { event, ...data } = question;
    say({ event, data });
  };

  const askLater = (question: Question): void => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        if (isWanted(question)) ask(question);
      },
      AGAIN_MS * (0.5 + Math.random()),
    );
    timers.add(timer);
  };

  return {
    ask,
    answered(roomId) {
      const at = open.findIndex((one) => one.event !== 'leave' && one.roomId === roomId);
      open = open.slice(at + 1);
    },
    refusedWith(message) {
      const at = open.findIndex(({ event }) => event !== 'leave');
      const question = open[at];
      if (!question) return;
      open = open.slice(at + 1);
      const reason = reasonIn(message);
      if (isPassing(reason)) askLater(question);
      else refused(question, reason);
    },
    forget() {
      open = [];
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
