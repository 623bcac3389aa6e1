/** POST /webhooks/hundredms: 100ms tells what happens in our rooms. */
import { HundredMsEventRequest } from '../../api/webhooks';
import { guardHundredMsRoom } from '../../app/guard-hundredms-room';
import { hundredMsGuard } from '../../compose/hundredms';
import { endpoint } from '../../http/endpoint';
import { roomEventOf } from '../../http/hundredms-events';

export const handler = endpoint({
  family: 'service',
  access: '100ms',
  services: hundredMsGuard,
  request: HundredMsEventRequest,
  handle: async ({ input, services }) => {
    const event = roomEventOf(input);
    if (event) await guardHundredMsRoom(services, event);
    return {};
  },
});
