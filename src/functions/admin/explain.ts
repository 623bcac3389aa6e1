/** POST /admin/explain: why a guest cannot get in (or can), in a sentence for the host. */
import { ExplainRequest, type ExplainResponse } from '../../api/meetings';
import { explainGuest } from '../../app/explain-guest';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'meetings',
  access: 'operator',
  services: waitingRoom,
  request: ExplainRequest,
  handle: async ({ input, services }): Promise<ExplainResponse> => {
    const { meeting_id: meetingId, guest_id: guestId } = input;
    return { guest_id: guestId, ...(await explainGuest(services, { meetingId, guestId })) };
  },
});
