/** Why a socket is refused or closed, in words that fit where they have to go. */

/** A refusal as HTTP would say it. */
export class Refused extends Error {
  constructor(
    /** An HTTP status: 4xx is the client's fault, 503 nobody's. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const TRY_LATER = new Refused(503, 'the service is not available for the moment; try again.');

/** What is no refusal is a fault of ours: nothing of it is told. */
export const refusalIn = (error: unknown): Refused => (error instanceof Refused ? error : TRY_LATER);

/** RFC 6455 section 7.4; 4000 to 4999 are an application's own. */
export const CLOSE = {
  unsupported: 1003,
  policy: 1008,
  restart: 1012,
  tryLater: 1013,
  tooSlow: 4408,
} as const;

/** A refused socket closes with 4000 and the status, or with "try again later". */
export const closeCodeOf = (status: number): number =>
  status >= 400 && status < 500 ? 4000 + status : CLOSE.tryLater;

/** A close frame holds 125 bytes, two of them the code: RFC 6455 section 5.5. */
const REASON_BYTES = 123;

/** As much of a sentence as fits into a close frame, cut between characters. */
export function closeReason(message: string): string {
  const bytes = Buffer.from(message);
  if (bytes.length <= REASON_BYTES) return message;
  return (
    bytes
      .subarray(0, REASON_BYTES - 3)
      .toString()
      .replace(/\uFFFD+$/, '') + '…'
  );
}
