/** POST /admin/invite: sends the link of a meeting to a telephone. */
import { InviteRequest, type InviteResponse } from '../../api/meetings';
import { inviteBySms } from '../../app/invite-by-sms';
import { invites } from '../../compose/invites';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'meetings',
  access: 'operator',
  services: invites,
  request: InviteRequest,
  handle: async ({ input, services }): Promise<InviteResponse> => {
    const { meeting_id: meetingId, phone } = input;
    await inviteBySms(services, { meetingId, phone });
    return { meeting_id: Number(meetingId), phone, status: 'queued' };
  },
});
