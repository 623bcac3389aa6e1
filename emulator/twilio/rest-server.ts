/** The HTTP side common to Twilio's REST APIs: authentication, forms, errors as JSON, absolute URLs. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isAuthorized, type Credentials } from './credentials';
import { invalidParameter, methodNotAllowed, notFound, VendorError } from './errors';
import { closeServer, listenOn } from './listening';

export interface RestRequest {
  readonly method: string;
  /** As it was sent: encoded, without the query. */
  readonly path: string;
  /** The parts of the path, decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** Fields of a form-encoded body; a field's last value counts. */
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** What absolute URLs start with, as the caller reached us: `http://<Host>`. */
  readonly origin: string;
}

export interface RestResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent for 204. */
  readonly body?: unknown;
}

export interface RestServerOptions {
  readonly credentials: Credentials;
  /** Answers an authenticated request; what it throws becomes the answer. */
  readonly handle: (request: RestRequest) => RestResponse;
  /** Wipes the state: `POST /_emulator/reset`. */
  readonly reset: () => void;
  readonly log?: (line: string) => void;
}

export interface RestServer {
  /** For `upgrade` handlers; requests are taken. */
  readonly http: Server;
  /** Port 0, the default, takes a free one; the host is 127.0.0.1 unless given. */
  listen(port?: number, host?: string): Promise<{ port: number; origin: string }>;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** Room for the largest payload any resource takes (16 KiB), every byte of it percent-encoded, and then some. */
const LARGEST_BODY_BYTES = 128 * 1024;

export function createRestServer(options: RestServerOptions): RestServer {
  const http = createServer((message, response) => {
    respond(message, response, options).catch((error: unknown) => {
      options.log?.(`request lost: ${String(error)}`);
      response.destroy();
    });
  });
  return {
    http,
    listen: (port, host) => listenOn(http, port, host),
    close: () => closeServer(http),
  };
}

/** Picks a handler by verb. @throws {VendorError} 405/20004 for a verb that the resource does not have */
export function byMethod(
  method: string,
  handlers: Readonly<Record<string, () => RestResponse>>,
): RestResponse {
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (!handler) throw methodNotAllowed();
  return handler();
}

async function respond(
  message: IncomingMessage,
  response: ServerResponse,
  options: RestServerOptions,
): Promise<void> {
  const answer = await answerTo(message, options);
  const body = answer.body === undefined ? undefined : JSON.stringify(answer.body);
  response.writeHead(answer.status, { ...(body === undefined ? {} : bodyHeaders(body)), ...answer.headers });
  response.end(body);
}

/** With its length it goes out in one piece. */
const bodyHeaders = (body: string): Record<string, string | number> => ({
  'content-type': 'application/json; charset=utf-8',
  'content-length': Buffer.byteLength(body),
});

async function answerTo(message: IncomingMessage, options: RestServerOptions): Promise<RestResponse> {
  try {
    const body = await readBody(message);
    const request = parse(message, body);
    if (request.path === '/_emulator/reset') return reset(request, options);
    if (!isAuthorized(message.headers.authorization, options.credentials)) return unauthorized();
    return options.handle(request);
  } catch (error) {
    if (error instanceof VendorError) return { status: error.status, body: error.body };
    options.log?.(
      `bug in the emulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return { status: 500, body: new VendorError(500, 20500, 'Internal Server Error').body };
  }
}

/** A page in a browser may not wipe a developer's state: browsers name the page's origin, tools do not. */
function reset(request: RestRequest, options: RestServerOptions): RestResponse {
  if (request.headers.origin !== undefined) throw new VendorError(403, 20006, 'Access Denied');
  return byMethod(request.method, {
    POST: () => {
      options.reset();
      return { status: 204 };
    },
  });
}

function unauthorized(): RestResponse {
  const { body } = new VendorError(401, 20003, 'Authenticate');
  return { status: 401, body, headers: { 'www-authenticate': 'Basic realm="Twilio API"' } };
}

/** Reads on past the limit without keeping anything, so that the sender hears the refusal. */
async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LARGEST_BODY_BYTES) chunks.push(chunk);
  }
  if (bytes > LARGEST_BODY_BYTES) throw new VendorError(413, 20413, 'Request Entity Too Large');
  return Buffer.concat(chunks).toString();
}

function parse(message: IncomingMessage, body: string): RestRequest {
  const [path, search] = splitOnce(message.url ?? '/', '?');
  const type = message.headers['content-type'] ?? 'application/x-www-form-urlencoded';
  if (body !== '' && !type.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw invalidParameter('The body must be form-encoded (application/x-www-form-urlencoded)');
  }
  const host = message.headers.host ?? '';
  return {
    method: message.method ?? 'GET',
    path,
    segments: decodeSegments(path),
    query: new URLSearchParams(search),
    form: new URLSearchParams(body),
    headers: message.headers,
    origin: `http://${/^[A-Za-z0-9.:[\]_-]+$/.test(host) ? host : `127.0.0.1:${message.socket.localPort}`}`,
  };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decodeSegments(path: string): string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    throw notFound(path);
  }
}
