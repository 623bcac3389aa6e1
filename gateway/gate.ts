/** Decides, from the request line and headers alone, whether a request goes to a function, an asset or nowhere. */
import type { IncomingMessage } from 'node:http';
import type { Family, Route } from '../src/api/routes';
import type { Refusal } from './answers';
import { LIMITS } from './limits';
import type { RestAddress, RestAddresses } from './rest-paths';

export type Decision =
  | { readonly to: 'function'; readonly route: Route; readonly address: RestAddress | undefined }
  | { readonly to: 'asset'; readonly path: string }
  | { readonly to: 'preflight'; readonly verbs: readonly string[] }
  | {
      readonly to: 'nowhere';
      readonly route: Route | undefined;
      /** Whose shape the refusal has: the route's, or that of what is nearby. */
      readonly family: Family | undefined;
      readonly refusal: Refusal;
    };

export interface Addresses {
  /** Functions by exact path: no trailing slash, no other case, as in production. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Functions by addresses of another kind, and by verb. */
  readonly restAt: (path: string) => RestAddresses;
  /** The path of the asset that is shown at an address of another name. */
  readonly pageAt: (path: string) => string | undefined;
  /** Is there a public asset at this path? */
  readonly isAsset: (path: string) => boolean;
}

const ASSET_VERBS = ['GET', 'HEAD'];

/** The path of a request target, still encoded; empty for a target that is no path (`*`, a proxy's URL). */
export function pathOf(url: string | undefined): string {
  const path = (url ?? '').split('?', 1)[0] ?? '';
  return path.startsWith('/') ? path : '';
}

export function decide(req: IncomingMessage, { routes, restAt, pageAt, isAsset }: Addresses): Decision {
  const path = pathOf(req.url);
  const method = req.method ?? '';
  const rest = restAt(path);
  const address = rest.get(method);
  const [another] = rest.values();
  const route = routes.get(path) ?? address?.route ?? another?.route;
  const nowhere = (refusal: Refusal): Decision => ({
    to: 'nowhere',
    route,
    family: route?.family ?? familyNear(path, routes),
    refusal,
  });

  const oversize = sizeRefusal(req);
  if (oversize) return nowhere(oversize);
  const asset = pageAt(path) ?? path;
  const hasAsset = !routes.has(path) && isAsset(asset);
  if (!route && !hasAsset) return nowhere({ status: 404, message: 'there is nothing at this address.' });

  const verbs: readonly string[] = [
    ...(routes.get(path)?.verbs ?? []),
    ...(hasAsset ? ASSET_VERBS : []),
    ...rest.keys(),
  ];
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
  const isAssetVerb = hasAsset && ASSET_VERBS.includes(method);
  return route && !isAssetVerb ? { to: 'function', route, address } : { to: 'asset', path: asset };
}

/** Of a route whose path begins alike: whoever has mistyped an address can read what they are told. */
function familyNear(path: string, routes: Addresses['routes']): Family | undefined {
  const begins = (at: string): string => at.split('/', 2).join('/');
  return [...routes.values()].find((route) => begins(route.path) === begins(path))?.family;
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
