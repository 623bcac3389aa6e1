/**
 * LiveKit's webhooks: a JWT in the Authorization header holds the hash of the body, so they are checked here,
 * where the body is still as it was sent. https://docs.livekit.io/home/server/webhooks/
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { LIMITS } from './limits';

export interface LivekitKey {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** What the function is told of an event. */
export interface LivekitEvent {
  readonly event: string;
  readonly id?: string;
  readonly room_name?: string;
  readonly participant_id?: string;
  readonly participant_identity?: string;
  /** Seconds since epoch, as the next. */
  readonly participant_joined_at?: number;
  readonly created_at?: number;
}

/** Seconds by which the server's clock and ours may differ. */
const CLOCK_SKEW = 60;

/** @param now ms since epoch. @returns undefined unless the body was signed with this key, lately. */
export function readLivekitWebhook(
  { apiKey, apiSecret }: LivekitKey,
  authorization: string | undefined,
  body: Buffer,
  now: number,
): LivekitEvent | undefined {
  const [header = '', payload = '', signature = '', ...more] = (authorization ?? '')
    .replace(/^bearer +/i, '')
    .split('.');
  const expected = createHmac('sha256', apiSecret).update(`${header}.${payload}`).digest();
  if (more.length > 0 || !same(Buffer.from(signature, 'base64url'), expected)) return undefined;

  const claims = jsonIn(Buffer.from(payload, 'base64url'));
  if (jsonIn(Buffer.from(header, 'base64url'))['alg'] !== 'HS256' || claims['iss'] !== apiKey)
    return undefined;
  const { exp, nbf = 0 } = claims;
  const seconds = now / 1000;
  if (typeof exp !== 'number' || exp + CLOCK_SKEW < seconds) return undefined;
  if (typeof nbf !== 'number' || nbf - CLOCK_SKEW > seconds) return undefined;

  const hash = createHash('sha256').update(body).digest();
  const claimed =
    typeof claims['sha256'] === 'string' ? Buffer.from(claims['sha256'], 'base64') : Buffer.alloc(0);
  return same(claimed, hash) ? eventIn(jsonIn(body)) : undefined;
}

const same = (given: Buffer, expected: Buffer): boolean =>
  given.length === expected.length && timingSafeEqual(given, expected);

type Json = Readonly<Record<string, unknown>>;

function jsonIn(bytes: Buffer): Json {
  try {
    return objectOf(JSON.parse(bytes.toString()));
  } catch {
    return {};
  }
}

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

function eventIn(body: Json): LivekitEvent | undefined {
  const text = (name: string, value: unknown) => (typeof value === 'string' ? { [name]: value } : {});
  // 64-bit numbers come as text.
  const time = (name: string, value: unknown) => (Number(value) > 0 ? { [name]: Number(value) } : {});
  if (typeof body['event'] !== 'string') return undefined;
  return {
    event: body['event'],
    ...text('id', body['id']),
    ...text('room_name', objectOf(body['room'])['name']),
    ...text('participant_id', objectOf(body['participant'])['sid']),
    ...text('participant_identity', objectOf(body['participant'])['identity']),
    ...time('participant_joined_at', objectOf(body['participant'])['joinedAt']),
    ...time('created_at', body['createdAt']),
  };
}

/**
 * Which events were handed on lately. What they lead to is harmless when done twice; this saves the calls.
 */
export class SeenEvents {
  private readonly ids = new Set<string>();

  /** @returns false when it was seen before. */
  add(id: string | undefined): boolean {
    if (id === undefined) return true;
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    const [oldest] = this.ids;
    if (this.ids.size > LIMITS.rememberedEvents && oldest !== undefined) this.ids.delete(oldest);
    return true;
  }

  /** It could not be handed on: when it comes again it is new. */
  forget(id: string | undefined): void {
    if (id !== undefined) this.ids.delete(id);
  }
}
