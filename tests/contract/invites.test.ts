/** Invitations by text message: to which meetings, with which link, and how many; over this process and over Sync. */
import { MemoryTextMessages } from '../../src/adapters/memory/text-messages';
import { inviteBySms } from '../../src/app/invite-by-sms';
import { memoryWorld } from '../support/memory-world';
import { twilioWorld } from '../support/twilio-world';
import type { World } from '../support/world';
import { actors } from './waiting-room.contract';

const PHONE = '+14155550123';
const phone = (n: number): string => `+1415555${String(1000 + n)}`;

describe.each([
  { name: 'memory', make: (): Promise<World> => memoryWorld() },
  { name: 'Twilio', make: (): Promise<World> => twilioWorld() },
])('invitations over $name', ({ make }) => {
  let world: World;
  let a: ReturnType<typeof actors>;
  let messages: MemoryTextMessages;
  beforeEach(async () => {
    world = await make();
    a = actors(world);
    messages = new MemoryTextMessages(world.services().clock);
  });
  afterEach(() => world.close());

  const invite = (meetingId: string, to = PHONE) => {
    const { meetings, allowances } = world.services();
    const brand = { name: 'Harbour Clinic', language: 'en' } as const;
    const services = { meetings, allowances, messages, brand, frontendUrl: 'https://meet.example' };
    return inviteBySms(services, { meetingId, phone: to });
  };

  test('carry the link that the host’s page shows, the number, and who invites', async () => {
    const id = await a.create();
    await invite(id);
    expect(messages.sent).toEqual([
      {
        phone: PHONE,
        text: `Harbour Clinic invites you to a video meeting, number ${id}:\nhttps://meet.example/meeting.html#${id}`,
      },
    ]);
  });

  test('to nobody’s number, or to a meeting that has ended, are refused and count for nothing', async () => {
    const id = await a.create();
    await a.end(id);
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(invite(id)).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(invite('424242424242')).rejects.toMatchObject({ code: 'not-found' });
    }
    await invite(await a.create());
    expect(messages.sent).toHaveLength(1);
  });

  test('to one phone are three at once and then one every ten minutes, whatever the meeting', async () => {
    const [id, other] = [await a.create(), await a.create()];
    for (const meeting of [id, other, id]) await invite(meeting);
    for (const meeting of [id, other]) {
      await expect(invite(meeting)).rejects.toMatchObject({
        code: 'too-many-requests',
        retryAfter: 600,
        message: expect.stringMatching(/this phone.*600 seconds/),
      });
    }
    await invite(id, phone(1));
    world.advance(600_000);
    await invite(id);
    await expect(invite(id)).rejects.toMatchObject({ code: 'too-many-requests' });
  });

  test('at the same moment are counted each', async () => {
    const id = await a.create();
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => invite(id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(messages.sent).toHaveLength(3);
  });

  test('of one meeting are as many as a room takes, and another meeting may go on', async () => {
    const [id, other] = [await a.create(), await a.create()];
    for (let n = 0; n < 50; n += 1) {
      if (n % 10 === 0) world.advance(1_000);
      await invite(id, phone(n));
    }
    await expect(invite(id, phone(99))).rejects.toMatchObject({
      code: 'too-many-requests',
      message: expect.stringMatching(/this meeting/),
    });
    await invite(other, phone(99));
  });

  test('of all meetings together have an end', async () => {
    for (let meetings = 0; meetings < 5; meetings += 1) {
      const id = await a.create();
      for (let n = 0; n < 40; n += 1) {
        // What Sync takes in a second is no question here; what comes back meanwhile is little.
        if (n % 10 === 0) world.advance(400);
        await invite(id, phone(100 * meetings + n));
      }
    }
    world.advance(1);
    const id = await a.create();
    await expect(
      (async () => {
        for (let n = 0; n < 5; n += 1) await invite(id, phone(900 + n));
      })(),
    ).rejects.toMatchObject({ code: 'too-many-requests', message: expect.stringMatching(/just now/) });
  });
});
