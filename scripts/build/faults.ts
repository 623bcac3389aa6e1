/** What esbuild complains of, as one line per fault. */
import type { BuildFailure, Message } from 'esbuild';
import { BuildError } from './build-error';

/** @returns the error to throw for whatever a build threw */
export function faultsOf(error: unknown): BuildError {
  const { errors } = error as Partial<BuildFailure>;
  if (!errors || errors.length === 0) {
    return new BuildError([error instanceof Error ? error.message : String(error)]);
  }
  return new BuildError(errors.map(lineOf));
}

const lineOf = ({ location, text }: Message): string =>
  location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
