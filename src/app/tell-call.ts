/** What a step of a call means for others: devices are told, lines released, rooms closed. */
import { type Call, isLive, messageOf } from '../domain/call';
import { FoyerError } from '../domain/errors';
import { together } from '../domain/in-parallel';
import { gatewaysOf, type Presence } from '../domain/presence';
import type { Reminder } from '../ports/call-events';
import { releaseLine } from './claim-line';
import { presencesOf } from './parties';
import type { CallServices } from './services';

/**
 * A gateway looks at each live call at least that often. All that time changes is looked for when it is due;
 * this is for what nobody could tell us of.
 */
export const LOOK_EVERY_MS = 60_000;

/**
 * Tells of the step that the call has come to. Again is fine.
 *
 * Whoever connects is first in the directory and then looks for a live call; here the call stands first, and
 * then the directory is read. So nobody falls between: that is why it is read again when it was read before.
 * @param known the parties, as they were read before the call came to this step
 * @throws FoyerError `try-again` where somebody could not be told.
 * Cost: all at once: 2 reads, what `deliver` costs, and at the end of a call 2 reads, 2 writes and closing its room.
 */
export async function tellCall(
  services: CallServices,
  call: Call,
  known?: readonly Presence[],
): Promise<void> {
  const { lines, events, clock } = services;
  const parties = known ?? (await presencesOf(services, call));
  const [, now] = await together([
    // First of all, because people wait for it.
    events.deliver(audienceOf(call, parties), messageOf(call), reminderOf(call, clock.now(), parties)),
    known ? presencesOf(services, call) : parties,
    ...(isLive(call) ? [] : [call.caller, call.receiver].map(({ id }) => releaseLine(lines, id, call.id))),
    hadRoom(call) ? closeRoom(services, call) : undefined,
  ]);
  const newcomers = now.flatMap((presence) => sinceThen(presence, parties));
  if (newcomers.length > 0) {
    await events.deliver(
      audienceOf(call, newcomers),
      messageOf(call),
      reminderOf(call, clock.now(), newcomers),
    );
  }
}

/** While it rings, only the receiver is told. */
const audienceOf = ({ status, receiver }: Call, parties: readonly Presence[]): Presence[] =>
  parties.filter(({ user }) => status !== 'DIALLING' || user.id === receiver.id);

/** When a live call is looked at next, whatever happens; ms since epoch. */
export const nextLook = ({ status, deadline }: Call, now: number): number =>
  status === 'DIALLING' ? deadline : now + LOOK_EVERY_MS;

const reminderOf = (call: Call, now: number, of: readonly Presence[]): Reminder | undefined =>
  isLive(call) ? { callId: call.id, at: nextLook(call, now), of } : undefined;

/** Where somebody was not to be reached before: a gateway tells all of a user's sockets, a list all devices. */
function sinceThen(now: Presence, before: readonly Presence[]): Presence[] {
  const then = before.find(({ user }) => user.id === now.user.id);
  const known = new Set(then ? gatewaysOf(then) : []);
  const wasOnChannel = Object.values(then?.devices ?? {}).some(({ via }) => via === 'sync');
  const devices = Object.fromEntries(
    Object.entries(now.devices).filter(([, device]) =>
      device.via === 'gateway' ? !known.has(device.gateway) : !wasOnChannel,
    ),
  );
  return Object.keys(devices).length > 0 ? [{ ...now, devices }] : [];
}

/** Tokens for the room were given only while it was answered. */
const hadRoom = (call: Call): boolean => !isLive(call) && call.step > 2;

/** What cannot be closed now is closed when somebody comes into it. */
async function closeRoom({ media }: CallServices, { id }: Call): Promise<void> {
  try {
    await media.closeRoom(id);
  } catch (error) {
    if (!(error instanceof FoyerError)) throw error;
  }
}
