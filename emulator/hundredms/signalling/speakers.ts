/** Who speaks: the loudness of what arrives, looked at a few times a second, and told when it changes. */
import type { Session } from '../room';
import type { Stay } from './stay';

const LOOK_MS = 400;
/** Of 100; a quiet room is below. */
const AUDIBLE = 45;

export class Speakers {
  readonly #looks = new Map<Session, NodeJS.Timeout>();

  /** Until nobody is there any more. */
  watch(session: Session, inside: () => readonly Stay[]): void {
    if (this.#looks.has(session)) return;
    let told = '';
    const look = (): void => {
      const stays = inside();
      if (stays.length === 0) return this.#end(session);
      const speakers = speakersAmong(stays);
      const key = speakers.map(({ peer_id }) => peer_id).join();
      if (key === told) return;
      told = key;
      for (const stay of stays) stay.notify('active-speakers', { 'speaker-list': speakers });
    };
    this.#looks.set(session, setInterval(look, LOOK_MS).unref());
  }

  reset(): void {
    for (const session of this.#looks.keys()) this.#end(session);
  }

  #end(session: Session): void {
    clearInterval(this.#looks.get(session));
    this.#looks.delete(session);
  }
}

/** Loudest first. */
const speakersAmong = (stays: readonly Stay[]) =>
  stays
    .flatMap((stay) => {
      const heard = stay.takeLevel();
      return heard && heard.level >= AUDIBLE
        ? [{ peer_id: stay.peer.id, track_id: heard.trackId, level: heard.level }]
        : [];
    })
    .toSorted((a, b) => b.level - a.level);
