/**
 * The operator key: asked for only when the server answers that one is needed, kept for this tab alone, and
 * sent in a header.
 */
import { signal } from '@preact/signals';
import { kept } from '../keep/kept';
import { type Calling } from './call';
import { reasonOf } from './refusal';

const key = kept('operator-key');

/** Set while somebody is being asked for the key; called with it, or with undefined when they gave up. */
export const keyWanted = signal<{
  readonly answer: (key: string | undefined) => void;
  readonly wasWrong: boolean;
}>();

/** It has asked for one since this tab was opened. */
export const serverWantsKey = signal(key.read() !== undefined);

/** Calls with the key, if there is one, and asks for it as long as the server wants another. @throws Refusal */
export async function asOperator<Answer>(attempt: (calling: Calling) => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const used = key.read();
    try {
      return await attempt({ key: used });
    } catch (error) {
      if (reasonOf(error) !== 'operatorsOnly') throw error;
      serverWantsKey.value = true;
      // Another call may have been told the right key meanwhile.
      if (key.read() !== used) continue;
      key.forget();
      const given = await ask(used !== undefined);
      if (given === undefined) throw error;
      key.keep(given);
    }
  }
}

let asking: Promise<string | undefined> | undefined;

function ask(wasWrong: boolean): Promise<string | undefined> {
  asking ??= new Promise<string | undefined>((answer) => {
    keyWanted.value = { answer, wasWrong };
  }).finally(() => {
    keyWanted.value = undefined;
    asking = undefined;
  });
  return asking;
}
