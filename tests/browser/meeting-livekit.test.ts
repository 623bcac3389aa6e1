/** Meetings on a real livekit-server, as `npm start` runs it where one is installed; and what only it can do. */
import type { Page } from 'playwright-core';
import { BUILD_MS } from '../real/installed-livekit-server';
import { meetingContract } from './meeting.contract';
import { isCalm } from './pages/calm';
import { startInstalledWorld } from './pages/installed-world';
import { askToJoin, inRoom, joinAsHost, press, startMeeting, waits, watches } from './pages/people';
import { dropEveryPacket, MEASURED, says } from './pages/precall';
import { startWorld } from './pages/world';

meetingContract({
  name: 'LiveKit',
  start: () => startInstalledWorld({ MEETINGS_PROVIDER: 'livekit' }),
  patience: BUILD_MS,
  more: (world) => {
    test('a network that is gone for more than a minute ends the call; all are led back when it is there again', async () => {
      const line = await world().line();
      const { origin } = line;
      const meeting = await startMeeting(world(), 'auto', { origin });
      await joinAsHost(meeting);
      const ann = await askToJoin(world(), meeting.id, 'Ann', { origin });
      const created = await world().call('/api/v1/meetings/create', {});
      const { meeting_link } = JSON.parse(created.text) as { meeting_link: string };
      const visitor = await world().open(new URL(meeting_link).pathname, { origin });
      await visitor.page.getByLabel('Your name').fill('Vera');
      await press(visitor.page, 'Join now');
      const tabs = [meeting.host, ann, visitor];
      for (const tab of tabs) await inRoom(tab.page);
      // Longer than what the pages take for a stay that had hardly begun.
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      line.cut();
      for (const tab of [ann, visitor]) {
        await tab.page.getByRole('heading', { name: 'One moment', level: 1 }).waitFor({ timeout: 70_000 });
      }
      await meeting.host.page
        .getByRole('heading', { name: 'Your meeting is ready', level: 1 })
        .waitFor({ timeout: 70_000 });
      line.mend();
      for (const tab of tabs) {
        await tab.page.getByRole('button', { name: 'Leave the meeting' }).waitFor();
      }
      await Promise.all([watches(meeting.host.page, 1), watches(ann.page, 1)]);
      for (const tab of tabs)
        expect((await tab.faults()).filter((fault) => fault.startsWith('error'))).toEqual([]);
    });

    test('before a call the way to the server is measured', async () => {
      const { id } = await startMeeting(world(), 'auto');
      const ann = await world().open(`/test.html#${id}`);
      await says(ann.page, 'Connection', MEASURED);
      await says(ann.page, 'Connection', /\d+ ms there and back · \d+ % lost · [\d,]+ kbit\/s sent/);
      await isCalm(ann);
    });

    test.each([
      [
        'does not lead to the server',
        (page: Page) => page.routeWebSocket(/\/rtc/, (socket) => socket.close()),
        'The video service cannot be reached from here.',
      ],
      ['lets no packet through', dropEveryPacket, 'Your network blocks video calls.'],
    ] as const)('before a call, a network that %s is called so', async (_, fault, words) => {
      const { id } = await startMeeting(world(), 'auto');
      const ann = await world().open(`/test.html#${id}`, { prepare: fault });
      await says(ann.page, 'Connection', words);
    });

    test('a token that the server does not take is explained, and another one joins', async () => {
      const meeting = await startMeeting(world(), 'auto');
      await joinAsHost(meeting);
      const ann = await world().open(`/meeting.html#${meeting.id}`);
      await ann.page.route('**/user/join', async (route) => {
        const answer = (await (await route.fetch()).json()) as { token: string };
        await route.fulfill({ json: { ...answer, token: answer.token.replace(/.{6}$/, 'AAAAAA') } });
      });
      await ann.page.getByLabel('Your name').fill('Ann');
      await press(ann.page, 'Ask to join');
      await ann.page.getByText(/Your invitation into the room took too long and has expired/).waitFor();
      await ann.page.unroute('**/user/join');
      await press(ann.page, 'Try again');
      await inRoom(ann.page);
    });
  },
});

test('without a server for media, people are told so and how to get one', async () => {
  const trial = await startWorld({ MEETINGS_PROVIDER: 'livekit' });
  try {
    const meeting = await startMeeting(trial, 'auto');
    const { page } = meeting.host;
    const ann = await askToJoin(trial, meeting.id, 'Ann');
    await waits(ann.page);
    await press(page, 'Join the meeting');
    const words = /This is a trial run without a media server.* the first lines that it wrote say how/;
    for (const tab of [meeting.host, ann]) await tab.page.getByText(words).first().waitFor();
    await isCalm(meeting.host, ann);
    // That no network is at fault the test before a call knows, too.
    const bob = await trial.open(`/test.html#${meeting.id}`);
    await says(bob.page, 'Connection', 'You are connected.');
  } finally {
    await trial.close();
  }
});
