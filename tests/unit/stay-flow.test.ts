/** Somebody's way into a room that stays, as data: what each event does in each stage. */
import type { Departure } from '../../src/assets/media/departure';
import { nextStayState, STAY_FLOW, type StayEvent, type StayState } from '../../src/assets/rooms/flow';

const follow = (state: StayState, ...events: readonly StayEvent[]): StayState =>
  events.reduce(nextStayState, state);
const ANSWERED: StayEvent = { type: 'answered' };
const out = (why: Departure, wasShort = false): StayEvent => ({ type: 'out', why, wasShort });
const refused = (reason: 'noSuchMeeting' | 'busy' | 'usersOnly'): StayEvent => ({ type: 'refused', reason });
const GO: StayEvent = { type: 'go' };
const ASKING: StayState = { stage: 'asking' };
const IN_ROOM: StayState = { stage: 'inRoom' };

it('leads by name and mirror into a room', () => {
  expect(follow({ stage: 'naming' }, { type: 'named' })).toEqual(ASKING);
  expect(follow(ASKING, ANSWERED)).toEqual({ stage: 'preparing' });
  expect(follow(ASKING, ANSWERED, GO, { type: 'joined' })).toEqual(IN_ROOM);
});

it('leads whoever was in the room before a reload back without a mirror', () => {
  expect(follow({ ...ASKING, isBack: true }, ANSWERED)).toEqual({ stage: 'joining' });
});

it('leads back who was cut off, unless the stay had hardly begun', () => {
  expect(follow(IN_ROOM, out('lost'))).toEqual({ stage: 'asking', isBack: true });
  expect(follow(IN_ROOM, out('lost', true))).toEqual({ stage: 'preparing', trouble: 'lost' });
  expect(follow({ stage: 'joining' }, out('full', true))).toEqual({ stage: 'preparing', trouble: 'full' });
});

it.each(['elsewhere', 'putOut', 'closed'] as const)(
  'leaves it to whoever is out because %s to come back',
  (why) => {
    const over = follow(IN_ROOM, out(why));
    expect(over).toEqual({ stage: 'over', ending: why });
    expect(follow(over, GO)).toEqual(ASKING);
  },
);

it('ends where there is no such room, and waits for a press where anything else was refused', () => {
  for (const stage of ['asking', 'joining'] as const)
    expect(follow({ stage }, refused('noSuchMeeting'))).toEqual({ stage: 'over', ending: 'unknown' });
  const stuck = follow(ASKING, refused('busy'));
  expect(stuck).toEqual({ stage: 'stuck', trouble: 'busy' });
  expect(follow(stuck, GO)).toEqual(ASKING);
  expect(follow({ stage: 'joining' }, refused('usersOnly'))).toEqual({
    stage: 'preparing',
    trouble: 'usersOnly',
  });
});

const EVENTS: readonly StayEvent[] = [
  { type: 'named' },
  ANSWERED,
  refused('busy'),
  GO,
  { type: 'joined' },
  out('lost'),
];

it.each(Object.keys(STAY_FLOW) as (keyof typeof STAY_FLOW)[])('takes no old news while %s', (stage) => {
  const state: StayState = { stage };
  const taken: readonly string[] = STAY_FLOW[stage];
  for (const event of EVENTS) expect(nextStayState(state, event) === state).toBe(!taken.includes(event.type));
});
