/** Who is online, as it changes. Nobody who is shown loses their place: whoever goes stays there, as gone. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { UserEntry } from '../../api/calls';
import { type Reason, reasonOf } from '../api/refusal';
import { listUsers } from '../api/user-calls';

export interface OtherPerson extends UserEntry {
  readonly isOnline: boolean;
}

export interface People {
  /** undefined until the server has answered. */
  readonly others: ReadonlySignal<readonly OtherPerson[] | undefined>;
  /** Why the list may be old. */
  readonly trouble: ReadonlySignal<Reason | undefined>;
  /** Now, and from then on as long as it is looked at. */
  readonly look: () => void;
  /** Nobody looks at it any more. */
  readonly rest: () => void;
}

const LOOK_MS = 4_000;
/** The more people, the less often each of their pages asks: all of them together ten times a second. */
const LOOK_MS_EACH = 100;
const LAST_RETRY_MS = 60_000;

/** @param told whether one is on the list oneself, each time that the list has come */
export function createPeople(me: UserEntry, told: (isListed: boolean) => void): People {
  const others = signal<readonly OtherPerson[]>();
  const trouble = signal<Reason>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = LOOK_MS;
  let question = 0;

  const look = async (): Promise<void> => {
    const mine = (question += 1);
    clearTimeout(timer);
    let nextMs: number;
    try {
      const online = await listUsers();
      if (mine !== question) return;
      others.value = arranged(
        others.value,
        online.filter(({ id }) => id !== me.id),
      );
      trouble.value = undefined;
      retryMs = LOOK_MS;
      nextMs = Math.max(LOOK_MS, online.length * LOOK_MS_EACH);
      told(online.some(({ id }) => id === me.id));
    } catch (error) {
      if (mine !== question) return;
      trouble.value = reasonOf(error);
      nextMs = retryMs;
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
    timer = setTimeout(() => void look(), nextMs);
  };

  return {
    others,
    trouble,
    look: () => void look(),
    rest() {
      question += 1;
      clearTimeout(timer);
      // Whoever looks again finds those who are there, in order.
      others.value =
        others.value &&
        arranged(
          undefined,
          others.value.filter(({ isOnline }) => isOnline),
        );
    },
  };
}

/** Those who are shown stay where they are; who comes is put at the end. */
function arranged(
  shown: readonly OtherPerson[] | undefined,
  online: readonly UserEntry[],
): readonly OtherPerson[] {
  const now = new Map(online.map((one) => [one.id, one]));
  const known = (shown ?? []).map((one): OtherPerson => {
    const entry = now.get(one.id);
    now.delete(one.id);
    return { ...one, ...entry, isOnline: entry !== undefined };
  });
  const fresh = [...now.values()]
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
    .map((one): OtherPerson => ({ ...one, isOnline: true }));
  return [...known, ...fresh];
}
