/** What a session begins with, and the statuses that it may end with. */
import { createHash } from 'node:crypto';
import type { AccessTokenClaims } from '../twilio/access-token';
import { textOf } from './fields';
import { NOTIFICATION_CONTEXT } from './frames';
import type { Json, Service } from './state';
import type { World } from './world';

/** A Twilsock status; the codes of refusals are those the SDK acts upon. */
export interface Status {
  readonly code: number;
  readonly status: string;
  readonly description?: string;
  readonly errorCode?: number;
}

export const OK: Status = { code: 200, status: 'OK' };
export const TOKEN_EXPIRED: Status = {
  code: 410,
  status: 'TOKEN_EXPIRED',
  description: 'Token expired',
  errorCode: 51207,
};
export const BAD_FRAME: Status = {
  code: 406,
  status: 'NOT_ACCEPTABLE_MESSAGE',
  description: 'Not acceptable message',
  errorCode: 51214,
};
export const unauthorized = (description: string, errorCode: number): Status => ({
  code: 401,
  status: 'UNAUTHORIZED',
  description,
  errorCode,
});

/** The service that a token is for: by SID or unique name, `default` if it names none. */
export function grantedService(world: World, claims: AccessTokenClaims): Service | undefined {
  const id = claims.grants['data_sync']?.['service_sid'] ?? 'default';
  return typeof id === 'string' ? world.state.findService(id) : undefined;
}

/** Changes with the state's epoch: what a browser cached of a state that is gone must not be shown. */
export const storageId = (epoch: string, service: Service, identity: string): string =>
  createHash('sha256').update(`${epoch}/${service.sid}/${identity}`).digest('hex');

interface Continuation {
  readonly identity: string;
  readonly service: string;
  readonly endpoint: string;
}

/** Keeps the endpoint's id over reconnects. It opens nothing, so it need not be signed. */
export const writeContinuation = (continuation: Continuation): string =>
  Buffer.from(JSON.stringify(continuation)).toString('base64url');

export function readContinuation(token: unknown): Continuation | undefined {
  try {
    const { identity, service, endpoint } = JSON.parse(
      Buffer.from(textOf(token), 'base64url').toString(),
    ) as Json;
    if (
      typeof identity === 'string' &&
      typeof service === 'string' &&
      /^twi1-[\w-]{36}$/.test(textOf(endpoint))
    ) {
      return { identity, service, endpoint: textOf(endpoint) };
    }
  } catch {
    // Falls through: an unreadable one counts as none.
  }
  return undefined;
}

export function reissueReason(header: Json): Json {
  const reason = header['continuation_token'] ? 'INVALID' : 'MISSING';
  return { reissue_reason: reason, reissue_message: `Continuation token is ${reason.toLowerCase()}` };
}

export function registrations(requested: unknown): Json[] {
  if (!Array.isArray(requested)) return [];
  return requested.slice(0, 10).map((registration: unknown) => {
    const { type, product, message_types } = Object(registration) as Json;
    return { notification_ctx_id: NOTIFICATION_CONTEXT, type, product, message_types };
  });
}
