/** Who one is, and the desk that goes with it: opened when a name is given, anew when it is another. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { UserEntry } from '../../api/calls';
import { askForToken } from '../api/user-token';
import type { OwnMedia } from '../devices/own-media';
import { createDesk, type Desk } from './desk';
import { createMe } from './me';

export interface Reception {
  readonly user: ReadonlySignal<UserEntry | undefined>;
  readonly desk: ReadonlySignal<Desk | undefined>;
  /** Whether an identity provider's token says who this is. */
  readonly isByToken: () => boolean;
  readonly introduce: (name: string, location: string) => void;
  /** Offline, and somebody else from now on, in this tab. */
  readonly leave: () => void;
  /** What was refused is tried again. */
  readonly again: () => void;
}

export function createReception(media: OwnMedia): Reception {
  const me = createMe();
  const desk = signal<Desk>();

  const open = (): void => {
    desk.peek()?.close();
    desk.value = me.user.peek() && createDesk(me.user.peek() as UserEntry, media);
  };

  const askWhoItIs = async (): Promise<void> => {
    if (!(await askForToken())) return;
    me.tokenChanged();
    open();
  };

  open();
  effect(() => {
    const now = desk.value;
    const isTokenWanted =
      now?.refused.value === 'usersOnly' ||
      now?.refused.value === 'notYou' ||
      now?.phone.state.value.trouble === 'usersOnly' ||
      now?.people.trouble.value === 'usersOnly';
    if (isTokenWanted) void askWhoItIs();
  });

  return {
    user: me.user,
    desk,
    isByToken: me.isByToken,
    introduce(name, location) {
      me.introduce(name, location);
      open();
    },
    leave() {
      me.forget();
      open();
    },
    again: open,
  };
}
