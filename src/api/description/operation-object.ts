/** One operation as an OpenAPI object: what it takes and what it answers, from the schemas that validate. */
import { securityOf } from './callers';
import { type JsonSchema, jsonSchemaOf } from './json-schema';
import type { Place } from './places';
import { refuses } from './refusals';

const PARAMETER = /\{(\w+)\}/g;

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

/** One operation, as OpenAPI has it. */
export function operationOf(place: Place): object {
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
