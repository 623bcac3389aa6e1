/**
 * Who one is: kept in the browser, so that all its tabs are devices of one person; a tab that is told to be somebody
 * else keeps that for itself. Where the service has an identity provider, its token says whose id it is.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { UserEntry } from '../../api/calls';
import { claimsIn, userToken } from '../api/user-token';
import { kept, keptInBrowser } from '../keep/kept';

export interface Me {
  /** undefined until a name was given. */
  readonly user: ReadonlySignal<UserEntry | undefined>;
  /** Whether a token says who this is. */
  readonly isByToken: () => boolean;
  introduce(name: string, location: string): void;
  /** Another person from now on, in this tab. */
  forget(): void;
  /** There is another token: its id counts. */
  tokenChanged(): void;
}

const inTab = kept('me');
const inBrowser = keptInBrowser('me');

export function createMe(): Me {
  const known = entryIn(inTab.read()) ?? entryIn(inBrowser.read());
  const claims = claimsIn(userToken());
  const name = known?.name ?? claims?.name;
  const user = signal<UserEntry | undefined>(
    name === undefined
      ? undefined
      : { location: '', ...known, name, id: claims?.sub ?? known?.id ?? newId() },
  );
  if (user.value) inTab.keep(JSON.stringify(user.value));
  let isSomebodyElse = false;

  const be = (entry: UserEntry): void => {
    user.value = entry;
    inTab.keep(JSON.stringify(entry));
    const first = entryIn(inBrowser.read());
    if (!isSomebodyElse && (!first || first.id === entry.id)) inBrowser.keep(JSON.stringify(entry));
  };

  return {
    user,
    isByToken: () => claimsIn(userToken()) !== undefined,
    introduce: (name, location) =>
      be({ id: claimsIn(userToken())?.sub ?? user.value?.id ?? newId(), name, location }),
    forget() {
      isSomebodyElse = true;
      inTab.forget();
      user.value = undefined;
    },
    tokenChanged() {
      const sub = claimsIn(userToken())?.sub;
      if (user.value && sub !== undefined && sub !== user.value.id) be({ ...user.value, id: sub });
    },
  };
}

/** 96 random bits: nobody meets a namesake, and nobody guesses it. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `user-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function entryIn(text: string | undefined): UserEntry | undefined {
  try {
    const { id, name, location } = JSON.parse(text ?? '') as Partial<UserEntry>;
    return id && name ? { id, name, location: location ?? '' } : undefined;
  } catch {
    return undefined;
  }
}
