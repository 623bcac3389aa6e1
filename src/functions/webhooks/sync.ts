/** POST /webhooks/sync: Twilio Sync tells of browsers that connect and go. */
import { SyncWebhookRequest } from '../../api/webhooks';
import { noteChannelPresence } from '../../app/note-channel-presence';
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
      await noteChannelPresence(services, { identity: Identity, connected });
    }
    return {};
  },
});
