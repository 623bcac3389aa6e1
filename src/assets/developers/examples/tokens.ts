/** A token for any room by its name, and what it allows: that is in the token itself. */
import { text } from '../../texts/text';
import { type Example, ownId, post, type News } from '../example';

const ann = ownId('ann');

/** The claims of a LiveKit token. https://docs.livekit.io/home/get-started/authentication/ */
interface Claims {
  readonly sub: string;
  readonly exp: number;
  readonly video: { readonly room: string };
}

function grants(token: unknown): readonly News[] {
  const [, payload = ''] = String(token).split('.');
  const { sub, exp, video } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as Claims;
  const minutes = Math.round((exp * 1000 - Date.now()) / 60_000);
  return [
    { row: 'room', value: video.room },
    { row: 'who', value: sub },
    { row: 'until', value: text('dev.minutes', { count: minutes }) },
  ];
}

export const tokens: Example = {
  id: 'tokens',
  section: 'LiveKit',
  rows: [
    { id: 'room', label: 'dev.row.room' },
    { id: 'who', label: 'dev.row.who' },
    { id: 'until', label: 'dev.row.until' },
  ],
  steps: [
    post(
      '/livekit/join-room',
      { roomName: 'try-foyer', uid: ann },
      { says: 'dev.do.token', caller: 'user', shows: (answer) => grants(answer['access_token']) },
    ),
    post(
      '/livekit/token',
      { room_name: 'try-foyer', participant_identity: ann },
      { says: 'dev.do.tokenSource', caller: 'user' },
    ),
  ],
  cleanup: [],
};
