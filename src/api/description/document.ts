/** The OpenAPI 3.1 document: every address that Foyer answers, from the schemas that validate its requests. */
import { ERROR_SHAPES, type Family, REST_PATHS, type Route, ROUTES, type Verb } from '../routes';
import { CALLS } from './calls';
import { refusalsOf, securityOf, SECURITY_SCHEMES, type Refused } from './callers';
import { type JsonSchema, jsonSchemaOf } from './json-schema';
import { JOINING, PERSISTENT } from './livekit';
import { MEETINGS } from './meetings';
import type { Operation } from './operation';
import { ROOMS } from './rooms';
import { GATEWAY, HEALTH, WEBHOOKS } from './service';

interface Group {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

export const GROUPS: readonly Group[] = [
  {
    name: 'Waiting rooms',
    description: 'Errors are a line of text, `Error: …`, that says what to do.',
    operations: MEETINGS,
  },
  {
    name: 'Calls',
    description: 'Errors are `{message}`; a refused change is 409 `{message, call}`.',
    operations: CALLS,
  },
  { name: 'Rooms that last', description: 'Errors are `{message}`.', operations: ROOMS },
  { name: 'LiveKit rooms by name', description: 'Errors are `{msg}`.', operations: JOINING },
  { name: 'LiveKit meetings with a link', description: 'Errors are `{detail}`.', operations: PERSISTENT },
  { name: 'Service', description: 'Errors are `{message}`.', operations: HEALTH },
  { name: 'Webhooks', description: 'What vendors send. Not for clients.', operations: WEBHOOKS },
  {
    name: 'Gateway',
    description: 'Between gateways and functions. Not for clients, and free to change.',
    operations: GATEWAY,
  },
];

const PARAMETER = /\{(\w+)\}/g;

/** One address and verb, and what is said of it. */
interface Place {
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

const PLACES: readonly Place[] = ADDRESSES.flatMap(({ verb, path, route }) =>
  DESCRIBED.filter(
    ({ operation }) =>
      operation.path === route.path && (operation.verbs?.some((meant) => meant === verb) ?? true),
  ).map((said) => ({ verb, path, family: route.family, ...said })),
);

function without(schema: JsonSchema, names: readonly string[]): JsonSchema {
  const { properties = {}, required = [], ...rest } = schema;
  const left = required.filter((name) => !names.includes(name));
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
    ...(left.length > 0 ? { required: left } : {}),
  };
}

const pick = (from: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

/** What an operation takes: in its address, and else in its query or its body. */
function takes({ verb, path, operation }: Place): object {
  const schema = jsonSchemaOf(operation.request, 'input');
  const inPath = [...path.matchAll(PARAMETER)].map(([, name = '']) => name);
  const properties = Object.entries(schema.properties ?? {});
  const example = (operation.example?.request ?? {}) as Readonly<Record<string, unknown>>;
  const parameters = properties
    .filter(([name]) => inPath.includes(name) || verb !== 'POST')
    .map(([name, property]) => ({
      name,
      in: inPath.includes(name) ? 'path' : 'query',
      required: inPath.includes(name) || (schema.required?.includes(name) ?? false),
      schema: property,
      ...(name in example ? { example: example[name] } : {}),
    }));
  const body = without(schema, inPath);
  const names = properties.map(([name]) => name).filter((name) => !inPath.includes(name));
  const content = {
    schema: body,
    ...(operation.example ? { example: pick(example, names) } : {}),
  };
  const media = operation.caller === 'twilio' ? 'application/x-www-form-urlencoded' : 'application/json';
  const hasBody = verb === 'POST' && names.length > 0;
  return {
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody
      ? {
          requestBody: {
            required: (body.required?.length ?? 0) > 0,
            content: { [media]: content },
          },
        }
      : {}),
  };
}

/** What is refused, by status; in the family's one shape of errors. */
function refuses({ family, operation }: Place): object {
  const all = refusalsOf(family, operation);
  const { contentType } = ERROR_SHAPES[family]('');
  const [media = ''] = contentType.split(';');
  return Object.fromEntries(
    [...new Set(all.map(({ status }) => status))]
      .toSorted((a, b) => a - b)
      .map((status) => {
        const same = all.filter((one) => one.status === status);
        const examples = same.flatMap(({ when, message, details }, index) =>
          message === undefined
            ? []
            : [[`refusal${index + 1}`, { summary: when, value: refusalBody(family, message, details) }]],
        );
        return [
          String(status),
          {
            description: [...new Set(same.map(({ when }) => when))].join(' '),
            ...(status === 429 || status === 503 ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
            content: {
              [media]: {
                schema: { $ref: `#/components/schemas/${errorName(family)}` },
                ...(examples.length > 0 ? { examples: Object.fromEntries(examples) as object } : {}),
              },
            },
          },
        ];
      }),
  );
}

function refusalBody(family: Family, message: string, details?: Refused['details']): unknown {
  const { body } = ERROR_SHAPES[family](message);
  return typeof body === 'string' ? body : { ...body, ...details };
}

const RETRY_AFTER = { description: 'Seconds until another try may succeed.', schema: { type: 'integer' } };

const errorName = (family: Family): string =>
  `${family.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Error`;

function errorSchema(family: Family): JsonSchema {
  const { body } = ERROR_SHAPES[family]('…');
  if (typeof body === 'string') return { type: 'string', pattern: '^Error: ' };
  const names = Object.keys(body);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    required: names,
  };
}

function operationOf(place: Place): object {
  const { verb, path, group, operation } = place;
  const words = `${verb.toLowerCase()}${path}`.replace(/[^a-z0-9]+(\w?)/gi, (_, next: string) =>
    next.toUpperCase(),
  );
  return {
    operationId: words,
    tags: [group.name],
    summary: operation.summary,
    security: securityOf(operation.caller),
    ...takes(place),
    responses: {
      '200': {
        description: 'Done.',
        headers: { 'x-request-id': { description: 'Of the log line.', schema: { type: 'string' } } },
        content: {
          'application/json': {
            schema: jsonSchemaOf(operation.answer, 'output'),
            ...(operation.example ? { example: operation.example.answer } : {}),
          },
        },
      },
      ...refuses(place),
    },
  };
}

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
