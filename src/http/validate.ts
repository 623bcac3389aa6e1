/** A request's parameters against its schema: everything that is wrong, in one message. */
import type * as z from 'zod/mini';
import { FoyerError } from '../domain/errors';

/** @throws FoyerError `invalid-input` that names each parameter at fault and says what is expected. */
export function validate<S extends z.ZodMiniType>(
  schema: S,
  parameters: Readonly<Record<string, unknown>>,
): z.output<S> {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  const faults = new Map<string, string>();
  for (const { path, message } of result.error.issues) {
    const name = String(path[0] ?? 'the request');
    if (!faults.has(name)) faults.set(name, faultOf(name, message, parameters[name]));
  }
  throw new FoyerError('invalid-input', `${[...faults.values()].join('; ')}.`);
}

const faultOf = (name: string, message: string, value: unknown): string =>
  value === undefined && message.startsWith('must be ')
    ? `${name} is missing: it ${message}`
    : `${name}${message.startsWith('must be ') ? ' ' : ': '}${message}`;
