/** The end of a child process that ends by itself once nobody holds its channel. */
import type { ChildProcess } from 'node:child_process';

export interface Ending {
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Lets go of the process and waits for its end; harmless when it has ended. */
  stop(): Promise<void>;
}

/** @param patienceMs a process that was let go of and has not gone by then is killed */
export function endingOf(child: ChildProcess, patienceMs: number): Ending {
  // Not 'close': that one never comes once the channel was broken from this side.
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (child.connected) child.disconnect();
    const kill = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(kill);
  };
  return { ended, stop };
}
