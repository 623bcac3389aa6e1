/** Who is online, by which devices, and since when somebody is not. */
import { notAllowed } from './errors';
import type { User } from './user';

/** A socket at a gateway; it counts while the gateway's lease lasts. */
export interface GatewayDevice {
  readonly via: 'gateway';
  readonly gateway: string;
}

/** A browser on the push channel. */
export interface SyncDevice {
  readonly via: 'sync';
  /** ms since epoch: it counts as connected until then, unless it is heard that it went. */
  readonly until: number;
  /** ms since epoch: it may come back until then. */
  readonly tokenUntil: number;
  /** ms since epoch: it has gone, and not come back. */
  readonly goneAt?: number;
}

export type Device = GatewayDevice | SyncDevice;

/** The objects that all of somebody's devices on the push channel watch. */
export interface Channel {
  /** List of messages. */
  readonly list: string;
  /** The call as it stands. */
  readonly document: string;
}

export interface Presence {
  readonly user: User;
  /** A device's name: `<gateway>.<socket>`, or its identity on the push channel. */
  readonly devices: Readonly<Record<string, Device>>;
  /** Once a device was on the push channel. */
  readonly channel?: Channel;
  /** ms since epoch at which a device last left; 0 when none has. */
  readonly leftAt: number;
  /** ms since epoch: the record may be forgotten then, unless it is written before. */
  readonly keepUntil: number;
}

/** When the lease of each gateway ends or ended, ms since epoch; one that is absent has ended long ago. */
export type LeaseEnds = ReadonlyMap<string, number>;

/** More devices than anybody has; their list has to fit into one record of 16 KiB. */
export const MAX_DEVICES = 32;

const HOUR_MS = 3_600_000;
/** Gateways connect their sockets again more often than that. */
const KEEP_ONLINE_MS = 24 * HOUR_MS;
/** Longer than any grace. */
const KEEP_OFFLINE_MS = HOUR_MS;

/** ms since epoch until which, as far as is known now, the device counts as connected. */
export const endOf = (device: Device, leases: LeaseEnds): number =>
  device.via === 'gateway'
    ? (leases.get(device.gateway) ?? 0)
    : Math.min(device.until, device.goneAt ?? device.until);

/** ms since epoch until which, as far as is known now, somebody is online; in the past: since when offline. */
export const onlineUntil = ({ devices, leftAt }: Presence, leases: LeaseEnds): number =>
  Math.max(leftAt, ...Object.values(devices).map((device) => endOf(device, leases)));

export const isOnline = (presence: Presence, leases: LeaseEnds, now: number): boolean =>
  Object.values(presence.devices).some((device) => endOf(device, leases) > now);

export const gatewaysOf = ({ devices }: Pick<Presence, 'devices'>): string[] => [
  ...new Set(Object.values(devices).flatMap((device) => (device.via === 'gateway' ? [device.gateway] : []))),
];

/** @returns only those that may be connected, or come back. */
const withoutDead = (devices: Presence['devices'], leases: LeaseEnds, now: number): Presence['devices'] =>
  Object.fromEntries(
    Object.entries(devices).filter(([, device]) =>
      device.via === 'gateway' ? endOf(device, leases) > now : device.tokenUntil > now,
    ),
  );

/**
 * One more device, or the same again.
 * @param channel where the user's devices on the push channel are reached, if the device is one.
 * @throws FoyerError `not-allowed` when there are {@link MAX_DEVICES} already.
 */
export function withDevice(
  presence: Presence | undefined,
  user: User,
  [name, device]: readonly [string, Device],
  leases: LeaseEnds,
  now: number,
  channel: Channel | undefined = presence?.channel,
): Presence {
  const known = withoutDead(presence?.devices ?? {}, leases, now);
  const devices = { ...known, [name]: device };
  if (Object.keys(devices).length > MAX_DEVICES) {
    throw notAllowed(`you are connected with ${MAX_DEVICES} devices already. Disconnect one first.`);
  }
  // Those who are taken off the record now left when their gateways ended.
  const leftAt =
    presence && Object.keys(known).length === 0 ? onlineUntil(presence, leases) : presence?.leftAt;
  return {
    ...presence,
    user,
    devices,
    ...(channel === undefined ? {} : { channel }),
    leftAt: Math.min(now, leftAt ?? 0),
    keepUntil: now + KEEP_ONLINE_MS,
  };
}

/** Without these devices; those that it does not have change nothing. */
export function withoutDevices(
  presence: Presence,
  names: readonly string[],
  leases: LeaseEnds,
  now: number,
): Presence {
  const rest = Object.entries(presence.devices).filter(([name]) => !names.includes(name));
  if (rest.length === Object.keys(presence.devices).length) return presence;
  const left: Presence = { ...presence, devices: Object.fromEntries(rest), leftAt: now };
  return { ...left, keepUntil: now + (isOnline(left, leases, now) ? KEEP_ONLINE_MS : KEEP_OFFLINE_MS) };
}

/** Whether it has been told that this device is connected, and not that it went. */
export const isKnownConnected = (device: Device | undefined): boolean =>
  device?.via === 'sync' && device.goneAt === undefined && device.until === device.tokenUntil;

/** A device on the push channel came or went; one that it does not have changes nothing. */
export function withSyncDevice(
  presence: Presence,
  identity: string,
  connected: boolean,
  leases: LeaseEnds,
  now: number,
): Presence {
  const device = presence.devices[identity];
  if (device?.via !== 'sync') return presence;
  const { goneAt, ...known } = device;
  if (connected ? isKnownConnected(device) : goneAt !== undefined) return presence;
  const next = connected ? { ...known, until: known.tokenUntil } : { ...known, goneAt: now };
  const devices = { ...presence.devices, [identity]: next };
  const told: Presence = { ...presence, devices, ...(connected ? {} : { leftAt: now }) };
  return { ...told, keepUntil: now + (isOnline(told, leases, now) ? KEEP_ONLINE_MS : KEEP_OFFLINE_MS) };
}
