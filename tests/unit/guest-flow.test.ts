/** A guest's way through the pages, as data: what each event does in each stage. */
import {
  firstState,
  GUEST_FLOW,
  type GuestEvent,
  type GuestState,
  nextGuestState,
} from '../../src/assets/guest/flow';
import { refusalOf } from '../../src/assets/api/refusal';
import { createMeeting } from '../../src/app/create-meeting';
import { admitGuests } from '../../src/app/decide-on-guests';
import { enterWaitingRoom } from '../../src/app/enter-waiting-room';
import { joinAsGuest } from '../../src/app/join-as-guest';
import { joinAsHost } from '../../src/app/join-as-host';
import { leaveWaitingRoom } from '../../src/app/leave-waiting-room';
import type { WaitingRoomServices } from '../../src/app/services';
import { nextGuestState as decided } from '../../src/domain/guest';
import { meetingEnded } from '../../src/domain/meeting';
import { requireAccess } from '../../src/http/access';
import { memoryWorld } from '../support/memory-world';

const follow = (state: GuestState, ...events: readonly GuestEvent[]): GuestState =>
  events.reduce(nextGuestState, state);
const shown = (state: 'waiting' | 'admitted' | 'denied' | 'ended', roomId?: string): GuestEvent => ({
  type: 'shown',
  view: roomId === undefined ? { state } : { state, room_id: roomId },
});
const PREPARING: GuestState = { stage: 'preparing' };
const WAITING: GuestState = { stage: 'waiting' };
const IN_ROOM: GuestState = { stage: 'inRoom', roomId: 'RM1' };

it('leads from the name through the waiting room into the room', () => {
  const asked = follow(PREPARING, { type: 'ask' });
  expect(asked.stage).toBe('asking');
  const waiting = follow(asked, { type: 'entered' }, shown('waiting'));
  expect(waiting).toEqual(WAITING);
  const joining = follow(waiting, shown('admitted', 'RM1'));
  expect(joining).toEqual({ stage: 'joining', roomId: 'RM1' });
  expect(follow(joining, { type: 'joined' })).toEqual(IN_ROOM);
});

it('lets a guest who was admitted before the host came wait for the room', () => {
  const early = follow(WAITING, shown('admitted'));
  expect(early).toEqual({ stage: 'waiting', isLetIn: true });
  expect(follow(early, shown('admitted', 'RM1')).stage).toBe('joining');
});

it('does not join a room again that has closed, and joins the next one', () => {
  const back = follow(IN_ROOM, { type: 'out', why: 'closed' }, { type: 'entered' });
  expect(back).toEqual({ stage: 'waiting', closedRoomId: 'RM1' });
  const paused = follow(back, shown('admitted', 'RM1'));
  expect(paused).toEqual({ stage: 'waiting', closedRoomId: 'RM1', isLetIn: true });
  expect(follow(paused, shown('admitted', 'RM2'))).toEqual({ stage: 'joining', roomId: 'RM2' });
});

it('takes a lost call up again', () => {
  const back = follow(IN_ROOM, { type: 'out', why: 'lost' }, { type: 'entered' });
  expect(follow(back, shown('admitted', 'RM1'))).toEqual({ stage: 'joining', roomId: 'RM1' });
});

it.each([
  ['removed', 'putOut', { type: 'refused', reason: 'removed' }],
  ['ended', 'closed', { type: 'refused', reason: 'ended' }],
  ['elsewhere', 'elsewhere', { type: 'entered' }],
  ['putOut', 'putOut', { type: 'entered' }],
  ['removed', 'elsewhere', { type: 'refused', reason: 'removed' }],
  ['ended', 'lost', { type: 'refused', reason: 'ended' }],
] as const)('tells %s from the server, after the call ended as %s', (ending, why, answer) => {
  const checking = follow(IN_ROOM, { type: 'out', why });
  expect(checking.stage).toBe('checking');
  expect(follow(checking, answer)).toEqual({ stage: 'over', ending });
});

it('asks the server whether a guest was denied or removed: the document does not say', () => {
  const checking = follow(WAITING, shown('denied'));
  expect(checking.stage).toBe('checking');
  expect(follow(checking, { type: 'refused', reason: 'denied' })).toEqual({
    stage: 'over',
    ending: 'denied',
  });
  expect(follow(checking, { type: 'entered' })).toEqual(WAITING);
});

it('is over when the meeting ends, wherever the guest is told of it', () => {
  for (const stage of ['waiting', 'joining', 'stuck'] as const) {
    expect(follow({ stage, roomId: 'RM1' }, shown('ended'))).toEqual({ stage: 'over', ending: 'ended' });
  }
});

it('keeps the place while the server cannot be reached, and says so', () => {
  for (const state of [WAITING, { stage: 'checking' }] as const) {
    for (const reason of ['offline', 'busy', 'tooManyTries'] as const) {
      expect(follow(state, { type: 'refused', reason })).toEqual({ ...state, trouble: reason });
    }
  }
});

it('says on the first view what went wrong there', () => {
  const asking = follow(PREPARING, { type: 'ask' });
  expect(follow(asking, { type: 'refused', reason: 'busy' })).toEqual({
    stage: 'preparing',
    trouble: 'busy',
  });
  expect(follow(asking, { type: 'refused', reason: 'noSuchMeeting' })).toEqual({
    stage: 'over',
    ending: 'wrongNumber',
  });
});

it('begins anew when the ticket is of another meeting', () => {
  expect(follow({ stage: 'checking' }, { type: 'refused', reason: 'staleTicket' })).toEqual(PREPARING);
});

it('stays by the waiting room when the room was replaced on the way', () => {
  const joining: GuestState = { stage: 'joining', roomId: 'RM1' };
  const waiting = follow(joining, { type: 'refused', reason: 'staleRoom' });
  expect(waiting).toEqual({ stage: 'waiting', isLetIn: true, closedRoomId: 'RM1' });
  expect(follow(joining, { type: 'out', why: 'closed' })).toEqual(waiting);
});

it('offers to try again what does not heal by itself', () => {
  const joining: GuestState = { stage: 'joining', roomId: 'RM1' };
  for (const why of ['full', 'unable', 'expired', 'lost'] as const) {
    const stuck = follow(joining, { type: 'out', why });
    expect(stuck).toEqual({ stage: 'stuck', trouble: why });
    expect(follow(stuck, { type: 'again' }).stage).toBe('checking');
  }
});

it('can be left from everywhere on the way', () => {
  for (const stage of ['asking', 'waiting', 'joining', 'inRoom', 'checking', 'stuck'] as const) {
    expect(follow({ stage }, { type: 'leave' })).toEqual({ stage: 'over', ending: 'left' });
  }
});

it('takes no notice of old news', () => {
  const events: readonly GuestEvent[] = [
    { type: 'ask' },
    { type: 'again' },
    { type: 'entered' },
    { type: 'refused', reason: 'fault' },
    shown('admitted', 'RM1'),
    { type: 'joined' },
    { type: 'out', why: 'lost' },
    { type: 'leave' },
  ];
  for (const [stage, taken] of Object.entries(GUEST_FLOW)) {
    const state = { stage } as GuestState;
    for (const event of events) {
      if (!(taken as readonly string[]).includes(event.type)) expect(follow(state, event)).toBe(state);
    }
  }
});

describe('the sentences that pages act on are the ones the server says', () => {
  const said = async (act: () => unknown): Promise<string> => {
    try {
      await act();
    } catch (error) {
      return `Error: ${(error as Error).message}`;
    }
    throw new Error('was not refused');
  };
  const caller = { client: '' };
  const noVerifier = (): never => {
    throw new Error('no identity provider is configured');
  };
  const incoming = { headers: {}, parameters: {}, requestId: '', client: '', host: '', isSecure: false };

  it.each<[string, (services: WaitingRoomServices, meetingId: string, ticket: string) => unknown]>([
    ['denied', () => decided('denied', 'enter')],
    ['removed', () => decided('removed', 'enter')],
    ['ended', () => Promise.reject(meetingEnded())],
    [
      'staleTicket',
      (services, meetingId) => enterWaitingRoom(services, caller, { meetingId, identity: 'x' }),
    ],
    [
      'notAdmitted',
      (services, meetingId, identity) => joinAsGuest(services, caller, { meetingId, roomId: 'RM', identity }),
    ],
    [
      'notListed',
      async (services, meetingId, identity) => {
        await leaveWaitingRoom(services, caller, { meetingId, identity });
        await joinAsGuest(services, caller, { meetingId, roomId: 'RM', identity });
      },
    ],
    [
      'staleRoom',
      async (services, meetingId, identity) => {
        await admitGuests(services, { meetingId });
        await joinAsGuest(services, caller, { meetingId, roomId: 'RM', identity });
      },
    ],
    [
      'staleRoom',
      async (services, meetingId, identity) => {
        await admitGuests(services, { meetingId });
        await joinAsHost(services, { meetingId });
        await joinAsGuest(services, caller, { meetingId, roomId: 'RM', identity });
      },
    ],
    ['operatorsOnly', () => requireAccess('operator', incoming, { ADMIN_API_KEY: 'key' }, noVerifier)],
    ['operatorsClosed', () => requireAccess('operator', incoming, {}, noVerifier)],
  ])('%s', async (reason, act) => {
    const services = (await memoryWorld()).services();
    const meeting = await createMeeting(services, { admission: 'manual' });
    const { ticket } = await enterWaitingRoom(services, caller, { meetingId: meeting.id, name: 'Ann' });
    const body = await said(() => act(services, meeting.id, ticket));
    expect(refusalOf(403, body)).toMatchObject({ reason });
  });
});

it('reads a status where there is no sentence to know', () => {
  expect(refusalOf(404, 'Error: there is no meeting')).toMatchObject({ reason: 'noSuchMeeting' });
  expect(refusalOf(503, 'Error: try again', 2)).toMatchObject({ reason: 'busy', retryAfter: 2 });
  expect(refusalOf(429, 'Error: too many', 30)).toMatchObject({ reason: 'tooManyTries', retryAfter: 30 });
  expect(refusalOf(500, '<html>')).toMatchObject({ reason: 'fault' });
  expect(refusalOf(403, 'Error: something new')).toMatchObject({ reason: 'fault' });
});

describe('when the page is loaded again', () => {
  test('whoever waits or is in the call is led back by the ticket', () => {
    expect(firstState(false, undefined)).toEqual({ stage: 'preparing' });
    expect(firstState(true, undefined)).toEqual({ stage: 'checking' });
  });

  test.each(['left', 'elsewhere', 'putOut'])(
    'whoever is out (%s) is not, until they ask for it',
    (ending) => {
      const state = firstState(true, ending);
      expect(state).toEqual({ stage: 'over', ending });
      expect(nextGuestState(state, { type: 'again' }).stage).toBe('checking');
    },
  );

  test.each(['denied', 'removed', 'ended', 'wrongNumber', 'nonsense'])(
    'the server is asked whether it is still so: %s',
    (ending) => {
      expect(firstState(true, ending)).toEqual({ stage: 'checking' });
    },
  );
});
