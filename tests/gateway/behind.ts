/** A front port over the real local runtime, which serves a few functions that misbehave on request. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFrontPort } from '../../gateway/front-port';
import type { SocketPaths } from '../../gateway/sockets';
import { createUpstream, type Upstream } from '../../gateway/upstream';
import { compileGuard } from '../../scripts/start/compile-guard';
import { launchFunctions, type FunctionsProcess } from '../../scripts/start/functions-process';

export const SECRET = 'front-port-secret';

/** Says what reached it; `fail`, `shout`, `hang` and `crash` do what production must never show. */
const ECHO = `exports.handler = (context, event, callback) => {
  const { request, ...parameters } = event;
  if (parameters.fail) return callback(new Error('boom'));
  if (parameters.shout) {
    const response = new Twilio.Response();
    response.setStatusCode(403);
    response.appendHeader('Content-Type', 'text/plain');
    response.setBody('Error: ours');
    return callback(null, response);
  }
  if (parameters.hang) return;
  if (parameters.crash) return void Promise.reject(new Error('crash'));
  callback(null, { parameters, headers: request.headers, pid: process.pid });
};`;

export interface FrontUnderTest {
  readonly port: number;
  readonly upstream: Upstream;
  readonly reports: string[];
  launch(): Promise<FunctionsProcess>;
  close(): Promise<void>;
}

export async function startFront({
  sockets = {},
  ...patience
}: { sockets?: SocketPaths; answerMs?: number; restartMs?: number } = {}): Promise<FrontUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-front-'));
  symlinkSync(join(__dirname, '../../node_modules'), join(folder, 'node_modules'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('functions/admin/create.js', ECHO);
  write('functions/webhooks/sync.js', ECHO);
  write('functions/hidden.js', ECHO);
  write('assets/page.html', '<p>page</p>');
  write('assets/not-found.html', '<p>not-found.html</p>');
  const guard = await compileGuard(folder);
  const upstream = createUpstream();
  const processes: FunctionsProcess[] = [];
  const reports: string[] = [];
  const front = createFrontPort({
    upstream,
    secret: SECRET,
    isAsset: (path) => ['/page.html', '/not-found.html'].includes(path),
    report: (line) => reports.push(line),
    sockets: () => sockets,
    ...patience,
  });
  const launch = async (): Promise<FunctionsProcess> => {
    const build = { folder, functions: [], assets: [] };
    const process = await launchFunctions({ build, variables: {}, guard, output: () => undefined });
    processes.push(process);
    return process;
  };
  const { port } = await front.listen(0, '127.0.0.1');
  return {
    port,
    upstream,
    reports,
    launch,
    close: async () => {
      await front.close(100);
      await Promise.all(processes.map((process) => process.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request exactly as described: no header is added, nothing is followed. */
export function ask(
  port: number,
  method: string,
  path: string,
  headers: RequestOptions['headers'] = {},
  body: string | Buffer = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, method, path, headers: headers ?? {}, host: '127.0.0.1', agent: false });
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    outgoing.end(body);
  });
}

export const JSON_BODY = { 'content-type': 'application/json' };
export const FORM_BODY = { 'content-type': 'application/x-www-form-urlencoded' };

/** What the echoing function saw. */
export const seen = (answer: Answer) =>
  JSON.parse(answer.body) as {
    parameters: Record<string, unknown>;
    headers: Record<string, string>;
    pid: number;
  };
