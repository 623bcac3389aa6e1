/** What was "sent", as a page for the developer: no messages leave this machine, and their links must be got somewhere. */
import { createServer } from 'node:http';
import { closeServer, listenOn } from '../twilio/listening';
import type { Message } from './messages';
import { segmentsOf } from './segments';

export interface OutboxPage {
  /** Port 0, the default, takes a free one; loopback alone: the page asks nobody who they are. */
  listen(port?: number): Promise<{ port: number; origin: string }>;
  close(): Promise<void>;
}

/** A page of another site that has its name lead to this machine is refused by that name. */
const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'cache-control': 'no-store',
} as const;

/** @param sent newest last; asked for at every request */
export function createOutboxPage(sent: () => readonly Message[]): OutboxPage {
  const server = createServer((request, response) => {
    const isLocal = LOCAL.test(request.headers.host ?? '');
    const isPage = request.method === 'GET' && request.url === '/';
    const status = !isLocal ? 403 : isPage ? 200 : 404;
    response.writeHead(status, HEADERS);
    response.end(status === 200 ? pageOf(sent()) : '');
    request.resume();
  });
  return { listen: (port) => listenOn(server, port), close: () => closeServer(server) };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');

/** An address on its own can be followed. */
const linked = (text: string): string =>
  escaped(text).replace(/\bhttps?:\/\/[^\s<>"]+/g, (link) => `<a href="${link}">${link}</a>`);

const messageOf = ({ to, from, body, created }: Message): string =>
  `<li><p><b>${escaped(to)}</b> from ${escaped(from)}, ` +
  `<time>${new Date(created).toISOString()}</time>, segments: ${segmentsOf(body)}</p>` +
  `<p dir="auto" class="body">${linked(body)}</p></li>`;

const pageOf = (sent: readonly Message[]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Text messages</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}
.body{white-space:pre-line;unicode-bidi:plaintext}</style>
<h1>Text messages</h1><p>None of them has left this machine. Reload to see new ones.</p>
${sent.length === 0 ? '<p>Nothing was sent yet.</p>' : `<ol reversed>${sent.toReversed().map(messageOf).join('')}</ol>`}
</html>
`;
