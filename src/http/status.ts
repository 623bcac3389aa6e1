/** Error code → HTTP status and, where the family's seed fixes it, a status of its own. */
import type { Family } from '../api/routes';
import type { ErrorCode } from '../domain/errors';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  'invalid-input': 400,
  unauthenticated: 401,
  'invalid-token': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  'too-many-requests': 429,
  misconfigured: 500,
  'try-again': 503,
};

/** Seed 001 knows 403 for every refusal. */
const FAMILY_STATUS: Readonly<Partial<Record<Family, Partial<Record<ErrorCode, number>>>>> = {
  meetings: { unauthenticated: 403, 'invalid-token': 403 },
};

export const statusOf = (family: Family, code: ErrorCode): number =>
  FAMILY_STATUS[family]?.[code] ?? STATUS[code];
