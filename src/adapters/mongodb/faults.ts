/** What goes wrong at MongoDB, and what it is called here. */
import { isNativeError } from 'node:util/types';
import { FoyerError } from '../../domain/errors';

/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
const DUPLICATE_KEY = 11_000;
/** Unauthorized, AuthenticationFailed. */
const REFUSED: ReadonlySet<unknown> = new Set([13, 18]);

export const away = (cause: unknown): FoyerError =>
  new FoyerError('try-again', 'the records of rooms cannot be reached just now. Try again in a moment.', {
    cause,
  });

export const isDuplicate = (error: unknown): boolean => codeOf(error) === DUPLICATE_KEY;

const codeOf = (error: unknown): unknown =>
  isNativeError(error) && 'code' in error ? error.code : undefined;

/** In words of ours: the vendor's never reach a client. What is none of its faults stays as it is. */
export function told(error: unknown): unknown {
  if (error instanceof FoyerError || isDuplicate(error) || !isNativeError(error)) return error;
  if (error.name === 'MongoParseError')
    return new FoyerError(
      'misconfigured',
      'the service is not set up: MONGO_URI is not the address of a MongoDB.',
    );
  if (REFUSED.has(codeOf(error)))
    return new FoyerError(
      'misconfigured',
      'the service is not set up: MongoDB refuses the user of MONGO_URI.',
    );
  return error.name.startsWith('Mongo') || isOfDns(error) ? away(error) : error;
}

/** An address with `+srv` is asked for by DNS before there is anything of the driver's that could fail. */
const isOfDns = (error: Error): boolean =>
  'syscall' in error && typeof error.syscall === 'string' && error.syscall.startsWith('query');
