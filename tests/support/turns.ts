/** Actors who take turns: each runs until it asks a port for something, which happens in one go when its turn has come. */
import { createHash } from 'node:crypto';

interface Turn {
  readonly actor: string;
  readonly label: string;
  /** Waits for this to be so, and then needs no turn; absent: waits for its turn. */
  readonly when?: (() => boolean) | undefined;
  readonly go: () => void;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('base64');

/** Gives turns. One for each run. */
export class Turns {
  private waiting: Turn[] = [];
  private readonly dead = new Set<string>();
  /**
   * What each actor has learned from each thing that it asked, in order: with what it is about to do this is its
   * state. Of several things that it waits for at once the order does not matter to it.
   */
  private readonly learned = new Map<string, string>();
  private readonly names = new Map<string, string>();

  /** @param random what differs from run to run: it is called by whoever came up with it, and the how manieth it is */
  constructor(private readonly random: RegExp) {}

  /** Runs `action` when it is this actor's turn; or, given `when`, as soon as that is so. */
  take<T>(actor: string, what: string, action: () => T | Promise<T>, when?: () => boolean): Promise<T> {
    const label = this.named(what, actor);
    return new Promise((resolve, reject) => {
      const run = async (): Promise<void> => {
        try {
          const result = await action();
          this.learn(actor, label, JSON.stringify(result) ?? '');
          resolve(result);
        } catch (error) {
          this.learn(actor, label, String(error));
          reject(error);
        }
      };
      this.waiting.push({ actor, label, when, go: () => void run() });
    });
  }

  /** The port, as this actor has it. @param isQuiet what nobody in this world can change need not wait for a turn */
  port<P extends object>(actor: string, name: string, port: P, isQuiet: (call: string) => boolean): P {
    return new Proxy(port, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        const call = `${name}.${String(key)}`;
        const run = (args: unknown[]): unknown => Reflect.apply(member, target, args);
        return (...args: unknown[]) =>
          isQuiet(call) ? run(args) : this.take(actor, `${call} ${JSON.stringify(args)}`, () => run(args));
      },
    });
  }

  /** In an order that depends on nothing but the state. */
  get possible(): readonly Turn[] {
    return this.waiting
      .filter(({ actor, when }) => !this.dead.has(actor) && !when)
      .toSorted((a, b) => (`${a.actor} ${a.label}` < `${b.actor} ${b.label}` ? -1 : 1));
  }

  /** Whose waiting is over. */
  get ready(): readonly Turn[] {
    return this.waiting.filter(({ actor, when }) => !this.dead.has(actor) && when?.());
  }

  give(turn: Turn): void {
    this.waiting = this.waiting.filter((other) => other !== turn);
    turn.go();
  }

  kill(actor: string): void {
    this.dead.add(actor);
  }

  get hasKilled(): boolean {
    return this.dead.size > 0;
  }

  /** Who knows what, and wants what. */
  get state(): string {
    const wanted = this.waiting.map(({ actor, label }) => `${actor} ${label}`).toSorted();
    const learned = [...this.learned].map(([key, value]) => `${key} ${value}`).toSorted();
    return JSON.stringify([learned, wanted, [...this.dead]]);
  }

  /** The text with names for what is random in it. */
  named(text: string, actor = 'world'): string {
    return text.replaceAll(this.random, (match) => {
      let name = this.names.get(match);
      if (name === undefined) {
        const count = [...this.names.values()].filter((known) => known.startsWith(`${actor}#`)).length;
        name = `${actor}#${count}`;
        this.names.set(match, name);
      }
      return name;
    });
  }

  private learn(actor: string, label: string, result: string): void {
    const key = `${actor} ${label}`;
    this.learned.set(key, digest(`${this.learned.get(key) ?? ''}\n${this.named(result, actor)}`));
  }
}
