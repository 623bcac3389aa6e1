/** A request's parameters against its schema: everything that is wrong, in one message. */
import type * as z from 'zod/mini';
import type { Family } from '../api/routes';
import { FoyerError } from '../domain/errors';

type Parameters = Readonly<Record<string, unknown>>;

/** Where a family's seed fixes what is said of the first parameter that is missing; nothing else is said then. */
const MISSING: Readonly<Partial<Record<Family, (name: string) => string>>> = {
  'livekit-join': (name) => `Missing required parameter: ${name}`,
};

/** @throws FoyerError `invalid-input` that names each parameter at fault and says what is expected. */
export function validate<S extends z.ZodMiniType>(
  schema: S,
  parameters: Parameters,
  family: Family,
): z.output<S> {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  const missing = MISSING[family];
  const faults = new Map<string, string>();
  for (const { path, message } of result.error.issues) {
    const isAboutAll = path.length === 0;
    const name = isAboutAll ? 'the request' : String(path[0]);
    const value = isAboutAll ? parameters : parameters[name];
    if (missing && isEmpty(value) && isRequired(schema, parameters, name)) {
      throw new FoyerError('invalid-input', missing(name));
    }
    if (!faults.has(name)) faults.set(name, faultOf(name, message, value));
  }
  throw new FoyerError('invalid-input', `${[...faults.values()].join('; ')}.`);
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

const isRequired = (schema: z.ZodMiniType, parameters: Parameters, name: string): boolean =>
  schema
    .safeParse({ ...parameters, [name]: undefined })
    .error?.issues.some(({ path }) => path[0] === name) === true;

const faultOf = (name: string, message: string, value: unknown): string =>
  value === undefined && message.startsWith('must be ')
    ? `${name} is missing: it ${message}`
    : `${name}${message.startsWith('must be ') ? ' ' : ': '}${message}`;
