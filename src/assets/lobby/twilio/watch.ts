/** One object watched through one Sync client, opened anew after every reconnect. */
import { SyncClient } from 'twilio-sync';
import type { Watch, WatchEvents } from '../lobby';

interface Pass {
  readonly token: string;
  readonly connect_options: Readonly<Record<string, unknown>>;
}

/** @returns closes it */
type Open<Shown> = (client: SyncClient, shown: (shown: Shown) => void) => Promise<() => void>;

/**
 * The SDK replays what was missed. Reading once more costs one request, and leaves nothing to chance after a
 * sleep of hours.
 */
export function watch<Shown>(pass: Pass, events: WatchEvents<Shown>, open: Open<Shown>): Watch {
  const client = new SyncClient(pass.token, {
    logLevel: 'silent',
    // The SDK changes the options that it is given.
    ...structuredClone(pass.connect_options),
    // It would keep decisions for the next page, and show old ones first.
    Sync: { enableSessionStorage: false },
  });
  let closed = false;
  let close: (() => void) | undefined;
  let opening = 0;

  const reopen = async (): Promise<void> => {
    const mine = (opening += 1);
    const isCurrent = (): boolean => !closed && mine === opening;
    close?.();
    close = undefined;
    try {
      const closeThis = await open(client, (shown) => isCurrent() && events.shown(shown));
      if (!isCurrent()) return closeThis();
      close = closeThis;
      events.connection('live');
    } catch {
      // Not to be found, not allowed: the pass is no good. Without a network it is simply tried again.
      if (isCurrent() && client.connectionState === 'connected') events.expired();
    }
  };

  client.on('connectionStateChanged', (state) => {
    if (closed) return;
    if (state === 'connected') void reopen();
    else if (state === 'denied' || state === 'error') events.expired();
    else if (state === 'disconnected' || state === 'retrying') events.connection('lost');
  });
  client.on('tokenAboutToExpire', () => !closed && events.expired());
  client.on('tokenExpired', () => !closed && events.expired());
  return {
    close: () => {
      closed = true;
      close?.();
      client.removeAllListeners();
      void client.shutdown().catch(() => undefined);
    },
  };
}
