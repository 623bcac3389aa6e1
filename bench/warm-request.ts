/** What our wrapper costs a request on a warm instance, against a hand-written function that answers the same bytes. */
import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { Build } from '../scripts/build/project';
import { addFunction } from './built-functions';
import { startChild } from './child';
import { KeepAlive, postBytes, type PostRequest, type Response } from './keep-alive';
import type { FrontPortCalls } from './processes/front-port';
import type { FunctionsRuntimeCalls } from './processes/functions-runtime';
import type { Comparison, Part } from './report';
import { compare, type Measured, TURNS } from './turns';

const GOAL = 1.3;

interface Subject {
  readonly name: string;
  readonly request: PostRequest;
}

/** Neither needs a call to a vendor: a refusal, and an event that nobody acts upon. */
const SUBJECTS: readonly Subject[] = [
  {
    name: 'accepted (/webhooks/sync)',
    request: { path: '/webhooks/sync', body: { EventType: 'document_updated' } },
  },
  {
    name: 'refused (/user/join)',
    request: { path: '/user/join', body: { meeting_id: 'abc', room_id: 'RM1' } },
  },
];
/** Of the functions that give the same answers: one that does nothing else, and one that logs as every one of ours does. */
const BARE = SUBJECTS.map((_, index) => `/bench/bare-${index}`);
const LOGGING = SUBJECTS.map((_, index) => `/bench/logging-${index}`);

export async function warmRequest(build: Build): Promise<Part> {
  const runtime = startChild<FunctionsRuntimeCalls>(require.resolve('./processes/functions-runtime.ts'), {
    plainIn: build.folder,
  });
  const front = startChild<FrontPortCalls>(require.resolve('./processes/front-port.ts'));
  try {
    const hex = (): string => randomBytes(16).toString('hex');
    const variables = {
      ACCOUNT_SID: `AC${hex()}`,
      AUTH_TOKEN: hex(),
      TWILIO_API_KEY: `SK${hex()}`,
      TWILIO_API_SECRET: hex(),
      SYNC_SERVICE_SID: `IS${hex()}`,
    };
    const paths = [...SUBJECTS.map(({ request }) => request.path), ...BARE, ...LOGGING];
    const port = await runtime.call('start', { build, root: process.cwd(), paths, variables });
    const direct = await KeepAlive.open(port);
    const frontPort = await front.call('start', { functionsPort: port });

    const comparisons: Comparison[] = [];
    for (const [index, { name, request }] of SUBJECTS.entries()) {
      const signed = sign(request, `http://127.0.0.1:${port}`, variables.AUTH_TOKEN);
      const send = (path: string): Buffer => postBytes({ ...signed, path }, `127.0.0.1:${port}`);
      const ours = send(request.path);
      const [bare = '', logging = ''] = [BARE[index], LOGGING[index]];
      const answer = await direct.send(ours);
      addFunction(build, bare, answering(answer, ''));
      addFunction(build, logging, answering(answer, LOG_LINE));
      requireAlike(answer, await direct.send(send(bare)));

      const wrapper = await compare([direct, ours], [direct, send(bare)]);
      const goal = { text: `<= ${GOAL} x`, met: wrapper.ratio <= GOAL };
      comparisons.push({ ...named(name, 'bare function', wrapper), goal });
      const logged = await compare([direct, ours], [direct, send(logging)]);
      comparisons.push(named('', 'bare, logging a line', logged));
      // Opened only now: idle connections are closed after a few seconds.
      const fronted = await KeepAlive.open(frontPort);
      const detour = await compare([fronted, ours], [direct, ours]);
      fronted.close();
      comparisons.push(named('… through the front port', 'directly', detour));
    }
    direct.close();
    return { title: 'Warm request', method: TURNS, comparisons };
  } finally {
    await Promise.all([runtime.end(), front.end()]);
  }
}

/** As Twilio signs its webhooks; other routes do not mind. */
function sign(request: PostRequest, origin: string, authToken: string): PostRequest {
  const signature = getExpectedTwilioSignature(authToken, `${origin}${request.path}`, request.body);
  return { ...request, headers: { 'X-Twilio-Signature': signature } };
}

/** As long as ours. */
const LOG_LINE = `
  console.log('{"route":"/webhooks/sync","status":200,"ms":0.1,"upstream":0,"request_id":"00000000-0000-4000-8000-000000000000"}');`;

/** The source of a function that gives this answer, written the way the platform's examples are. */
function answering({ status, headers, body }: Response, statement: string): string {
  const own = headers
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(/: (.*)/s, 2) as [string, string])
    .filter(([name]) => !/^(date|connection|keep-alive|x-powered-by|content-length|etag)$/i.test(name));
  const isJson = /^content-type: application\/json/im.test(headers);
  return `exports.handler = (context, event, callback) => {${statement}
  const response = new Twilio.Response();
  response.setStatusCode(${status});
  response.setHeaders(${JSON.stringify(Object.fromEntries(own))});
  response.setBody(${isJson ? body : JSON.stringify(body)});
  callback(null, response);
};
`;
}

/** A comparison of different answers would mean nothing. @throws Error */
function requireAlike(ours: Response, peer: Response): void {
  const length = ({ headers }: Response): number => headers.length;
  if (ours.status === peer.status && ours.body === peer.body && length(ours) === length(peer)) return;
  throw new Error(`the answers differ:\n${JSON.stringify(ours)}\n${JSON.stringify(peer)}`);
}

const named = (name: string, peer: string, { ours, peer: value, ratio }: Measured): Comparison => ({
  name,
  unit: 'ms',
  ours,
  peer: { name: peer, value },
  ratio,
});
