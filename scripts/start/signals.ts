/** When this process should end: told by a signal, or left alone by whoever started it. */

/** Calls `end` once. A launcher between the terminal and us may repeat a signal: the second changes nothing. */
export function onEnd(end: () => void): void {
  let ended = false;
  const once = (): void => {
    if (ended) return;
    ended = true;
    end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once);
  // The TypeScript launcher talks to us over a channel, which breaks when it is killed.
  if (process.connected) process.on('disconnect', once);
  // npm gives us no channel, but when it is killed somebody else becomes our parent.
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && once(), 500).unref();
  }
}
