/** Calls over Twilio Sync, against the emulator. */
import { SyncCallEvents } from '../../src/adapters/twilio/sync/call-events';
import { SyncCallStore } from '../../src/adapters/twilio/sync/call-store';
import { SyncGateways } from '../../src/adapters/twilio/sync/gateways';
import { SyncLines } from '../../src/adapters/twilio/sync/lines';
import { SyncUserDirectory } from '../../src/adapters/twilio/sync/user-directory';
import { composeSync } from '../../src/compose/sync';
import { composeTwilioVideo } from '../../src/compose/twilio-video';
import { readSettings } from '../../src/config/settings';
import { twilioSettings } from '../../src/config/twilio';
import type { CallServices } from '../../src/ports/services';
import type { CallsWorld, MailboxItem } from './calls-world';
import { twilioWorld, type TwilioWorld, type TwilioWorldOptions } from './twilio-world';

export interface TwilioCallsWorld extends CallsWorld {
  readonly twilio: TwilioWorld;
  /** Everything that is stored anywhere, as text. */
  everything(): Promise<string>;
}

export async function twilioCallsWorld(options: TwilioWorldOptions = {}): Promise<TwilioCallsWorld> {
  const twilio = await twilioWorld(options);
  const { vendor, environment, clock } = twilio;
  const service = vendor.sync.v1.services(environment['SYNC_SERVICE_SID'] ?? '');
  const settings = readSettings(environment, twilioSettings);
  const itemsOf = async (sid: string): Promise<unknown[]> =>
    (await service.syncLists(sid).syncListItems.list({ pageSize: 100 })).map(({ data }) => data as unknown);
  return {
    twilio,
    services: (): CallServices => {
      const scope = twilio.scope();
      const { sync } = composeSync(scope, settings);
      return {
        calls: new SyncCallStore(sync),
        lines: new SyncLines(sync),
        directory: new SyncUserDirectory(sync),
        gateways: new SyncGateways(sync),
        events: new SyncCallEvents(sync),
        media: composeTwilioVideo(scope, settings),
        clock,
        settings: { ringMs: 45_000, graceMs: 10_000 },
      };
    },
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    mailboxes: async (lists) => (await Promise.all(lists.map(itemsOf))).flat() as MailboxItem[],
    list: ({ list }) => itemsOf(list),
    document: async ({ document }) => (await service.documents(document).fetch()).data as unknown,
    everything: async () => {
      const [documents, maps, lists] = await Promise.all([
        service.documents.list(),
        service.syncMaps.list(),
        service.syncLists.list(),
      ]);
      const items = await Promise.all([
        ...maps.map(({ sid }) => service.syncMaps(sid).syncMapItems.list({ pageSize: 100 })),
        ...lists.map(({ sid }) => service.syncLists(sid).syncListItems.list({ pageSize: 100 })),
      ]);
      return JSON.stringify([documents, maps, lists, items]);
    },
    close: () => twilio.close(),
  };
}
