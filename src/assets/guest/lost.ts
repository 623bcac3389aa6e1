/** The connection to the waiting room is interrupted: those who listen are told. */
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import type { Guest } from './guest';

/** @returns whether it is */
export function useLost(guest: Guest): boolean {
  const isLost = guest.place.connection.value === 'lost';
  const wasLost = useRef(false);
  useEffect(() => {
    if (isLost !== wasLost.current) announce(text(isLost ? 'waiting.lost' : 'waiting.back'), true);
    wasLost.current = isLost;
  }, [isLost]);
  return isLost;
}
