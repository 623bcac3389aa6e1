/**
 * The guest's ticket: the secret that `enter-waiting-room` hands out as `identity`. It is signed, so nothing
 * has to be stored for it, and bound to one meeting. Whoever holds it is that guest; the guest's public id
 * is a keyed hash of it and leads nowhere.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Admission } from './meeting';
import type { Secrets } from './secrets';

export interface Ticket {
  readonly meetingKey: string;
  /** The meeting's number; tickets from before it stood in them lack it. */
  readonly meetingId?: string | undefined;
  readonly admission: Admission;
  readonly guestId: string;
  readonly name: string;
  /** ms since epoch. */
  readonly enteredAt: number;
  readonly expiresAt: number;
  /** The number in the queue (queue.ts), with manual admission. */
  readonly place?: number | undefined;
}

/** 128 random bits, base64url. */
const newNonce = (): string => randomBytes(16).toString('base64url');

export interface GuestIdentity {
  readonly nonce: string;
  readonly guestId: string;
}

/** A new guest, before it is known whether the meeting takes anybody. */
export function newGuest(secrets: Secrets): GuestIdentity {
  const nonce = newNonce();
  return { nonce, guestId: guestIdOf(secrets, nonce) };
}

const guestIdOf = (secrets: Secrets, nonce: string): string =>
  `g${secrets.mac('guest-id', nonce).toString('hex').slice(0, 16)}`;

type Payload = [
  meetingKey: string,
  admission: 'a' | 'm',
  nonce: string,
  name: string,
  at: number,
  end: number,
  place?: number | null,
  meetingId?: string,
];

export function issueTicket(secrets: Secrets, guest: GuestIdentity, ticket: Omit<Ticket, 'guestId'>): string {
  const payload: Payload = [
    ticket.meetingKey,
    ticket.admission === 'manual' ? 'm' : 'a',
    guest.nonce,
    ticket.name,
    ticket.enteredAt,
    ticket.expiresAt,
  ];
  if (ticket.meetingId !== undefined) payload.push(ticket.place ?? null, ticket.meetingId);
  else if (ticket.place !== undefined) payload.push(ticket.place);
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${body}.${secrets.mac('ticket', body).toString('base64url')}`;
}

/** The ticket if it is genuine and not expired at `now` (ms), whatever meeting it is for; else undefined. */
export function readTicket(secrets: Secrets, text: string, now: number): Ticket | undefined {
  const [body, signature, ...rest] = text.split('.');
  if (!body || !signature || rest.length > 0) return undefined;
  const given = Buffer.from(signature, 'base64url');
  // Buffer.from skips what is not base64url: one ticket has one spelling.
  if (given.toString('base64url') !== signature) return undefined;
  const expected = secrets.mac('ticket', body);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as Payload;
  const [meetingKey, admission, nonce, name, enteredAt, expiresAt, place, meetingId] = payload;
  if (expiresAt <= now) return undefined;
  return {
    meetingKey,
    admission: admission === 'm' ? 'manual' : 'auto',
    guestId: guestIdOf(secrets, nonce),
    name,
    enteredAt,
    expiresAt,
    ...(typeof place === 'number' ? { place } : {}),
    ...(meetingId === undefined ? {} : { meetingId }),
  };
}
