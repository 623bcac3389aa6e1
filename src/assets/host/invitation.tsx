/** What guests need to come to a waiting room. */
import type { InviteProps } from '../parts/invite';
import { spacedNumber, text } from '../texts/text';
import { TextInvite } from './text-invite';

export const invitationTo = (meetingId: string): InviteProps => ({
  link: new URL(`/meeting.html#${meetingId}`, location.href).href,
  words: text('invite.words'),
  number: spacedNumber(meetingId),
  children: <TextInvite meetingId={meetingId} />,
});
