/** Somebody's way into a room that stays, as data: what each event does in each stage. */
import type { Departure } from '../../src/assets/media/departure';
import { nextStayState, STAY_FLOW, type StayEvent, type StayState } from '../../src/assets/rooms/flow';

const follow = (state: StayState, ...events: readonly StayEvent[]): StayState =>
  events.reduce(nextStayState, state);
const answered = (isHere: boolean): StayEvent => ({ type: 'answered', isHere });
const out = (why: Departure, wasShort = false): StayEvent => ({ type: 'out', why, wasShort });
const refused = (reason: 'noSuchMeeting' | 'busy' | 'usersOnly'): StayEvent => ({ type: 'refused', reason });
const GO: StayEvent = { type: 'go' };
const ASKING: StayState = { stage: 'asking' };
const IN_ROOM: StayState = { stage: 'inRoom' };

it('leads by name and mirror into a room of this page, and beside one whose calls are elsewhere', () => {
  expect(follow({ stage: 'naming' }, { type: 'named' })).toEqual(ASKING);
  expect(follow(ASKING, answered(true))).toEqual({ stage: 'preparing' });
  expect(follow(ASKING, answered(true), GO, { type: 'joined' })).toEqual(IN_ROOM);
  expect(follow(ASKING, answered(false))).toEqual({ stage: 'beside' });
});

it('leads whoever was in the room before a reload back without a mirror', () => {
  expect(follow({ ...ASKING, isBack: true }, answered(true))).toEqual({ stage: 'joining' });
  expect(follow({ ...ASKING, isBack: true }, answered(false))).toEqual({ stage: 'beside' });
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
  for (const stage of ['asking', 'joining', 'beside'] as const)
    expect(follow({ stage }, refused('noSuchMeeting'))).toEqual({ stage: 'over', ending: 'unknown' });
  for (const stage of ['asking', 'beside'] as const) {
    const stuck = follow({ stage }, refused('busy'));
    expect(stuck).toEqual({ stage: 'stuck', trouble: 'busy' });
    expect(follow(stuck, GO)).toEqual(ASKING);
  }
  expect(follow({ stage: 'joining' }, refused('usersOnly'))).toEqual({
    stage: 'preparing',
    trouble: 'usersOnly',
  });
});

const EVENTS: readonly StayEvent[] = [
  { type: 'named' },
  answered(true),
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
