/** The domain's tables and values, exhaustively. */
import * as fc from 'fast-check';
import {
  allowanceAt,
  type Limit,
  MISSES_IN_ALL,
  MISSES_PER_CLIENT,
  secondsUntilOne,
  spendOne,
} from '../../src/domain/allowance';
import {
  GUEST_TRANSITIONS,
  type GuestEvent,
  type GuestState,
  guestView,
  idOfIdentity,
  nameOfIdentity,
  nextGuestState,
  roomIdentity,
} from '../../src/domain/guest';
import { MAX_REMOVED_GUESTS, removalMark } from '../../src/domain/removal';
import { inParallel, together } from '../../src/domain/in-parallel';
import {
  endMeeting,
  isRemoved,
  lobbyView,
  type Meeting,
  MEETING_TRANSITIONS,
  type MeetingState,
  openMeeting,
  removeGuests,
  requireLive,
} from '../../src/domain/meeting';
import { randomMeetingId } from '../../src/domain/meeting-id';
import { sameSecret, Secrets } from '../../src/domain/secrets';
import { issueTicket, newGuest, readTicket, type Ticket } from '../../src/domain/ticket';

const NOT_ALLOWED = expect.objectContaining({ code: 'not-allowed' });

const meetingIn = (state: MeetingState, more: Partial<Meeting> = {}): Meeting => ({
  id: '123456',
  key: 'ET1',
  state,
  admission: 'manual',
  maxParticipants: 50,
  removed: [],
  listBehind: false,
  lobby: 'ET1',
  expiresAt: 0,
  ...more,
});

describe('a meeting', () => {
  const EVENTS = {
    hostJoins: (meeting: Meeting) => openMeeting(meeting, 'RM1'),
    end: endMeeting,
  } as const;
  const EXPECTED: Record<MeetingState, Record<keyof typeof EVENTS, MeetingState | 'refused'>> = {
    waiting: { hostJoins: 'open', end: 'ended' },
    open: { hostJoins: 'open', end: 'ended' },
    ended: { hostJoins: 'refused', end: 'ended' },
  };
  const pairs = Object.entries(EXPECTED).flatMap(([state, row]) =>
    Object.entries(row).map(([event, next]) => [state, event, next] as const),
  ) as [MeetingState, keyof typeof EVENTS, MeetingState | 'refused'][];

  test('has no states and no events but these', () => {
    expect(Object.keys(MEETING_TRANSITIONS)).toEqual(Object.keys(EXPECTED));
    const events = new Set(Object.values(MEETING_TRANSITIONS).flatMap((row) => Object.keys(row)));
    expect([...events]).toEqual(Object.keys(EVENTS));
  });

  test.each(pairs)('that is %s: %s makes it %s', (state, event, next) => {
    const meeting = meetingIn(state, state === 'open' ? { roomId: 'RM0' } : {});
    if (next === 'refused') expect(() => EVENTS[event](meeting)).toThrow(NOT_ALLOWED);
    else expect(EVENTS[event](meeting).state).toBe(next);
  });

  test('is told of a fresh room, and stays as it is where nothing changes', () => {
    const open = meetingIn('open', { roomId: 'RM0' });
    expect(openMeeting(open, 'RM1')).toEqual({ ...open, roomId: 'RM1' });
    expect(openMeeting(open, 'RM0')).toBe(open);
    const ended = meetingIn('ended');
    expect(endMeeting(ended)).toBe(ended);
  });

  test('is live until it has ended', () => {
    for (const state of ['waiting', 'open'] as const) requireLive(meetingIn(state));
    expect(() => requireLive(meetingIn('ended'))).toThrow(NOT_ALLOWED);
  });

  test.each([
    ['waiting', undefined, { state: 'waiting' }],
    ['waiting', 'RM1', { state: 'waiting' }],
    ['open', undefined, { state: 'admitted' }],
    ['open', 'RM1', { state: 'admitted', room_id: 'RM1' }],
    ['ended', undefined, { state: 'ended' }],
    ['ended', 'RM1', { state: 'ended' }],
  ] as const)('that is %s, with room %s, looks to all its guests like %o', (state, roomId, view) => {
    expect(lobbyView({ state, ...(roomId === undefined ? {} : { roomId }) })).toEqual(view);
  });
});

describe('a guest of a meeting with manual admission', () => {
  const EXPECTED: Record<GuestState, Record<GuestEvent, GuestState | 'gone' | 'refused'>> = {
    waiting: { enter: 'waiting', admit: 'admitted', deny: 'denied', remove: 'removed', leave: 'gone' },
    admitted: { enter: 'admitted', admit: 'admitted', deny: 'refused', remove: 'removed', leave: 'gone' },
    denied: { enter: 'refused', admit: 'admitted', deny: 'denied', remove: 'removed', leave: 'denied' },
    removed: { enter: 'refused', admit: 'refused', deny: 'refused', remove: 'removed', leave: 'removed' },
  };
  const pairs = Object.entries(EXPECTED).flatMap(([state, row]) =>
    Object.entries(row).map(([event, next]) => [state, event, next] as const),
  ) as [GuestState, GuestEvent, GuestState | 'gone' | 'refused'][];

  test('has no states but these', () => {
    expect(Object.keys(GUEST_TRANSITIONS)).toEqual(Object.keys(EXPECTED));
  });

  test.each(pairs)('who is %s: %s makes it %s', (state, event, next) => {
    if (next === 'refused') expect(() => nextGuestState(state, event)).toThrow(NOT_ALLOWED);
    else expect(nextGuestState(state, event)).toBe(next);
  });

  const views: [GuestState, MeetingState, string | undefined, object][] = [
    ['waiting', 'waiting', undefined, { state: 'waiting' }],
    ['waiting', 'open', 'RM1', { state: 'waiting' }],
    ['admitted', 'waiting', undefined, { state: 'admitted' }],
    ['admitted', 'open', 'RM1', { state: 'admitted', room_id: 'RM1' }],
    ['denied', 'waiting', undefined, { state: 'denied' }],
    ['denied', 'open', 'RM1', { state: 'denied' }],
    ['removed', 'waiting', undefined, { state: 'denied' }],
    ['removed', 'open', 'RM1', { state: 'denied' }],
    ...(['waiting', 'admitted', 'denied', 'removed'] as const).map(
      (state): [GuestState, MeetingState, string, object] => [state, 'ended', 'RM1', { state: 'ended' }],
    ),
  ];
  test.each(views)(
    'who is %s in a meeting that is %s, with room %s, is shown %o',
    (state, of, roomId, view) => {
      expect(guestView({ state }, meetingIn(of, roomId === undefined ? {} : { roomId }))).toEqual(view);
    },
  );
});

describe('removing guests', () => {
  const many = (count: number, prefix = 'g') => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

  test('bars them, whoever else is there', () => {
    const meeting = removeGuests(meetingIn('open'), ['g1', 'g2']);
    expect(['g1', 'g2', 'g3', '', 'g'].map((id) => isRemoved(meeting, id))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isRemoved({ ...meeting, key: 'ET2' }, 'g1')).toBe(false);
  });

  test('twice is once', () => {
    const meeting = removeGuests(meetingIn('open'), ['g1', 'g1']);
    expect(meeting.removed).toHaveLength(1);
    expect(removeGuests(meeting, ['g1'])).toBe(meeting);
    expect(removeGuests(meeting, [])).toBe(meeting);
  });

  test('ends where the list would not fit into a record, without removing some of them', () => {
    const full = removeGuests(meetingIn('open'), many(MAX_REMOVED_GUESTS));
    expect(full.removed).toHaveLength(MAX_REMOVED_GUESTS);
    expect(removeGuests(full, many(MAX_REMOVED_GUESTS))).toBe(full);
    expect(() => removeGuests(full, ['one more'])).toThrow(NOT_ALLOWED);
    expect(() => removeGuests(meetingIn('open'), many(MAX_REMOVED_GUESTS + 1))).toThrow(NOT_ALLOWED);
    // 16 KiB is what a Sync document holds.
    expect(JSON.stringify(full.removed).length).toBeLessThan(15 * 1024);
  });

  test('is refused once the meeting has ended', () => {
    expect(() => removeGuests(meetingIn('ended'), ['g1'])).toThrow(NOT_ALLOWED);
  });

  test('leaves marks that lead to nobody', () => {
    const marks = new Set(many(2000).map((id) => removalMark('ET1', id)));
    expect(marks.size).toBe(2000);
    for (const mark of marks) expect(mark).toMatch(/^[\w-]{11}$/);
    expect(removalMark('ET1', 'g1')).not.toBe(removalMark('ET2', 'g1'));
  });
});

describe('a ticket', () => {
  const secrets = new Secrets('one secret, long enough to be one');
  const NOW = 1_000_000;
  const content = fc.record({
    meetingKey: fc.string(),
    meetingId: fc.stringMatching(/^[1-9]\d{3,14}$/),
    admission: fc.constantFrom('auto' as const, 'manual' as const),
    name: fc.string({ unit: 'grapheme' }),
    enteredAt: fc.nat(),
    expiresAt: fc.integer({ min: NOW + 1 }),
  });
  const example = {
    meetingKey: 'ET1',
    meetingId: '123456',
    admission: 'manual',
    name: 'Ann',
    enteredAt: 1,
    expiresAt: NOW + 1,
  } as const;
  const issue = (ticket: Omit<Ticket, 'guestId'> = example) => {
    const guest = newGuest(secrets);
    return { guest, text: issueTicket(secrets, guest, ticket) };
  };

  test('says what it was issued for', () => {
    fc.assert(
      fc.property(content, (ticket) => {
        const { guest, text } = issue(ticket);
        expect(readTicket(secrets, text, NOW)).toEqual({ ...ticket, guestId: guest.guestId });
      }),
    );
  });

  test('says the number in the queue, too, and one from before it named the meeting stays good', () => {
    const { meetingId: _, ...old } = example;
    for (const ticket of [{ ...example, place: 7 }, old, { ...old, place: 7 }]) {
      const { guest, text } = issue(ticket);
      expect(readTicket(secrets, text, NOW)).toEqual({ ...ticket, guestId: guest.guestId });
    }
  });

  test('travels in a URL or a form as it is, and fits', () => {
    const { text } = issue({ ...example, name: '李'.repeat(80) });
    expect(text).toMatch(/^[\w-]+\.[\w-]+$/);
    expect(text.length).toBeLessThan(1000);
  });

  test('holds until it expires and not a moment longer', () => {
    const { text } = issue();
    expect(readTicket(secrets, text, example.expiresAt - 1)).toBeDefined();
    for (const late of [0, 1, 1e12])
      expect(readTicket(secrets, text, example.expiresAt + late)).toBeUndefined();
  });

  test('is worth nothing with any byte changed, added or left out', () => {
    const { text } = issue();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ é\0';
    for (let at = 0; at <= text.length; at += 1) {
      const [before, after, rest] = [text.slice(0, at), text.slice(at), text.slice(at + 1)];
      if (after !== '') expect(readTicket(secrets, before + rest, NOW)).toBeUndefined();
      for (const character of alphabet) {
        expect(readTicket(secrets, before + character + after, NOW)).toBeUndefined();
        if (character === after[0] || after === '') continue;
        expect(readTicket(secrets, before + character + rest, NOW)).toBeUndefined();
      }
    }
  });

  test('of another secret, or whatever else comes, is none', () => {
    const { text, guest } = issue();
    expect(readTicket(new Secrets('another secret'), text, NOW)).toBeUndefined();
    const body = text.split('.')[0] ?? '';
    for (const purpose of ['guest-id', 'object-name', 'client'] as const) {
      const forged = `${body}.${secrets.mac(purpose, body).toString('base64url')}`;
      expect(readTicket(secrets, forged, NOW)).toBeUndefined();
    }
    for (const other of ['', '.', '..', guest.guestId, guest.nonce, `${text}.${text}`, body]) {
      expect(readTicket(secrets, other, NOW)).toBeUndefined();
    }
    fc.assert(fc.property(fc.string(), (any) => expect(readTicket(secrets, any, NOW)).toBeUndefined()));
  });

  test('gives the guest an id that says nothing about it', () => {
    const guests = Array.from({ length: 1000 }, () => newGuest(secrets));
    expect(new Set(guests.map(({ guestId }) => guestId)).size).toBe(1000);
    for (const { guestId, nonce } of guests) {
      expect(guestId).toMatch(/^g[0-9a-f]{16}$/);
      expect(Buffer.from(nonce, 'base64url')).toHaveLength(16);
    }
    const { text, guest } = issue();
    expect(text).not.toContain(guest.guestId);
    expect(Buffer.from(text, 'base64url').toString()).not.toContain(guest.guestId);
  });
});

describe('secrets', () => {
  test('are compared whole', () => {
    expect(sameSecret('secret', 'secret')).toBe(true);
    for (const other of ['', 'secre', 'secret ', 'Secret', 'secretsecret']) {
      expect(sameSecret(other, 'secret')).toBe(false);
    }
  });

  test('of different purposes and roots tell nothing of each other', () => {
    const macs = ['ticket', 'guest-id', 'object-name', 'client'].flatMap((purpose) =>
      ['a', 'b'].map((root) => new Secrets(root).mac(purpose as 'ticket', 'm').toString('hex')),
    );
    expect(new Set(macs).size).toBe(macs.length);
    expect(new Secrets('a').mac('ticket', 'm')).toEqual(new Secrets('a').mac('ticket', 'm'));
  });
});

describe('a meeting number', () => {
  test.each([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])(
    'of %i digits has them, the first not 0',
    (digits) => {
      const shape = new RegExp(`^[1-9]\\d{${digits - 1}}$`);
      const numbers = Array.from({ length: 300 }, () => randomMeetingId(digits));
      for (const number of numbers) {
        expect(number).toMatch(shape);
        expect(String(Number(number))).toBe(number);
      }
    },
  );

  test.each([4, 9, 15])('of %i digits has each digit in each place as often as any other', (digits) => {
    const DRAWS = 9000;
    const counts = Array.from({ length: digits }, () => Array.from({ length: 10 }, () => 0));
    for (let draw = 0; draw < DRAWS; draw += 1) {
      randomMeetingId(digits)
        .split('')
        .forEach((digit, place) => {
          const row = counts[place] ?? [];
          row[Number(digit)] = (row[Number(digit)] ?? 0) + 1;
        });
    }
    counts.forEach((row, place) => {
      const digitsHere = place === 0 ? row.slice(1) : row;
      const expected = DRAWS / digitsHere.length;
      const chiSquare = digitsHere.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // Nine degrees of freedom: one draw in ten million is beyond 50.
      expect(chiSquare).toBeLessThan(50);
    });
  });
});

describe('an allowance', () => {
  const limit: Limit = { capacity: 3, refillMs: 1000 };
  const spent = (times: number, now = 0) => {
    let allowance = allowanceAt(undefined, limit, now);
    for (let i = 0; i < times; i += 1) allowance = spendOne(allowance);
    return allowance;
  };

  test('is whole for somebody new, and never below nothing', () => {
    expect(spent(0)).toEqual({ left: 3, at: 0 });
    expect([1, 2, 3, 4, 100].map((times) => spent(times).left)).toEqual([2, 1, 0, 0, 0]);
  });

  test.each([
    [0, 0],
    [999, 0.999],
    [1000, 1],
    [2500, 2.5],
    [3000, 3],
    [1e9, 3],
    [-5000, 0],
  ])('used up grows back with time, up to the whole: after %i ms %d', (ms, left) => {
    expect(allowanceAt(spent(3), limit, ms)).toEqual({ left, at: ms });
  });

  test.each([
    [3, 0],
    [1, 0],
    [0.999, 1],
    [0.5, 1],
    [0, 1],
  ])('of %d means a wait of %i seconds', (left, seconds) => {
    expect(secondsUntilOne({ left, at: 0 }, limit)).toBe(seconds);
  });

  test('that is waited for as long as it says is there', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.nat(200_000),
        fc.constantFrom(MISSES_PER_CLIENT, MISSES_IN_ALL),
        (n, at, of) => {
          let allowance = allowanceAt(undefined, of, at);
          for (let i = 0; i < n; i += 1) allowance = spendOne(allowance);
          const later = at + secondsUntilOne(allowance, of) * 1000;
          expect(secondsUntilOne(allowanceAt(allowance, of, later), of)).toBe(0);
        },
      ),
    );
  });
});

describe('the identity in the room', () => {
  test.each(['', 'Ann', 'a:b', ':', '::x', 'Dr. Åsa 李', '👩‍👩‍👧:🚪', 'עברית', ' '])(
    'leads back to id and name: %j',
    (name) => {
      const identity = roomIdentity('g0123456789abcdef', name);
      expect([idOfIdentity(identity), nameOfIdentity(identity)]).toEqual(['g0123456789abcdef', name]);
    },
  );

  test('does so for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const identity = roomIdentity('g1', name);
        expect([idOfIdentity(identity), nameOfIdentity(identity)]).toEqual(['g1', name]);
      }),
    );
  });
});

describe('many calls at once', () => {
  test('keep their order, and are never more than a vendor likes', async () => {
    let [running, most] = [0, 0];
    const items = Array.from({ length: 200 }, (_, i) => i);
    const doubled = await inParallel(items, async (item) => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return item * 2;
    });
    expect(doubled).toEqual(items.map((item) => item * 2));
    expect(most).toBe(32);
    expect(await inParallel([], () => Promise.reject(new Error('never')))).toEqual([]);
  });

  test('are all tried, even if one fails', async () => {
    const tried: number[] = [];
    const run = (item: number): Promise<void> => {
      tried.push(item);
      return item % 2 === 0 ? Promise.reject(new Error(`no ${item}`)) : Promise.resolve();
    };
    await expect(inParallel([1, 2, 3, 4], run)).rejects.toThrow('no 2');
    expect(tried).toEqual([1, 2, 3, 4]);
  });

  test('have all ended when one that failed is told of', async () => {
    let hasEnded = false;
    const slow = new Promise((resolve) => setTimeout(resolve, 20)).then(() => (hasEnded = true));
    await expect(together([Promise.reject(new Error('at once')), slow])).rejects.toThrow('at once');
    expect(hasEnded).toBe(true);
    expect(await together([Promise.resolve(1), 'two', undefined])).toEqual([1, 'two', undefined]);
  });
});
