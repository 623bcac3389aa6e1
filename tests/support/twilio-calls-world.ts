/** Calls over Twilio Sync, against the emulator. */
import { calls } from '../../src/compose/calls';
import type { CallsWorld, MailboxItem } from './calls-world';
import { twilioWorld, type TwilioWorld, type TwilioWorldOptions } from './twilio-world';

export interface TwilioCallsWorld extends CallsWorld {
  readonly twilio: TwilioWorld;
  /** Everything that is stored anywhere, as text. */
  everything(): Promise<string>;
}

export async function twilioCallsWorld(options: TwilioWorldOptions = {}): Promise<TwilioCallsWorld> {
  const twilio = await twilioWorld({
    ...options,
    variables: { CALLS_PROVIDER: 'twilio', ...options.variables },
  });
  const { vendor, environment, clock } = twilio;
  const service = vendor.sync.v1.services(environment['SYNC_SERVICE_SID'] ?? '');
  const itemsOf = async (sid: string): Promise<unknown[]> =>
    (await service.syncLists(sid).syncListItems.list({ pageSize: 100 })).map(({ data }) => data as unknown);
  return {
    twilio,
    services: () => calls(twilio.scope()),
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
