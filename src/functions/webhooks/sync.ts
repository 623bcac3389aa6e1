/** POST /webhooks/sync: Twilio Sync tells of browsers that connect and go. */
import { SyncWebhookRequest } from '../../api/webhooks';
import { notePresence } from '../../app/note-presence';
import { noteUserPresence } from '../../app/note-user-presence';
import { channelPresence } from '../../compose/channel-presence';
import { endpoint } from '../../http/endpoint';

const CONNECTED: Readonly<Record<string, boolean>> = {
  endpoint_connected: true,
  endpoint_disconnected: false,
};

export const handler = endpoint({
  family: 'service',
  access: 'twilio',
  services: channelPresence,
  request: SyncWebhookRequest,
  handle: async ({ input: { EventType, Identity }, services }) => {
    const connected = CONNECTED[EventType];
    if (connected !== undefined && Identity !== undefined) {
      const news = { identity: Identity, connected };
      await Promise.all([notePresence(services.waiting, news), noteUserPresence(services.calling, news)]);
    }
    return {};
  },
});
