/** Where a page ended, as callers hand it back. */
import { FoyerError } from './errors';

export const badCursor = (): FoyerError =>
  new FoyerError('invalid-input', 'cursor must be the next_cursor of the page before.');
