/** Addresses that functions cannot have: parameters between slashes, any verb, two verbs with different meanings. */
import type { PagePath, RestPath, Route } from '../src/api/routes';

/** The function that answers at an address, and what the address itself says. */
export interface RestAddress {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
  readonly signedBy: RestPath['signedBy'];
}

/** By verb. */
export type RestAddresses = ReadonlyMap<string, RestAddress>;

interface Pattern<T> {
  readonly of: T;
  readonly names: readonly string[];
  readonly expression: RegExp;
}

function patternOf<T extends { readonly path: string }>(entry: T): Pattern<T> {
  const names: string[] = [];
  const source = entry.path
    .split(/(\{\w+\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(/[^\w/]/g, '\\$&');
      names.push(part.slice(1, -1));
      return '([^/]+)';
    })
    .join('');
  return { of: entry, names, expression: new RegExp(`^${source}$`) };
}

/** @returns undefined where it does not match, or is not encoded well. */
function parametersIn(
  { names, expression }: Pattern<unknown>,
  path: string,
): Record<string, string> | undefined {
  const values = expression.exec(path)?.slice(1);
  if (!values) return undefined;
  try {
    return Object.fromEntries(values.map((value, i) => [names[i] ?? '', decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}

/**
 * @returns what answers at a path. A route of that very path is meant first, so there nothing does; whatever
 * leads to a route that there is not is left out.
 */
export function restAddresses(
  table: readonly RestPath[],
  routes: ReadonlyMap<string, Route>,
): (path: string) => RestAddresses {
  const patterns = table.map(patternOf);
  return (path) => {
    const found = new Map<string, RestAddress>();
    if (routes.has(path)) return found;
    for (const pattern of patterns) {
      const parameters = parametersIn(pattern, path);
      const route = routes.get(pattern.of.route);
      if (parameters && route)
        found.set(pattern.of.verb, { route, parameters, signedBy: pattern.of.signedBy });
    }
    return found;
  };
}

/** @returns the path of the asset that is the page at a path. */
export function pageAddresses(table: readonly PagePath[]): (path: string) => string | undefined {
  const patterns = table.map(patternOf);
  return (path) => patterns.find((pattern) => parametersIn(pattern, path) !== undefined)?.of.asset;
}
