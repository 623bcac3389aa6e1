/** Hands a request on to the function that its address leads to, in the one way in which functions take requests. */
import { refuse, type Refusal } from './answers';
import { readBody, readBytes } from './body';
import type { Exchange, HandedOn } from './exchange';
import { forward, type ForwardOptions } from './forward';
import { PATH_HEADER, SIGNED_HEADER } from './headers';
import { type LivekitKey, readLivekitWebhook, type SeenEvents } from './livekit-webhook';
import type { RestAddress } from './rest-paths';

export interface ServeOptions extends ForwardOptions {
  readonly livekitKey?: () => LivekitKey | undefined;
  readonly seenEvents: SeenEvents;
}

/** @param address set when it is not the function's own. */
export async function serveFunction(
  exchange: Exchange,
  address: RestAddress | undefined,
  options: ServeOptions,
): Promise<void> {
  if (address?.signedBy === 'livekit') return serveLivekitWebhook(exchange, address, options);
  const { req, res, route, requestId } = exchange;
  const body = await readBody(req, res);
  if ('gone' in body) return;
  if ('refusal' in body) return refuse(res, route?.family, requestId, body.refusal);
  return forward(
    address ? { ...exchange, as: toFunction(req.method, req.url, address) } : exchange,
    body.bytes,
    options,
  );
}

/** Functions on Twilio know GET and POST alone. What the address says cannot be overruled by a parameter. */
function toFunction(method: string | undefined, url = '', { route, parameters }: RestAddress): HandedOn {
  const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  return {
    method: method === 'GET' ? 'GET' : 'POST',
    path: route.path + query,
    headers: { [PATH_HEADER]: new URLSearchParams(parameters).toString() },
  };
}

const NOT_SIGNED: Refusal = { status: 403, message: 'this request is not signed by LiveKit.' };

async function serveLivekitWebhook(
  exchange: Exchange,
  { route }: RestAddress,
  options: ServeOptions,
): Promise<void> {
  const { req, res, requestId } = exchange;
  const body = await readBytes(req);
  if ('gone' in body) return;
  if ('refusal' in body) return refuse(res, route.family, requestId, body.refusal);
  const key = options.livekitKey?.();
  const event = key && readLivekitWebhook(key, req.headers.authorization, body.bytes, Date.now());
  if (!event) return refuse(res, route.family, requestId, NOT_SIGNED);
  if (!options.seenEvents.add(event.id)) {
    res.writeHead(200, { 'content-type': 'application/json', 'x-request-id': requestId }).end('{}');
    return;
  }
  const headers = { [SIGNED_HEADER]: 'livekit', 'content-type': 'application/json' };
  await forward(
    { ...exchange, as: { method: 'POST', path: route.path, headers } },
    Buffer.from(JSON.stringify(event)),
    options,
  );
  const isDone = res.writableFinished && res.statusCode === 200;
  if (!isDone) options.seenEvents.forget(event.id);
}
