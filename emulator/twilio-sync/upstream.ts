/** Requests that clients send through their socket: HTTP in a Twilsock message. */
import { invalidParameter, notFound, VendorError } from '../twilio/errors';
import type { RestResponse } from '../twilio/rest-server';
import { foreignService, invalidJson, rateLimited, serviceNotFound } from './errors';
import { clientFace } from './faces';
import { jsonFields, textOf } from './fields';
import { requestName, routeObject } from './router';
import type { Json } from './state';
import { changeSubscriptions, type Listener } from './subscriptions';
import { count, type World } from './world';

export interface UpstreamAnswer {
  readonly response: RestResponse;
  /** Frames to send after the response. */
  readonly frames: readonly Buffer[];
}

interface Upstream {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Never throws: a refusal is an answer.
 *
 * @param withinRate false if the sender has used up what it may send
 */
export function answerUpstream(
  world: World,
  listener: Listener,
  httpRequest: unknown,
  payload: string,
  withinRate: boolean,
): UpstreamAnswer {
  try {
    if (!withinRate) throw rateLimited();
    if (!world.state.services.has(listener.service.sid)) throw serviceNotFound();
    return answer(world, listener, readUpstream(httpRequest), payload);
  } catch (error) {
    if (!(error instanceof VendorError)) {
      world.log(
        `bug in the emulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
    const refusal =
      error instanceof VendorError ? error : new VendorError(500, 20500, 'Internal Server Error');
    return { response: { status: refusal.status, body: refusal.body }, frames: [] };
  }
}

function answer(world: World, listener: Listener, upstream: Upstream, payload: string): UpstreamAnswer {
  const { method, query } = upstream;
  const [version, root, ...rest] = upstream.path;
  if (version === 'v4' && root === 'Subscriptions' && method === 'POST') {
    count(world.stats.upstream, 'POST Subscriptions');
    return changeSubscriptions(world, listener, readBody(payload));
  }
  if (version !== 'v3' || root === undefined) throw notFound(`/${upstream.path.join('/')}`);
  const [serviceId, ...inService] = rest;
  if (root === 'Services' && serviceId !== listener.service.sid) throw foreignService();
  const path = root === 'Services' ? inService : [root, ...rest];
  count(world.stats.upstream, requestName(method, path));
  // The SDK's DELETE has the bare word `data_sync` for a body.
  const body = method === 'POST' || method === 'PUT' ? readBody(payload) : {};
  const response = routeObject(world, {
    method,
    service: listener.service,
    path,
    query,
    ifMatch: upstream.headers.get('if-match'),
    fields: jsonFields(body),
    caller: { identity: listener.identity, connection: listener },
    face: clientFace(query),
  });
  return { response, frames: [] };
}

function readBody(payload: string): Json {
  if (payload === '') return {};
  try {
    const body: unknown = JSON.parse(payload);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Json;
  } catch {
    // Falls through: what cannot be read is refused in the same words.
  }
  throw invalidJson();
}

/** @throws {VendorError} 400 for whatever is no request */
function readUpstream(given: unknown): Upstream {
  const { method, path, params, headers } = asObject(given);
  if (typeof method !== 'string' || typeof path !== 'string') {
    throw invalidParameter('http_request must have a method and a path');
  }
  const lowerCase = Object.entries(asObject(headers)).map(
    ([name, value]) => [name.toLowerCase(), textOf(value)] as const,
  );
  return { method, path: segments(path), query: readQuery(asObject(params)), headers: new Map(lowerCase) };
}

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

/** The SDK sends names and values still encoded; a repeated one as an array. */
function readQuery(params: Json): URLSearchParams {
  const first = (value: unknown): string => textOf(Array.isArray(value) ? value[0] : value);
  return new URLSearchParams(
    Object.entries(params)
      .map(([name, value]) => `${name}=${first(value)}`)
      .join('&'),
  );
}

function segments(path: string): string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    throw notFound(path);
  }
}
