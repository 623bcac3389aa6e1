/** POST /admin/message: says something to those who wait; to one, or to all. */
import { MessageRequest, type MessageResponse } from '../../api/meetings';
import { sendMessage } from '../../app/send-message';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'meetings',
  access: 'operator',
  services: waitingRoom,
  request: MessageRequest,
  handle: async ({ input, services }): Promise<MessageResponse> => {
    const { meeting_id: meetingId, guest_id, text, name } = input;
    const { sent_at } = await sendMessage(services, { meetingId, guestId: guest_id, text, name });
    return { meeting_id: Number(meetingId), ...(guest_id !== undefined && { guest_id }), text, sent_at };
  },
});
