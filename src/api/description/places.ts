/** Where each operation is found: an address and a verb, of functions and of the front port. */
import { type Family, REST_PATHS, type Route, ROUTES, type Verb } from '../routes';
import { type Group, GROUPS } from './groups';
import type { Operation } from './operation';

/** One address and verb, and what is said of it. */
export interface Place {
  readonly verb: Verb | 'DELETE';
  readonly path: string;
  readonly family: Family;
  readonly operation: Operation;
  readonly group: Group;
}

interface Address {
  readonly verb: Place['verb'];
  readonly path: string;
  /** Of the function that answers. */
  readonly route: Route;
}

const ADDRESSES: readonly Address[] = [
  ...ROUTES.flatMap((route) => route.verbs.map((verb) => ({ verb, path: route.path, route }))),
  ...REST_PATHS.flatMap(({ verb, path, route }) =>
    ROUTES.filter((one) => one.path === route).map((to) => ({ verb, path, route: to })),
  ),
];

const DESCRIBED = GROUPS.flatMap((group) => group.operations.map((operation) => ({ group, operation })));

export const PLACES: readonly Place[] = ADDRESSES.flatMap(({ verb, path, route }) =>
  DESCRIBED.filter(
    ({ operation }) =>
      operation.path === route.path && (operation.verbs?.some((meant) => meant === verb) ?? true),
  ).map((said) => ({ verb, path, family: route.family, ...said })),
);
