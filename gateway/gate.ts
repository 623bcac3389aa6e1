/** Decides, from the request line and headers alone, whether a request goes to a function, an asset or nowhere. */
import type { IncomingMessage } from 'node:http';
import type { Route } from '../src/api/routes';
import type { Refusal } from './answers';
import { LIMITS } from './limits';

export type Decision =
  | { readonly to: 'function'; readonly route: Route }
  | { readonly to: 'asset' }
  | { readonly to: 'preflight'; readonly verbs: readonly string[] }
  | { readonly to: 'nowhere'; readonly route: Route | undefined; readonly refusal: Refusal };

export interface Addresses {
  /** Functions by exact path: no trailing slash, no other case, as in production. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Is there a public asset at this path? */
  readonly isAsset: (path: string) => boolean;
}

const ASSET_VERBS = ['GET', 'HEAD'];

/** The path of a request target, still encoded; empty for a target that is no path (`*`, a proxy's URL). */
export function pathOf(url: string | undefined): string {
  const path = (url ?? '').split('?', 1)[0] ?? '';
  return path.startsWith('/') ? path : '';
}

export function decide(req: IncomingMessage, { routes, isAsset }: Addresses): Decision {
  const path = pathOf(req.url);
  const method = req.method ?? '';
  const route = routes.get(path);
  const nowhere = (refusal: Refusal): Decision => ({ to: 'nowhere', route, refusal });

  const oversize = sizeRefusal(req);
  if (oversize) return nowhere(oversize);
  if (!route && !isAsset(path)) return nowhere({ status: 404, message: 'there is nothing at this address.' });

  const verbs: readonly string[] = route ? route.verbs : ASSET_VERBS;
  if (method === 'OPTIONS') return { to: 'preflight', verbs };
  if (!verbs.includes(method)) {
    return nowhere({
      status: 405,
      message: `${method} is not possible here; use ${verbs.join(' or ')}.`,
      headers: { allow: [...verbs, 'OPTIONS'].join(', ') },
    });
  }
  if (parameterCount((req.url ?? '').slice(path.length + 1)) > LIMITS.parameters) {
    return nowhere(tooManyParameters('address'));
  }
  return route ? { to: 'function', route } : { to: 'asset' };
}

/** How many parameters a query string or a form holds, counted as the runtime counts them. */
export function parameterCount(encoded: string): number {
  return encoded === '' ? 0 : encoded.split('&').length;
}

export const tooManyParameters = (where: string): Refusal => ({
  status: 400,
  message: `too many parameters: the ${where} may hold ${LIMITS.parameters}.`,
});

function sizeRefusal(req: IncomingMessage): Refusal | undefined {
  if ((req.url ?? '').length > LIMITS.urlBytes) return { status: 414, message: 'the address is too long.' };
  const count = req.rawHeaders.length / 2;
  // Four bytes a header for `: ` and the line's end; Node hands them over as Latin-1, a byte a character.
  const bytes = req.rawHeaders.reduce((sum, part) => sum + part.length, count * 4);
  if (count > LIMITS.headerCount || bytes > LIMITS.headerBytes) {
    return {
      status: 431,
      message: `the headers are too large: ${LIMITS.headerCount} headers and ${LIMITS.headerBytes} bytes are allowed.`,
    };
  }
  return undefined;
}
