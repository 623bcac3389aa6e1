/** POST /admin/deny: turns guests away who wait; one, or all. */
import { DecisionRequest, type GuestsResponse } from '../../api/meetings';
import { denyGuests } from '../../app/decide-on-guests';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';
import { guestEntry } from '../../http/meeting-answers';

export const handler = endpoint({
  family: 'meetings',
  access: 'operator',
  services: waitingRoom,
  request: DecisionRequest,
  handle: async ({ input, services }): Promise<GuestsResponse> => {
    const guests = await denyGuests(services, { meetingId: input.meeting_id, guestId: input.guest_id });
    return { guests: guests.map(guestEntry) };
  },
});
