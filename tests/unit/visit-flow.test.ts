/** A visitor's way into a persistent meeting, as data: what each event does in each stage. */
import { refusalOf } from '../../src/assets/api/refusal';
import type { Departure } from '../../src/assets/media/departure';
import { nextVisitState, VISIT_FLOW, type VisitEvent, type VisitState } from '../../src/assets/visit/flow';

const follow = (state: VisitState, ...events: readonly VisitEvent[]): VisitState =>
  events.reduce(nextVisitState, state);
const found = (present = 0): VisitEvent => ({ type: 'found', present });
const out = (why: Departure, wasShort = false): VisitEvent => ({ type: 'out', why, wasShort });
const refused = (
  reason: 'noSuchMeeting' | 'offline' | 'busy' | 'full' | 'fault' | 'badInput',
): VisitEvent => ({
  type: 'refused',
  reason,
});
const LOOKING: VisitState = { stage: 'looking' };
const JOINING: VisitState = { stage: 'joining' };
const IN_ROOM: VisitState = { stage: 'inRoom' };

it('leads from the link over the name into the room, and out of it', () => {
  const preparing = follow(LOOKING, found(2));
  expect(preparing).toEqual({ stage: 'preparing', present: 2 });
  expect(follow(preparing, { type: 'go' })).toEqual(JOINING);
  expect(follow(JOINING, { type: 'joined' })).toEqual(IN_ROOM);
  expect(follow(IN_ROOM, { type: 'leave' })).toEqual({ stage: 'over', ending: 'left' });
  expect(follow(IN_ROOM, { type: 'leave' }, { type: 'go' })).toEqual(JOINING);
});

it('tells a link that leads nowhere from a meeting that was deleted meanwhile', () => {
  expect(follow(LOOKING, refused('noSuchMeeting'))).toEqual({ stage: 'over', ending: 'unknown' });
  expect(follow(LOOKING, refused('badInput'))).toEqual({ stage: 'over', ending: 'unknown' });
  expect(follow(JOINING, refused('noSuchMeeting'))).toEqual({ stage: 'over', ending: 'unknown' });
  expect(follow(IN_ROOM, out('closed'), refused('noSuchMeeting'))).toEqual({
    stage: 'over',
    ending: 'deleted',
  });
});

it('leads back who was cut off, unless the stay had hardly begun', () => {
  expect(follow(IN_ROOM, out('lost'), found())).toEqual(JOINING);
  expect(follow(IN_ROOM, out('closed'), found())).toEqual(JOINING);
  expect(follow(IN_ROOM, out('closed', true), found(1))).toEqual({
    stage: 'preparing',
    present: 1,
    trouble: 'closed',
  });
});

it('leaves it to whoever was sent out, or has joined elsewhere, to come back', () => {
  expect(follow(IN_ROOM, out('putOut'), found())).toEqual({ stage: 'over', ending: 'putOut' });
  expect(follow(IN_ROOM, out('elsewhere'))).toEqual({ stage: 'over', ending: 'elsewhere' });
});

it('keeps asking while the server cannot be reached, and says so', () => {
  const offline = follow(IN_ROOM, out('lost'), refused('offline'));
  expect(offline).toMatchObject({ stage: 'checking', trouble: 'offline' });
  expect(follow(offline, found())).toEqual(JOINING);
  expect(follow(LOOKING, refused('busy'), found())).toEqual({ stage: 'preparing', present: 0 });
});

it('goes back to the name, with what went wrong, when joining does not work', () => {
  expect(follow(JOINING, refused('full'))).toEqual({ stage: 'preparing', trouble: 'full' });
  expect(follow(JOINING, refused('busy'))).toEqual({ stage: 'preparing', trouble: 'busy' });
  for (const why of ['full', 'expired', 'unable', 'noMedia', 'lost', 'closed'] as const) {
    expect(follow(JOINING, out(why, true))).toEqual({ stage: 'preparing', trouble: why });
  }
});

it('takes no event in a stage that the table does not name for it', () => {
  const events = [
    found(),
    refused('fault'),
    { type: 'go' },
    { type: 'joined' },
    out('lost'),
    { type: 'leave' },
  ];
  for (const [stage, taken] of Object.entries(VISIT_FLOW)) {
    for (const event of events as VisitEvent[]) {
      const state = { stage } as VisitState;
      const isTaken = (taken as readonly string[]).includes(event.type);
      expect([stage, event.type, nextVisitState(state, event) !== state]).toEqual([
        stage,
        event.type,
        isTaken,
      ]);
    }
  }
});

it('understands the sentences of the persistent meetings', () => {
  const said = (status: number, detail: string) => refusalOf(status, JSON.stringify({ detail })).reason;
  expect(said(404, 'Meeting not found')).toBe('noSuchMeeting');
  expect(said(400, '`user_name` must be text')).toBe('badInput');
});
