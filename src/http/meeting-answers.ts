/** Use cases' outcomes in the words of seed 001. */
import type { GuestEntry, JoinResponse } from '../api/meetings';
import type { Joined } from '../app/join-token';
import type { Guest } from '../domain/guest';

export const joinResponse = (joined: Joined): JoinResponse => ({
  room_id: joined.roomId,
  identity: joined.identity,
  token: joined.token,
  provider: joined.provider,
  ...(joined.provider === 'livekit' ? { livekit_url: joined.url } : {}),
  connect_options: joined.connectOptions,
});

const iso = (ms: number): string => new Date(ms).toISOString();

export const guestEntry = ({ id, name, state, enteredAt, hiddenSince, awaySince }: Guest): GuestEntry => ({
  guest_id: id,
  name,
  state,
  entered_at: iso(enteredAt),
  ...(hiddenSince === undefined ? {} : { hidden_since: iso(hiddenSince) }),
  ...(awaySince === undefined ? {} : { away_since: iso(awaySince) }),
});
