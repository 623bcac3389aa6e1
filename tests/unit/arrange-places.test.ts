/** People in a call keep their place, whoever else comes and goes; who speaks is in sight. */
import { array, assert, integer, nat, property, record, shuffledSubarray } from 'fast-check';
import { keepInSight, keepPlaces, turn } from '../../src/assets/room/places';
import { createSeating } from '../../src/assets/room/seating';
import { largeOf, tileOf } from '../../src/assets/room/large';

const IDS = Array.from({ length: 30 }, (_, index) => `p${index}`);
const some = shuffledSubarray(IDS, { minLength: 0, maxLength: 30 });

describe('places', () => {
  it('when some go and others come, at most as many move as there are holes left', () => {
    assert(
      property(some, some, (before, now) => {
        const after = keepPlaces(before, now);
        expect([...after].toSorted()).toEqual([...now].toSorted());
        const stay = before.filter((id) => now.includes(id));
        const moved = stay.filter((id) => after.indexOf(id) !== before.indexOf(id));
        const [gone, came] = [before.length - stay.length, now.length - stay.length];
        expect(moved.length).toBeLessThanOrEqual(Math.max(0, gone - came));
      }),
      { numRuns: 500 },
    );
  });

  it('nobody moves when somebody comes', () => {
    expect(keepPlaces(['a', 'b', 'c'], ['c', 'd', 'a', 'b'])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('who was last takes the place of who went, and only that one moves', () => {
    expect(keepPlaces(['a', 'b', 'c', 'd'], ['a', 'c', 'd'])).toEqual(['a', 'd', 'c']);
    expect(keepPlaces(['a', 'b', 'c', 'd'], ['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
  });

  it('who comes as another goes takes that place, and nobody else moves', () => {
    expect(keepPlaces(['a', 'b', 'c'], ['a', 'c', 'd'])).toEqual(['a', 'd', 'c']);
  });
});

describe('in sight', () => {
  it('as many as there is room for, each once, and whoever speaks', () => {
    assert(
      property(
        some,
        some,
        nat(12),
        nat(29),
        array(nat(29), { maxLength: 5 }),
        (before, all, room, who, was) => {
          const speaker = `p${who}`;
          const spoken = was.map((one) => `p${one}`);
          const now = keepInSight([...before].slice(0, room), { all, room, speaker, spoken });
          expect(now).toHaveLength(Math.min(room, all.length));
          expect(new Set(now).size).toBe(now.length);
          for (const id of now) expect(all).toContain(id);
          if (room > 0 && all.includes(speaker)) expect(now).toContain(speaker);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('who speaks takes the place of whoever was silent for longest, and nobody else moves', () => {
    const all = ['a', 'b', 'c', 'd', 'e'];
    const now = keepInSight(['a', 'b', 'c'], { all, room: 3, speaker: 'e', spoken: ['a', 'c'] });
    expect(now).toEqual(['a', 'e', 'c']);
    expect(keepInSight(now, { all, room: 3, speaker: 'c', spoken: ['e', 'a', 'c'] })).toEqual(now);
  });

  it('everybody has been in sight after turning often enough', () => {
    assert(
      property(integer({ min: 1, max: 12 }), integer({ min: 0, max: 18 }), (room, more) => {
        const all = IDS.slice(0, room + more);
        const seen = new Set<string>();
        let sight: readonly string[] = all.slice(0, room);
        for (let turns = 0; turns <= Math.ceil(all.length / room); turns += 1) {
          for (const id of sight) seen.add(id);
          sight = turn(sight, { all, room });
          expect(sight).toHaveLength(Math.min(room, all.length));
        }
        expect(seen.size).toBe(all.length);
      }),
    );
  });
});

describe('what is large', () => {
  const shown = {
    screens: [],
    people: ['person/a', 'person/b'],
    pinned: undefined,
    layout: 'tiles',
    speaker: undefined,
  } as const;

  it('whom somebody has pinned, else screens, else who speaks where that is wanted', () => {
    expect(largeOf(shown)).toEqual([]);
    expect(largeOf({ ...shown, layout: 'speaker', speaker: 'person/b' })).toEqual(['person/b']);
    expect(largeOf({ ...shown, layout: 'speaker' })).toEqual(['person/a']);
    const sharing = { ...shown, screens: ['screen/a', 'screen/b'], layout: 'speaker' } as const;
    expect(largeOf(sharing)).toEqual(['screen/a', 'screen/b']);
    expect(largeOf({ ...sharing, pinned: 'person/b' })).toEqual(['person/b']);
    expect(largeOf({ ...sharing, pinned: tileOf.self })).toEqual([tileOf.self]);
  });

  it('who was pinned and has left is not missed', () => {
    expect(largeOf({ ...shown, pinned: 'person/gone' })).toEqual([]);
    expect(largeOf({ ...shown, people: ['person/a'], pinned: 'person/a' })).toEqual([]);
  });
});

describe('the seating', () => {
  const plan = (
    seating: ReturnType<typeof createSeating>,
    people: readonly string[],
    large: readonly string[] = [],
  ) => seating.plan({ screens: [], people, large, speaker: undefined }, 1342, 737, 12);

  it('those who stay in a call of nine when one far away leaves have the box that they had', () => {
    const seating = createSeating();
    const people = IDS.slice(0, 8);
    const before = plan(seating, people).boxes;
    const after = plan(
      seating,
      people.filter((id) => id !== 'p7'),
    ).boxes;
    for (const id of ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']) expect(after.get(id)).toEqual(before.get(id));
  });

  it('when another one becomes large the two change places, and nobody else moves', () => {
    const seating = createSeating();
    const people = IDS.slice(0, 6);
    const before = plan(seating, people, ['p1']).boxes;
    const after = plan(seating, people, ['p4']).boxes;
    expect(after.get('p1')).toEqual(before.get('p4'));
    expect(after.get('p4')).toEqual(before.get('p1'));
    for (const id of ['p0', 'p2', 'p3', 'p5', tileOf.self]) expect(after.get(id)).toEqual(before.get(id));
  });

  it('who was pinned comes back to the place from before', () => {
    const seating = createSeating();
    const people = IDS.slice(0, 6);
    const before = plan(seating, people).boxes;
    plan(seating, people, ['p1']);
    expect(plan(seating, people).boxes).toEqual(before);
  });

  it('planning the same again changes nothing, whatever came before', () => {
    assert(
      property(
        array(record({ people: some, speaker: nat(29), isLarge: nat(3) }), { minLength: 1, maxLength: 6 }),
        (events) => {
          const seating = createSeating();
          for (const { people, speaker, isLarge } of events) {
            const present = {
              screens: [],
              people,
              large: isLarge === 0 ? people.slice(0, 1) : [],
              speaker: `p${speaker}`,
            };
            const once = seating.plan(present, 366, 730, 12);
            expect(seating.plan(present, 366, 730, 12)).toEqual(once);
            expect(once.boxes.size + once.hidden.length).toBe(people.length + 1);
            expect(once.boxes.has(tileOf.self)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('who speaks comes into sight once; who then looks at others is left to look', () => {
    const seating = createSeating();
    const look = (speaker: string | undefined) =>
      seating.plan({ screens: [], people: IDS, large: [], speaker }, 366, 730, 12);
    const hidden = look(undefined).hidden.at(-1) ?? '';
    expect(look(hidden).boxes.has(hidden)).toBe(true);
    seating.turn();
    expect(look(hidden).boxes.has(hidden)).toBe(false);
  });
});
