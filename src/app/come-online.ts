/** Somebody's device comes: what that means for a call that is going on, and what it must be told. */
import { type Call, type CallMessage, isLive, isParty, messageOf, stepOfMessage } from '../domain/call';
import {
  type Channel,
  type Device,
  isOnline,
  type LeaseEnds,
  onlineUntil,
  type Presence,
  withDevice,
} from '../domain/presence';
import type { LineHolder } from '../domain/line';
import type { User } from '../domain/user';
import { lookAtCall, resolveHolder } from './move-call';
import { leasesOf } from './parties';
import type { CallServices } from './services';

/** A device that lost its connection during a call and comes back soon after is told how the call ended. */
const RECENT_MS = 60_000;

export interface Arrival {
  readonly name: string;
  readonly device: Device;
  readonly channel?: Channel;
}

/**
 * Puts the device into the directory, and then looks for what it must know.
 * @param device made from what is known of its user
 * @returns `news`: what the device must be told; `live`: the call that is going on.
 * @throws FoyerError `not-allowed` for one device too many; `try-again`.
 * Cost: 1 read, 1 write, 1 read; 1 to 3 more where there is a call.
 */
export async function comeOnline(
  services: CallServices,
  user: User,
  device: (known: Presence | undefined) => Promise<Arrival>,
  lastMessageId?: string,
): Promise<{ readonly presence: Presence; readonly news: CallMessage[]; readonly live?: Call }> {
  const { directory, lines, clock } = services;
  for (;;) {
    const before = await directory.find(user.id);
    const leases = await leasesOf(services, [before]);
    if (before) await endIfVanished(services, before, leases);
    const { name, device: arrived, channel } = await device(before);
    const next = withDevice(before, user, [name, arrived], leases, clock.now(), channel);
    const presence = await directory.replace(before, next);
    if (!presence) continue;
    const last = stepOfMessage(lastMessageId ?? '');
    const [line, missed] = await Promise.all([
      lines.find(user.id),
      last ? services.calls.find(last.callId) : undefined,
    ]);
    const present = line.call?.isOver
      ? await recentCall(services, line.call, before)
      : line.call && (await resolveHolder(services, line.call))?.call;
    const isNews = (call: Call): boolean =>
      concerns(call, user.id) && !(last?.callId === call.id && last.step >= call.step);
    const calls = missed && missed.id !== present?.id ? [missed, present] : [present];
    const news = calls
      .filter((call) => call !== undefined)
      .filter(isNews)
      .map(messageOf);
    return { presence, news, ...(present && isLive(present) ? { live: present } : {}) };
  }
}

/** While it rings there is nothing to tell the caller. */
const concerns = (call: Call, userId: string): boolean =>
  isParty(call, userId) && (call.status !== 'DIALLING' || call.receiver.id === userId);

/** Somebody who comes back only after the grace finds the call over, though nobody has looked meanwhile. */
export async function endIfVanished(
  services: CallServices,
  presence: Presence,
  leases: LeaseEnds,
): Promise<void> {
  const { lines, calls, clock, settings } = services;
  const now = clock.now();
  if (isOnline(presence, leases, now) || onlineUntil(presence, leases) + settings.graceMs > now) return;
  const { call: holder } = await lines.find(presence.user.id);
  const call = holder && !holder.isOver ? await calls.find(holder.id) : undefined;
  if (call) await lookAtCall(services, call);
}

/** The last call, if it has just ended and a device may have missed that: one left before, or may have died. */
async function recentCall(
  { calls, clock }: CallServices,
  { id, draft }: LineHolder,
  before: Presence | undefined,
): Promise<Call | undefined> {
  if (!before) return undefined;
  const hasLeft = before.leftAt >= draft.placedAt;
  const mayHaveDied = Object.values(before.devices).some(({ via }) => via === 'gateway');
  if (!hasLeft && !mayHaveDied) return undefined;
  const call = await calls.find(id);
  if (!call || call.changedAt + RECENT_MS <= clock.now()) return undefined;
  return mayHaveDied || before.leftAt <= call.changedAt ? call : undefined;
}
