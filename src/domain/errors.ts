/** The one error that Foyer's own code throws. `http/` alone turns a code into a status and a wording. */
export type ErrorCode =
  /** A parameter is missing, malformed or out of range. */
  | 'invalid-input'
  /** No credential, or a wrong one. */
  | 'unauthenticated'
  /** A token that is no token of ours, or not any more. */
  | 'invalid-token'
  /** The caller is known and may not do this, not yet, not any more, or not at all. */
  | 'not-allowed'
  /** There is no such thing, or it is gone. */
  | 'not-found'
  /** It is not as the request supposes; `details` say how it is. */
  | 'conflict'
  /** The caller guesses, or sends too much. */
  | 'too-many-requests'
  /** A vendor is slow, rate-limits or fails; the same request may succeed later. */
  | 'try-again'
  /** The operator has to change a setting before this can work. */
  | 'misconfigured';

export interface FoyerErrorOptions extends ErrorOptions {
  /** Seconds after which the same request may succeed, where that is known. */
  readonly retryAfter?: number;
  /** For the caller, beside the message, in families whose errors are JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export class FoyerError extends Error {
  override readonly name = 'FoyerError';
  readonly code: ErrorCode;
  readonly retryAfter: number | undefined;
  readonly details: FoyerErrorOptions['details'];

  /** @param message one sentence for the caller: what is wrong and what to do. Never vendor text, never a secret. */
  constructor(code: ErrorCode, message: string, options: FoyerErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.retryAfter = options.retryAfter;
    this.details = options.details;
  }
}

export const notAllowed = (message: string): FoyerError => new FoyerError('not-allowed', message);

/** Whether the same request may succeed later. */
export const isTryAgain = (error: unknown): boolean =>
  error instanceof FoyerError && error.code === 'try-again';
