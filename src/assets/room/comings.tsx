/** Says who comes and goes, who shows a screen or raises a hand, and how the connection does. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Participant } from '../media/media';
import { listOf, text } from '../texts/text';
import { announce } from '../view/announce';
import type { RoomSession } from './session';
import { nameOf } from './name-of';

/** Long enough to be read, short enough not to be in the way. */
const SHOWN_MS = 4_000;
/** More at once are a crowd, and a number says it. */
const MOST_NAMED = 3;

/** For the eye; whoever listens has been told already. */
export function Comings({ session }: { readonly session: RoomSession }) {
  useConnectionSaid(session.connection.value);
  const [words, setWords] = useState('');
  const say = (news: string): void => {
    if (news === '') return;
    announce(news);
    setWords(news);
  };
  const before = useRef<readonly Participant[] | undefined>(undefined);
  const everybody = session.participants.value;
  useEffect(() => {
    const changes = before.current ? changesIn(before.current, everybody) : '';
    before.current = everybody;
    say(changes);
  }, [everybody]);
  const wereUp = useRef<readonly string[]>([]);
  const areUp = session.hands.up.value;
  useEffect(() => {
    const fresh = everybody.filter(({ id }) => areUp.includes(id) && !wereUp.current.includes(id));
    wereUp.current = areUp;
    const count = fresh.length;
    say(count > 0 ? text('hand.names', { count, names: listOf(fresh.map(nameOf)) }) : '');
  }, [areUp]);
  useEffect(() => {
    if (words === '') return undefined;
    const timer = setTimeout(() => setWords(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [words]);
  if (words === '') return null;
  return (
    <div key={words} class="stage-word small" aria-hidden="true">
      {words}
    </div>
  );
}

function changesIn(before: readonly Participant[], now: readonly Participant[]): string {
  const [was, is] = [new Map(before.map((one) => [one.id, one])), new Set(now.map(({ id }) => id))];
  const came = now.filter(({ id }) => !was.has(id));
  const went = before.filter(({ id }) => !is.has(id));
  const shows = now.filter(({ id, screen }) => screen && was.has(id) && !was.get(id)?.screen);
  return [
    ...said(came, 'room.cameNames', 'room.cameMany'),
    ...said(went, 'room.wentNames', 'room.wentMany'),
    ...shows.map((one) => text('room.shows', { name: nameOf(one) })),
  ].join(' ');
}

function said(
  who: readonly Participant[],
  named: 'room.cameNames' | 'room.wentNames',
  many: 'room.cameMany' | 'room.wentMany',
): string[] {
  const count = who.length;
  if (count === 0) return [];
  if (count > MOST_NAMED) return [text(many, { count })];
  return [text(named, { count, names: listOf(who.map(nameOf)) })];
}

function useConnectionSaid(connection: 'connected' | 'reconnecting'): void {
  const was = useRef(connection);
  useEffect(() => {
    if (was.current === connection) return;
    was.current = connection;
    announce(text(connection === 'connected' ? 'room.reconnected' : 'room.reconnecting'), true);
  }, [connection]);
}
