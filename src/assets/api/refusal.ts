/** What the server's answer means for a person. The server speaks in sentences; these are the ones we act on. */

/** Why a call did not succeed. Pages have words for each, see texts. */
export type Reason =
  | 'offline'
  | 'busy'
  | 'tooManyTries'
  | 'noSuchMeeting'
  | 'ended'
  | 'denied'
  | 'removed'
  /** The ticket is of another meeting, or too old. */
  | 'staleTicket'
  /** The guest has left the waiting room, or the list has forgotten them. */
  | 'notListed'
  | 'notAdmitted'
  /** The guest whom it is about does not wait any more. */
  | 'notWaiting'
  /** The room in the document has been replaced, or the host has not opened one. */
  | 'staleRoom'
  /** As many are in the meeting as it takes. */
  | 'full'
  | 'operatorsOnly'
  | 'operatorsClosed'
  /** A token of the identity provider is needed, or another one. */
  | 'usersOnly'
  | 'usersClosed'
  /** The token is somebody else's. */
  | 'notYou'
  /** What was asked for does not fit how things stand by now: see {@link Refusal.answer}. */
  | 'conflict'
  | 'badInput'
  | 'fault';

export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** @param retryAfter seconds, where the server named them */
  constructor(
    readonly reason: Reason,
    message: string = reason,
    readonly retryAfter?: number,
    /** The answer's text. */
    readonly answer?: string,
  ) {
    super(message);
  }
}

/** The server answers every 403 with a sentence; a test holds these against the server's own. */
const SENTENCES: readonly (readonly [RegExp, Reason])[] = [
  [/this meeting has ended/, 'ended'],
  [/host did not let you in/, 'denied'],
  [/host has removed you/, 'removed'],
  [/identity is not valid/, 'staleTicket'],
  [/not in the waiting room any more/, 'notListed'],
  [/has not let you in yet/, 'notAdmitted'],
  [/does not wait any more/, 'notWaiting'],
  [/not the room of the meeting|host is not there yet/, 'staleRoom'],
  [/this meeting is full/, 'full'],
  [/this is for operators/, 'operatorsOnly'],
  [/operator routes are closed/, 'operatorsClosed'],
  [/you can act for yourself only/, 'notYou'],
  [/this is for users|your token/, 'usersOnly'],
  [/user routes are closed/, 'usersClosed'],
];

const STATUSES: Readonly<Record<number, Reason>> = {
  400: 'badInput',
  404: 'noSuchMeeting',
  409: 'conflict',
  429: 'tooManyTries',
  502: 'busy',
  503: 'busy',
  504: 'busy',
};

/** @param body the answer's text: `Error: …`, or JSON in which some families say the same */
export function refusalOf(status: number, body: string, retryAfter?: number): Refusal {
  const message = sentenceIn(body);
  const known =
    status === 401 || status === 403 ? SENTENCES.find(([words]) => words.test(message)) : undefined;
  return new Refusal(known?.[1] ?? STATUSES[status] ?? 'fault', message, retryAfter, body);
}

function sentenceIn(body: string): string {
  try {
    const { detail, message = body } = JSON.parse(body) as { detail?: string; message?: string };
    return detail ?? message;
  } catch {
    return body.replace(/^Error: /, '');
  }
}

export const reasonOf = (error: unknown): Reason => (error instanceof Refusal ? error.reason : 'fault');
