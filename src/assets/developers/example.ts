/** What an example is made of: steps. The code that is shown and what runs both come from them. */
import type { Routes } from '../../../client/foyer';
import type { IconName } from '../parts/icon';
import type { TextKey } from '../texts/text';

/** A field of an earlier answer. */
export interface Given {
  readonly of: string;
  readonly field: string;
  /** It is not there yet when it is asked for. */
  readonly isAwaited?: boolean;
  /** Where the same is found without watching. */
  readonly else?: Given;
}

export type Value = string | number | boolean | Given;
export type Values = Readonly<Record<string, Value>>;

/** What is seen to change while the example runs, and the values that it has had. */
export interface Row {
  readonly id: string;
  readonly label: TextKey;
}

/** What a row shows from now on. */
export interface News {
  readonly row: string;
  readonly value: string;
}

/** What has to be seen before it goes on; without a value: that the row changes. */
export type Awaited = Pick<News, 'row'> & Partial<News>;

interface Told {
  /** Above the code, and above the answer. */
  readonly says: TextKey;
  readonly brings?: readonly Awaited[];
}

/** A request. */
export interface Asking extends Told {
  readonly does: 'ask';
  readonly verb: 'GET' | 'POST';
  readonly path: keyof Routes;
  readonly takes: Values;
  /** What the answer is called by those who need a field of it. */
  readonly as?: string;
  readonly caller: 'operator' | 'user' | 'guest';
  /** What of the answer goes into which row. */
  readonly shows?: (answer: Readonly<Record<string, unknown>>) => readonly News[];
}

/** A guest's document, watched live. */
export interface Watching extends Told {
  readonly does: 'watch';
  /** The answer that it is opened with. */
  readonly pass: string;
  /** What the document is called as soon as it says that the guest is let in. */
  readonly as: string;
  readonly row: string;
}

/** A WebSocket. */
export interface Connecting extends Told {
  readonly does: 'connect';
  readonly as: string;
  /** Who is online by it; nobody: it is for rooms alone. */
  readonly user?: { readonly id: string; readonly name: string };
  /** Where what it hears is shown: types of events, or how many are in the room. */
  readonly row?: string;
}

/** A message on a WebSocket. */
export interface Saying extends Told {
  readonly does: 'say';
  readonly socket: string;
  readonly event: 'join' | 'leave' | 'watch';
  readonly data: Values;
  /** The socket on which something is heard of it. */
  readonly tells: string;
}

export type Step = Asking | Watching | Connecting | Saying;

export interface Example {
  readonly id: ExampleId;
  readonly rows: readonly Row[];
  readonly steps: readonly Step[];
  /** Done at last, whatever has happened, as far as there is anything to undo. */
  readonly cleanup: readonly Step[];
  /** Of the README. */
  readonly section: string;
}

export type ExampleId = 'meetings' | 'calls' | 'rooms' | 'persistent' | 'tokens';

/** What can be built, in the order in which it is shown. */
export const CAPABILITIES: readonly {
  readonly id: ExampleId;
  readonly icon: IconName;
  readonly title: TextKey;
  readonly words: TextKey;
}[] = [
  { id: 'meetings', icon: 'hourglass', title: 'dev.meetings', words: 'dev.meetings.words' },
  { id: 'calls', icon: 'phone', title: 'dev.calls', words: 'dev.calls.words' },
  { id: 'rooms', icon: 'people', title: 'dev.rooms', words: 'dev.rooms.words' },
  { id: 'persistent', icon: 'link', title: 'dev.persistent', words: 'dev.persistent.words' },
  { id: 'tokens', icon: 'key', title: 'dev.tokens', words: 'dev.tokens.words' },
];

export const from = (of: string, field: string): Given => ({ of, field });

export const awaited = (of: string, field: string, without: Given): Given => ({
  of,
  field,
  isAwaited: true,
  else: without,
});

export const isGiven = (value: Value): value is Given => typeof value === 'object';

type Taken<P extends keyof Routes> = { readonly [Name in keyof Routes[P]['request']]?: Value };
type Rest = Omit<Asking, 'does' | 'verb' | 'path' | 'takes'>;

/** A request whose parameters are the route's own. */
export const post = <P extends keyof Routes>(path: P, takes: Taken<P>, rest: Rest): Asking => ({
  does: 'ask',
  verb: 'POST',
  path,
  takes: takes as Values,
  ...rest,
});

export const get = <P extends keyof Routes>(path: P, takes: Taken<P>, rest: Rest): Asking => ({
  ...post(path, takes, rest),
  verb: 'GET',
});

/** Names of their own, so that two who try the same do not meet. */
const MARK = Math.random().toString(36).slice(2, 6);
export const ownId = (name: string): string => `${name}-${MARK}`;
