/** Who may call, in OpenAPI's words, and how others are refused. */
import type { Family } from '../routes';
import type { Caller, Operation } from './operation';

export const SECURITY_SCHEMES = {
  operatorKey: { type: 'http', scheme: 'bearer', description: 'The ADMIN_API_KEY.' },
  operatorToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Of the identity provider, with the operator claim.',
  },
  userToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Of the identity provider; its subject is the user who is acted for.',
  },
  twilioSignature: { type: 'apiKey', in: 'header', name: 'X-Twilio-Signature' },
  livekitSignature: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Of LiveKit, over the hash of the body; the front port checks it.',
  },
  hundredMsSecret: { type: 'apiKey', in: 'header', name: 'x-webhook-secret' },
  gatewaySecret: { type: 'apiKey', in: 'header', name: 'x-foyer-gateway' },
} as const;

/** Each entry is a way in; none for a route that anybody may call, where tickets travel as parameters. */
const WAYS: Readonly<Record<Caller, readonly (keyof typeof SECURITY_SCHEMES)[]>> = {
  operator: ['operatorKey', 'operatorToken'],
  user: ['userToken'],
  anybody: [],
  twilio: ['twilioSignature'],
  livekit: ['livekitSignature'],
  '100ms': ['hundredMsSecret'],
  gateway: ['gatewaySecret'],
};

export const securityOf = (caller: Caller): readonly object[] => WAYS[caller].map((name) => ({ [name]: [] }));

/** What is said to those who bring nothing, where the service asks for a key or a token; a test holds it against it. */
export const STRANGERS = {
  operator: 'this is for operators. Send "Authorization: Bearer" with the ADMIN_API_KEY.',
  user: 'this is for users. Send "Authorization: Bearer" with your token from the identity provider.',
} as const;

export interface Refused {
  readonly status: number;
  readonly when: string;
  readonly message?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

const UNSIGNED: readonly Caller[] = ['twilio', 'livekit', '100ms', 'gateway'];

/** Seed 001 knows 403 for every refusal. */
export const strangerStatus = (family: Family): number => (family === 'meetings' ? 403 : 401);

export function refusalsOf(family: Family, { path, caller, refusals = [] }: Operation): readonly Refused[] {
  if (path === '/health') return [];
  const status = strangerStatus(family);
  return [
    ...refusals,
    ...(caller === 'operator' || caller === 'user'
      ? [
          { status, when: 'No key or token came, or one that is not valid.', message: STRANGERS[caller] },
          { status: 403, when: 'Not for this caller, or not as things stand.' },
        ]
      : []),
    ...(UNSIGNED.includes(caller) ? [{ status: 403, when: 'Not signed by who may send it.' }] : []),
    ...(family === 'meetings'
      ? [
          { status: 403, when: 'The ticket, the room or the meeting’s state does not allow it.' },
          { status: 404, when: 'There is no such meeting.' },
          { status: 429, when: 'Too many wrong numbers; try later.' },
        ]
      : []),
    ...(path.startsWith('/calls/') || path === '/token'
      ? [{ status: 404, when: 'There is no such call.' }]
      : []),
    ...(path === '/calls/answer' || path === '/calls/end'
      ? [{ status: 409, when: 'Not as the call stands; it comes along, as `call`.' }]
      : []),
    ...(path.startsWith('/rooms/') ? [{ status: 404, when: 'There is no such room.' }] : []),
    { status: 400, when: 'Bad input.' },
    { status: 503, when: 'A vendor is slow or away; try again.' },
  ];
}
