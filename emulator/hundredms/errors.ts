/**
 * What 100ms refuses, and in which shape:
 * https://www.100ms.live/docs/server-side/v2/how-to-guides/make-api-calls#errors
 */

export class HmsError extends Error {
  override readonly name = 'HmsError';
  constructor(
    readonly status: number,
    message: string,
    readonly details: readonly string[] = [],
  ) {
    super(message);
  }

  get body(): object {
    return { code: this.status, message: this.message, details: this.details };
  }
}

export const unauthorized = (why: string): HmsError => new HmsError(401, 'Token validation error', [why]);
export const invalidBody = (why: string): HmsError =>
  new HmsError(400, 'Invalid body param', [`Invalid body param: ${why}`]);
export const invalidQuery = (why: string): HmsError =>
  new HmsError(400, 'Invalid query param', [`Invalid query param: ${why}`]);
export const roomNotFound = (): HmsError => new HmsError(404, 'room not found');
/** Nobody is in that room. */
export const sessionNotFound = (): HmsError => new HmsError(404, 'session not found');
export const peerNotFound = (): HmsError => new HmsError(404, 'peer not found');
export const pathNotFound = (): HmsError => new HmsError(404, 'path not found');
export const tooManyRequests = (): HmsError =>
  new HmsError(429, 'rate limit exceeded, retry after 1 seconds');
