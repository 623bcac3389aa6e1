/** Ids, rooms and users of persistent meetings, as values. */
import * as fc from 'fast-check';
import {
  isDueForRenewal,
  isPersistentMeetingId,
  KEEP_UNUSED_MS,
  meetingOfRoomName,
  type PersistentMeeting,
  randomPersistentMeetingId,
  roomNameOf,
} from '../../src/domain/persistent-meeting';
import { newUserId } from '../../src/domain/user-id';

const key = `ET${'0'.repeat(32)}`;

test('ids are ten random letters in groups, each as likely as any other', () => {
  const ids = Array.from({ length: 2600 }, randomPersistentMeetingId);
  expect(ids.filter((id) => !/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/.test(id) || !isPersistentMeetingId(id))).toEqual(
    [],
  );
  expect(new Set(ids).size).toBe(ids.length);
  const counts = new Map<string, number>();
  for (const letter of ids.join('').replaceAll('-', '')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(26);
  // A thousand of each are expected; six standard deviations are 190.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(190);
});

test.each([
  '',
  'abc-defg-hi',
  'abc-defg-hijk',
  'ABC-defg-hij',
  'abc-defg-hij\n',
  'abcdefghij',
  'åbc-defg-hij',
  'ab1-defg-hij',
])('%j is no id', (id) => expect(isPersistentMeetingId(id)).toBe(false));

test('a room leads to its meeting, and a name that somebody chose to none', () => {
  const meeting = { id: randomPersistentMeetingId(), key };
  expect(meetingOfRoomName(roomNameOf(meeting))).toEqual(meeting);
  for (const name of [
    'daily',
    meeting.id,
    `${meeting.id}-`,
    `${meeting.id}-short`,
    `x${roomNameOf(meeting)}`,
    `meeting-${key}`,
  ])
    expect(meetingOfRoomName(name)).toBeUndefined();
});

test('a meeting is renewed once a day', () => {
  const meeting: PersistentMeeting = {
    id: 'abc-defg-hij',
    key,
    maxParticipants: 50,
    createdAt: 0,
    isDeleted: false,
    expiresAt: KEEP_UNUSED_MS,
  };
  const day = 24 * 3_600_000;
  expect([0, day - 1, day, day + 1].map((now) => isDueForRenewal(meeting, now))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test('whatever a name is, its user id is one that every address and every vendor takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      expect(newUserId(name)).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*_[0-9a-f]{8}$/);
      expect(newUserId(name).length).toBeLessThanOrEqual(49);
    }),
  );
});
