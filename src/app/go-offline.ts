/** Somebody's devices go: what that means for a call that is going on. */
import { type Call, isLive } from '../domain/call';
import { isOnline, type LeaseEnds, onlineUntil, type Presence, withoutDevices } from '../domain/presence';
import { leasesOf, presencesOf } from './parties';
import type { CallServices } from './services';

/** A call that one of its parties has left. */
export interface LeftCall {
  readonly call: Call;
  /** ms since epoch: it is over then, unless the party comes back. */
  readonly at: number;
}

/**
 * Takes the devices off the user's record.
 * @returns the record, if there is one, and the call of somebody whose last device has gone.
 * Cost: 1 read, 1 write; 1 or 2 reads for the last device.
 */
export async function goOffline(
  services: CallServices,
  userId: string,
  names: readonly string[],
): Promise<{ readonly presence?: Presence; readonly left?: LeftCall }> {
  const { directory, clock } = services;
  for (;;) {
    const before = await directory.find(userId);
    if (!before) return {};
    const leases = await leasesOf(services, [before]);
    const next = withoutDevices(before, names, leases, clock.now());
    const after = next === before ? before : await directory.replace(before, next);
    if (!after) continue;
    const left = await callLeft(services, after, leases);
    return { presence: after, ...(left ? { left } : {}) };
  }
}

/**
 * The call of somebody who is offline, which is over unless one comes back.
 * @returns undefined when somebody is online, or in no call. Cost: none or 1 read; 1 more where there is a call.
 */
export async function callLeft(
  { lines, calls, clock, settings }: CallServices,
  presence: Presence,
  leases: LeaseEnds,
): Promise<LeftCall | undefined> {
  if (isOnline(presence, leases, clock.now())) return undefined;
  const { call: holder } = await lines.find(presence.user.id);
  const call = holder && !holder.isOver ? await calls.find(holder.id) : undefined;
  return call && isLive(call) ? { call, at: onlineUntil(presence, leases) + settings.graceMs } : undefined;
}

/** The other side's gateways look at the call when it is over. Cost: 2 reads, 1 write for each gateway. */
export async function remindOf(services: CallServices, { call, at }: LeftCall): Promise<void> {
  await services.events.remind({ callId: call.id, at, of: await presencesOf(services, call) });
}
