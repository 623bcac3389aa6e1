/**
 * One wrapper around every route: authenticates, validates, runs the use case, answers in the family's shape,
 * logs one line, and calls `callback` exactly once whatever happens.
 */
import { randomUUID } from 'node:crypto';
import type { Context, ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';
import type * as z from 'zod/mini';
import type { Family } from '../api/routes';
import type { Caller } from '../app/services';
import { type Compose, requestScope } from '../compose/request-scope';
import { composeTokenVerifier } from '../compose/token-verifier';
import { type Environment } from '../config/settings';
import { FoyerError } from '../domain/errors';
import { type Access, requireAccess } from './access';
import { type Answer, failure, success, toTwilioResponse } from './answer';
import { type Incoming, readIncoming } from './incoming';
import { logRequest } from './log';
import { statusOf } from './status';
import { validate } from './validate';

export interface Endpoint<S extends z.ZodMiniType, V> {
  readonly family: Family;
  readonly access: Access;
  /** The group of services that the route works with; a built function holds the code of these alone. */
  readonly services: Compose<V>;
  readonly request: S;
  /** What the seed says of a failure that is not the caller's (a 500), instead of our own message. */
  readonly failing?: (message: string) => string;
  /** @returns the body of a 200. */
  readonly handle: (call: {
    readonly input: z.output<S>;
    readonly caller: Caller;
    readonly services: V;
    /** As the client used it, where the front port says so. */
    readonly verb: string | undefined;
  }) => Promise<object>;
}

type Event = Readonly<Record<string, unknown>>;
export type Handler = (context: Context, event: Event, callback: ServerlessCallback) => void;

const OUR_FAULT = 'something went wrong on our side. Try again in a moment.';

/** What is known of a request for its log line, filled in as it is learned. */
interface Trace {
  incoming?: Incoming;
  upstream?: { readonly calls: number };
  error?: unknown;
}

export function endpoint<S extends z.ZodMiniType, V>(route: Endpoint<S, V>): Handler {
  return (context, event, callback) => {
    const environment = context as unknown as Environment;
    void respond(route, environment, event).then(
      // The runtime's convention, not Node's: called back once, with an answer, always.
      // oxlint-disable-next-line promise/no-callback-in-promise
      (response) => callback(null, response),
    );
  };
}

/** Never rejects. */
async function respond<S extends z.ZodMiniType, V>(
  route: Endpoint<S, V>,
  environment: Environment,
  event: Event,
) {
  const started = performance.now();
  const trace: Trace = {};
  const result = await answer(route, environment, event, trace);
  const requestId = trace.incoming?.requestId ?? randomUUID();
  const path = environment['PATH'];
  logRequest({
    route: typeof path === 'string' ? path : '',
    status: result.status,
    ms: performance.now() - started,
    upstreamCalls: trace.upstream?.calls ?? 0,
    requestId,
    traceId: trace.incoming?.traceId,
    error: trace.error,
  });
  return toTwilioResponse(result, requestId);
}

/** Never rejects. */
async function answer<S extends z.ZodMiniType, V>(
  route: Endpoint<S, V>,
  environment: Environment,
  event: Event,
  trace: Trace,
): Promise<Answer> {
  try {
    const incoming = readIncoming(event, environment);
    trace.incoming = incoming;
    const origin = `${incoming.isSecure ? 'https' : 'http'}://${incoming.host}`;
    const scope = requestScope(environment, origin);
    trace.upstream = scope.upstream;
    const user = await requireAccess(route.access, incoming, environment, (provider) =>
      composeTokenVerifier(scope, provider),
    );
    const input = validate(route.request, incoming.parameters, route.family);
    const services = route.services(scope);
    const caller: Caller = { client: incoming.client, ...(user === undefined ? {} : { user }) };
    return success(await route.handle({ input, caller, services, verb: incoming.verb }));
  } catch (error) {
    const { failing = (message) => message } = route;
    if (!(error instanceof FoyerError)) {
      trace.error = error;
      return failure(route.family, 500, failing(OUR_FAULT));
    }
    if (error.cause !== undefined || error.code === 'misconfigured') trace.error = error;
    const status = statusOf(route.family, error.code);
    return failure(route.family, status, status === 500 ? failing(error.message) : error.message, {
      retryAfter: error.retryAfter,
      invalidToken: error.code === 'invalid-token',
      details: error.details,
    });
  }
}
