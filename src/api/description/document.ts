/** The OpenAPI 3.1 document: every address that Foyer answers, from the schemas that validate its requests. */
import { ROUTES } from '../routes';
import { SECURITY_SCHEMES } from './callers';
import { GROUPS } from './groups';
import { operationOf } from './operation-object';
import { PLACES } from './places';
import { errorName, errorSchema } from './refusals';

/** What is in no group is left out; a test finds it. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const place of PLACES) {
    (paths[place.path] ??= {})[place.verb.toLowerCase()] = operationOf(place);
  }
  const families = [...new Set(ROUTES.map(({ family }) => family))];
  return {
    openapi: '3.1.1',
    info: {
      title: 'Foyer',
      version,
      description:
        'Waiting rooms, join tokens, meeting rooms and ringing calls. Parameters come as JSON, form or query. Addresses with an id between their slashes, and DELETE, are the front port’s; functions alone take the same as parameters.',
    },
    servers: [{ url: '/' }],
    tags: GROUPS.map(({ name, description }) => ({ name, description })),
    paths,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      schemas: Object.fromEntries(families.map((family) => [errorName(family), errorSchema(family)])),
    },
  };
}
