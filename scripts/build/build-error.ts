/** A build that could not be made, as one line per fault. */
export class BuildError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'BuildError';
  }
}
