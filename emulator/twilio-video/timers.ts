/** Running timers by owner and purpose: a new one replaces the old, and an owner's end stops them all. */
import type { Cancel } from '../twilio/clock';

export class Timers<Owner> {
  readonly #running = new Map<Owner, Map<string, Cancel>>();

  set(owner: Owner, purpose: string, cancel: Cancel): void {
    this.cancel(owner, purpose);
    const timers = this.#running.get(owner) ?? new Map<string, Cancel>();
    this.#running.set(owner, timers.set(purpose, cancel));
  }

  cancel(owner: Owner, purpose: string): void {
    this.#running.get(owner)?.get(purpose)?.();
    this.#running.get(owner)?.delete(purpose);
  }

  cancelAll(owner: Owner): void {
    for (const cancel of this.#running.get(owner)?.values() ?? []) cancel();
    this.#running.delete(owner);
  }

  clear(): void {
    for (const owner of this.#running.keys()) this.cancelAll(owner);
  }
}
