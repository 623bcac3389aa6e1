/** The host invites somebody by text message. */
import { INVITES_IN_ALL, INVITES_PER_MEETING, INVITES_PER_PHONE, type Limit } from '../domain/allowance';
import { FoyerError } from '../domain/errors';
import { invitationText } from '../domain/invitation';
import { requireLive } from '../domain/meeting';
import { findMeeting } from './find-meeting';
import type { InviteServices } from './services';

/**
 * Sends the link of the meeting, as the host's page shows it. Every message costs money and may annoy, so they are
 * counted by phone, by meeting and in all before anything is sent; what is refused afterwards stays counted.
 * @param phone E.164.
 * @throws FoyerError `not-found`; `not-allowed` once the meeting has ended; `too-many-requests`; what
 * TextMessages.send throws. Cost: 1 read; thrice 1 read and 1 write; 1 message.
 */
export async function inviteBySms(
  services: InviteServices,
  { meetingId, phone }: { readonly meetingId: string; readonly phone: string },
): Promise<void> {
  const meeting = await findMeeting(services, meetingId);
  requireLive(meeting);
  // One by one, so that what the first refuses costs the others nothing.
  await take(services, `invites.phone.${phone}`, INVITES_PER_PHONE, 'to this phone');
  await take(services, `invites.meeting.${meeting.key}`, INVITES_PER_MEETING, 'to this meeting');
  await take(services, 'invites.everybody', INVITES_IN_ALL, 'just now');
  const link = `${services.frontendUrl}/meeting.html#${meetingId}`;
  const text = invitationText({ brand: services.brand, number: meetingId, link });
  await services.messages.send(phone, text);
}

/** A guard. @throws FoyerError `too-many-requests`. */
async function take(
  { allowances }: InviteServices,
  name: string,
  limit: Limit,
  which: string,
): Promise<void> {
  const wait = await allowances.take(name, limit);
  if (wait === 0) return;
  throw new FoyerError(
    'too-many-requests',
    `too many invitations were sent ${which}. Send this one yourself, or try again in ${wait} seconds.`,
    { retryAfter: wait },
  );
}
