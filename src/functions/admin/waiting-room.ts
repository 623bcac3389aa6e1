/** POST /admin/waiting-room: who waits, and what the host needs to watch it live. */
import { MeetingRequest, type WaitingRoomResponse } from '../../api/meetings';
import { openWaitingRoom } from '../../app/list-guests';
import { hostsWaitingRoom } from '../../compose/hosts-waiting-room';
import { endpoint } from '../../http/endpoint';
import { guestEntry } from '../../http/meeting-answers';

export const handler = endpoint({
  family: 'meetings',
  access: 'operator',
  services: hostsWaitingRoom,
  request: MeetingRequest,
  handle: async ({ input, services }): Promise<WaitingRoomResponse> => {
    const { textMessages } = services;
    const { admission, guests, pass } = await openWaitingRoom(services.room, { meetingId: input.meeting_id });
    return {
      admission,
      guests: guests.map(guestEntry),
      map: pass.object,
      identity: pass.identity,
      token: pass.token,
      connect_options: pass.connectOptions,
      text_messages: textMessages.hasSender,
      ...(textMessages.shownAt === undefined ? {} : { text_messages_shown_at: textMessages.shownAt }),
    };
  },
});
