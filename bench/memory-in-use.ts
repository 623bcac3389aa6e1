/** What this process holds after a full collection; it must run with `--expose-gc`. */
export interface Memory {
  /** Bytes of JavaScript objects and of buffers outside the heap. */
  readonly heap: number;
  /** Bytes of the whole process, as the operating system counts them. */
  readonly resident: number;
}

export function bytesInUse(): Memory {
  // Twice: what the first one finalises, the second one frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}
