/** What people get at an address where nothing is: a page that leads on. Programs get a line of text. */
import type { IncomingMessage } from 'node:http';
import type { Addresses, Decision } from './gate';
import type { HandedOn } from './exchange';

const PAGE = '/not-found.html';
const READING = ['GET', 'HEAD'];

/** @returns undefined where a line of text will do, or there is no such page */
export function pageInstead(
  { method = '', headers }: IncomingMessage,
  { route, refusal }: Extract<Decision, { to: 'nowhere' }>,
  { isAsset }: Pick<Addresses, 'isAsset'>,
): HandedOn | undefined {
  const isPerson = READING.includes(method) && (headers.accept ?? '').includes('text/html');
  if (route !== undefined || refusal.status !== 404 || !isPerson || !isAsset(PAGE)) return undefined;
  // Whatever the browser kept for this address was another page.
  const fresh = { 'if-none-match': '', 'if-modified-since': '' };
  return { method, path: PAGE, headers: fresh, status: refusal.status };
}
