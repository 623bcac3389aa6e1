/** Meetings on 100ms, which is emulated, media server included; and the way there, measured before. */
import type { Page } from 'playwright-core';
import { meetingContract } from './meeting.contract';
import { isCalm } from './pages/calm';
import { joinAsHost, startMeeting } from './pages/people';
import { dropEveryPacket, MEASURED, says } from './pages/precall';
import { startWorld } from './pages/world';

meetingContract({
  name: '100ms',
  start: () => startWorld({ MEETINGS_PROVIDER: '100ms' }),
  patience: 60_000,
  more: (world) => {
    test('before a call the way to the provider is measured, and nobody in the meeting notices', async () => {
      const meeting = await startMeeting(world(), 'auto');
      await joinAsHost(meeting);
      const ann = await world().open(`/test.html#${meeting.id}`);
      await says(ann.page, 'Connection', MEASURED);
      await says(ann.page, 'Connection', /\d+ % lost · [\d,]+ kbit\/s sent/);
      await meeting.host.page.getByText('Nobody else is here yet').first().waitFor();
      await isCalm(ann);
    });

    test.each([
      [
        'does not lead to the provider',
        (page: Page) => page.route(/\/init\b/, (route) => route.abort()),
        'The video service cannot be reached from here.',
      ],
      ['lets no packet through', dropEveryPacket, 'Your network blocks video calls.'],
    ] as const)('before a call, a network that %s is called so', async (_, fault, words) => {
      const { id } = await startMeeting(world(), 'auto');
      const ann = await world().open(`/test.html#${id}`, {
        prepare: async (page) => void (await fault(page)),
      });
      await says(ann.page, 'Connection', words);
    });
  },
});
