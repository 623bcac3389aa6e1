/** What LiveKit refuses, and in which words; compared with a real livekit-server 1.13.5. */

/** https://twitchtv.github.io/twirp/docs/spec_v7.html#error-codes */
const STATUS = {
  bad_route: 404,
  failed_precondition: 412,
  invalid_argument: 400,
  malformed: 400,
  not_found: 404,
  unauthenticated: 401,
  unavailable: 503,
} as const;

/** A refusal by the RoomService, which answers it as JSON. */
export class TwirpError extends Error {
  override readonly name = 'TwirpError';
  constructor(
    readonly code: keyof typeof STATUS,
    message: string,
    readonly meta?: Readonly<Record<string, string>>,
  ) {
    super(message);
  }

  get status(): number {
    return STATUS[this.code];
  }

  get body(): object {
    return { code: this.code, msg: this.message, ...(this.meta && { meta: this.meta }) };
  }
}

/** A refusal before any service is asked, or of a participant who connects; it is answered as plain text. */
export class PlainError extends Error {
  override readonly name = 'PlainError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The server's own errors travel through its message bus, which leaves this mark. */
const relayed = (code: keyof typeof STATUS, message: string): TwirpError =>
  new TwirpError(code, `twirp error unknown: ${message}`);

export const roomNotFound = (): TwirpError => relayed('not_found', 'requested room does not exist');
export const participantNotFound = (): TwirpError => relayed('not_found', 'participant does not exist');
/** Nobody in the cluster has that room or participant. */
export const noResponse = (): TwirpError => relayed('unavailable', 'no response from servers');
export const permissionDenied = (): TwirpError => new TwirpError('unauthenticated', 'permissions denied');
export const remoteUnmuteDisabled = (): TwirpError =>
  relayed('failed_precondition', 'remote unmute not enabled');
export const tooLong = (what: string, most: number): TwirpError =>
  relayed('invalid_argument', `${what} length exceeds limits: max length ${most}`);
export const tooLarge = (what: string, most: number): TwirpError =>
  new TwirpError('invalid_argument', `${what} exceeds limits ${most}`, {
    argument: `${what} exceeds limits`,
  });
export const malformed = (): TwirpError =>
  new TwirpError('malformed', 'the json request could not be decoded');
