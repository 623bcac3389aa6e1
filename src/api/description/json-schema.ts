/** The schemas that validate, as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
import * as z from 'zod/mini';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a first step hands on is bound by the next: so much of it is true of what comes in as well. */
const BOUNDS = ['minimum', 'maximum', 'minLength', 'pattern'] as const;

/** A schema's message completes "`x` must be …", which is just what its reader wants to know. */
function wordsOf({ def }: z.core.$ZodType['_zod']): string | undefined {
  const said = (def as object as { error?: (issue: object) => unknown }).error?.({ path: [], keys: [] });
  if (typeof said !== 'string' || !said.startsWith('must be ')) return undefined;
  const words = said.slice('must be '.length);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function boundsOf(schema: z.core.$ZodType): Partial<JsonSchema> {
  const { out } = schema._zod.def as { out?: z.core.$ZodType };
  if (schema._zod.def.type !== 'pipe' || !out || out._zod.def.type === 'transform') return {};
  const known = z.toJSONSchema(out, { io: 'output', unrepresentable: 'any' }) as JsonSchema;
  return Object.fromEntries(BOUNDS.filter((name) => name in known).map((name) => [name, known[name]]));
}

/** @param io what comes in is wider than what schemas make of it: numbers may come as text */
export function jsonSchemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, { ...boundsOf(zodSchema), ...jsonSchema });
      const description = jsonSchema.description ?? wordsOf(zodSchema._zod);
      if (description !== undefined) jsonSchema.description = description;
      // Every alternative would repeat what the whole says.
      for (const one of jsonSchema.anyOf ?? []) if (one.description === description) delete one.description;
      // Who sends more than is known may do so; who reads must bear more than is known.
      if (io === 'output') delete jsonSchema.additionalProperties;
    },
  }) as JsonSchema;
  return rest;
}
