/**
 * Child processes that answer calls: whatever is measured runs in a process of its own, so that neither side of
 * a comparison shares its event loop with the measuring.
 */
import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

/** What a child answers, by name. */
type Calls = Readonly<Record<string, (argument: never) => unknown>>;

interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

export interface Child<C extends Calls> {
  call<K extends keyof C & string>(
    name: K,
    ...argument: Parameters<C[K]>
  ): Promise<Awaited<ReturnType<C[K]>>>;
  /** Resolves when the process has ended. */
  end(): Promise<void>;
}

export interface ChildOptions {
  /** Further flags for Node. */
  readonly flags?: readonly string[];
  /**
   * A folder below the checkout. The child is compiled into it and runs without the TypeScript loader, which
   * would have its share in every `require` there; what it prints goes to a file, as to a platform's log.
   */
  readonly plainIn?: string;
}

/** Starts a TypeScript file that calls {@link answerCalls}. */
export function startChild<C extends Calls>(file: string, options: ChildOptions = {}): Child<C> {
  const { child, close } = spawn(file, options);
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let calls = 0;
  child.on('message', (message) => {
    const { id, value, error } = message as Answer;
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value as never);
    else call?.reject(new Error(error));
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      const error = new Error(`${file} ended (${signal ?? code}) before it answered`);
      for (const { reject } of waiting.values()) reject(error);
      close();
      resolve();
    });
  });
  return {
    call: (name, ...[argument]) =>
      new Promise((resolve, reject) => {
        const id = ++calls;
        waiting.set(id, { resolve, reject });
        child.send({ id, name, argument } satisfies Call, (error) => error && reject(error));
      }),
    end: () => {
      if (child.connected) child.disconnect();
      return ended;
    },
  };
}

function spawn(file: string, { flags = [], plainIn }: ChildOptions) {
  const serialization = 'advanced';
  if (plainIn === undefined) {
    // This process's own flags bring the TypeScript loader along.
    const child = fork(file, { execArgv: [...process.execArgv, ...flags], serialization });
    return { child, close: () => undefined };
  }
  const name = basename(file, '.ts');
  const outfile = join(plainIn, `${name}.js`);
  buildSync({ entryPoints: [file], outfile, bundle: true, platform: 'node', packages: 'external' });
  const log = openSync(join(plainIn, `${name}.log`), 'a');
  const child = fork(outfile, {
    execArgv: [...flags],
    serialization,
    stdio: ['ignore', log, 'inherit', 'ipc'],
  });
  return { child, close: () => closeSync(log) };
}

/** The child's side. The process ends with its parent, whichever way that one ends. */
export function answerCalls(calls: Calls, atEnd: () => Promise<unknown> = () => Promise.resolve()): void {
  const answer = async ({ id, name, argument }: Call): Promise<Answer> => {
    try {
      return { id, value: await calls[name]?.(argument as never) };
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  process.on('message', (message) => {
    void answer(message as Call).then((reply) => process.connected && process.send?.(reply));
  });
  process.on('disconnect', () => void atEnd().finally(() => process.exit(0)));
  // Ctrl-C reaches every process of the group; the parent ends first and breaks the channel.
  process.on('SIGINT', () => undefined);
}
