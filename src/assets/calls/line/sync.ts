/** Without a gateway: functions say what to listen to on the push channel, whose SDK is loaded only then. */
import { kept } from '../../keep/kept';
import { connectUser, disconnectUser } from '../../api/user-calls';
import { Refusal } from '../../api/refusal';
import type { OpenWire } from './wire';

/** A device keeps its name on the channel when the page is loaded again. */
const device = kept('calls.device');

export const openSync: OpenWire = async (me, _, events) => {
  const [pass, { watchCalls }] = await Promise.all([
    connectUser(me, identityOf(me.id)),
    import('./twilio/watch-calls').catch(() => {
      throw new Refusal('offline');
    }),
  ]);
  device.keep(JSON.stringify([me.id, pass.identity]));
  const watch = watchCalls(pass, {
    shown: events.told,
    connection: events.connection,
    expired: () => events.over(),
  });
  return {
    via: 'sync',
    close: (away) => {
      watch.close();
      if (away) disconnectUser(me.id, pass.identity);
    },
  };
};

function identityOf(userId: string): string | undefined {
  try {
    const [user, identity] = JSON.parse(device.read() ?? '[]') as (string | undefined)[];
    return user === userId ? identity : undefined;
  } catch {
    return undefined;
  }
}
