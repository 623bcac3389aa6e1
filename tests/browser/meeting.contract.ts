/** Meetings as people hold them, whichever provider carries picture and sound: on phone, tablet and desktop. */
import { isCalm } from './pages/calm';
import type { InstalledWorld } from './pages/installed-world';
import {
  askToJoin,
  confirm,
  goOnWithoutNetwork,
  hears,
  inRoom,
  joinAsHost,
  openPeople,
  press,
  sees,
  shareScreen,
  startMeeting,
  tileOf,
  waits,
  watches,
} from './pages/people';
import { DESKTOP, PHONE, SIZES, TABLET, type Tab } from './pages/tab';

export interface MediaProvider {
  readonly name: string;
  readonly start: () => Promise<InstalledWorld>;
  /** ms */
  readonly patience: number;
  /** What only this provider can do, in the same world. */
  readonly more?: (world: () => InstalledWorld) => void;
}

export function meetingContract({ name, start, patience, more }: MediaProvider): void {
  describe(`meetings on ${name}`, () => {
    let world: InstalledWorld;
    beforeAll(async () => {
      world = await start();
    }, patience);
    afterEach(() => world.closeTabs());
    afterAll(() => world.close());

    /** A meeting that goes on, with somebody in it. */
    async function together(): Promise<{ id: string; host: Tab; ann: Tab }> {
      const meeting = await startMeeting(world, 'auto');
      await joinAsHost(meeting);
      const ann = await askToJoin(world, meeting.id, 'Ann');
      await Promise.all([watches(meeting.host.page, 1), watches(ann.page, 1)]);
      return { ...meeting, ann };
    }

    test.each(SIZES)(
      'on a %s a guest waits, is admitted, both see and hear each other, and the guest leaves',
      async (_, size) => {
        const meeting = await startMeeting(world, 'manual', { size });
        const { page } = meeting.host;
        const ann = await askToJoin(world, meeting.id, 'Ann', { size });
        await waits(ann.page);
        await joinAsHost(meeting);
        await isCalm(ann);
        await openPeople(page);
        await press(page, 'Admit Ann');
        await inRoom(ann.page);
        await Promise.all([watches(page, 1), watches(ann.page, 1)]);
        await Promise.all([hears(page, 1), hears(ann.page, 1)]);
        await page.getByRole('list', { name: 'In the meeting' }).getByText('Ann').first().waitFor();
        await tileOf(ann.page, 'Dr. Noor').getByText('Host').waitFor();
        await isCalm(meeting.host, ann);
        await press(ann.page, 'Leave the meeting');
        await sees(ann.page, 'You have left');
        await page.getByLabel('Picture of Ann').waitFor({ state: 'detached' });
        await isCalm(meeting.host, ann);
      },
    );

    test('a host and three guests, who came early or late, all see and hear one another', async () => {
      const meeting = await startMeeting(world, 'auto');
      const early = await askToJoin(world, meeting.id, 'Ann', { size: PHONE });
      await waits(early.page);
      await joinAsHost(meeting);
      await inRoom(early.page);
      const late = [
        await askToJoin(world, meeting.id, 'Zoë 名 🎈', { size: TABLET }),
        await askToJoin(world, meeting.id, 'Carl', { size: DESKTOP }),
      ];
      const tabs = [meeting.host, early, ...late];
      await Promise.all(tabs.map(({ page }) => watches(page, 3)));
      await Promise.all(tabs.map(({ page }) => hears(page, 3)));
      for (const tab of [meeting.host, early]) await tab.page.getByLabel('Picture of Zoë 名 🎈').waitFor();
      await isCalm(...tabs);
    });

    test('who mutes, turns the camera off or closes the tab is seen to do so', async () => {
      const { host, ann } = await together();
      const tile = tileOf(host.page, 'Ann');
      await press(ann.page, 'Turn camera off');
      await host.page.getByLabel('Picture of Ann').waitFor({ state: 'detached' });
      await press(ann.page, 'Turn microphone off');
      await tile.getByText('Microphone off').first().waitFor();
      await press(ann.page, 'Turn camera on');
      await press(ann.page, 'Turn microphone on');
      await tile.getByText('Microphone off').first().waitFor({ state: 'detached' });
      await Promise.all([watches(host.page, 1), hears(host.page, 1)]);
      await isCalm(host, ann);
      await ann.page.close({ runBeforeUnload: true });
      await tile.waitFor({ state: 'detached' });
    });

    test('who joins with camera and microphone off is seen as such, and can turn them on', async () => {
      const meeting = await startMeeting(world, 'auto');
      await joinAsHost(meeting);
      const { page } = meeting.host;
      const ann = await world.open(`/meeting.html#${meeting.id}`);
      await press(ann.page, 'Turn microphone off');
      await press(ann.page, 'Turn camera off');
      await ann.page.getByLabel('Your name').fill('Ann');
      await press(ann.page, 'Ask to join');
      await tileOf(page, 'Ann').getByText('Microphone off').first().waitFor();
      await press(ann.page, 'Turn microphone on');
      await tileOf(page, 'Ann').getByText('Microphone off').first().waitFor({ state: 'detached' });
      await hears(page, 1);
      await press(ann.page, 'Turn camera on');
      await watches(page, 1);
    });

    test('a shared screen is shown to the others, large, until it is no longer shared', async () => {
      const { host, ann } = await together();
      await shareScreen(host.page);
      const screen = tileOf(ann.page, 'Screen of Dr. Noor');
      await screen.waitFor();
      const [large, small] = await Promise.all([
        screen.boundingBox(),
        tileOf(ann.page, /^Host/).boundingBox(),
      ]);
      expect(large?.width).toBeGreaterThan(3 * (small?.width ?? Infinity));
      await press(host.page, 'Stop sharing your screen');
      await screen.waitFor({ state: 'detached' });
      await watches(ann.page, 1);
      await isCalm(host, ann);
    });

    test('who is removed is told so and stays out; the end is told to everybody', async () => {
      const meeting = await startMeeting(world, 'manual');
      const { page } = meeting.host;
      await joinAsHost(meeting);
      const ann = await askToJoin(world, meeting.id, 'Ann');
      const ben = await askToJoin(world, meeting.id, 'Ben', { size: PHONE });
      await page.getByText('Ben').first().waitFor();
      await press(page, 'Admit all');
      await Promise.all([inRoom(ann.page), inRoom(ben.page)]);
      await press(page, 'Remove Ann');
      await confirm(page, 'Remove');
      await sees(ann.page, 'You were removed from this meeting');
      await ann.page.reload();
      await sees(ann.page, 'You were removed from this meeting');
      await watches(page, 1);

      const carl = await askToJoin(world, meeting.id, 'Carl');
      await waits(carl.page);
      await press(page, 'End for everyone');
      await confirm(page, 'End for everyone');
      for (const tab of [meeting.host, ben, carl]) await sees(tab.page, 'The meeting has ended');
      await isCalm(meeting.host, ann, ben, carl);
    });

    test('reloads lead back into the room, and so does coming back after leaving', async () => {
      const { id, host, ann } = await together();
      await ann.page.reload();
      await inRoom(ann.page);
      await watches(host.page, 1);
      await host.page.reload();
      await inRoom(host.page);
      await Promise.all([watches(host.page, 1), watches(ann.page, 1)]);
      await press(host.page, 'Leave the meeting');
      await sees(host.page, 'You have left');
      await press(host.page, 'Come back');
      await sees(host.page, 'Your meeting is ready');
      await joinAsHost({ id, host });
      await Promise.all([watches(host.page, 1), watches(ann.page, 1)]);
    });

    test('the same guest in another tab takes over, and the first tab says so', async () => {
      const { id, ann } = await together();
      const storage = await ann.page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)));
      const second = await world.open(`/meeting.html#${id}`, {
        prepare: async (page) => {
          await page.addInitScript((items) => {
            for (const [key, value] of Object.entries(items)) sessionStorage.setItem(key, String(value));
          }, storage);
        },
      });
      await inRoom(second.page);
      await sees(ann.page, 'You have joined from another tab');
      await press(ann.page, 'Continue here');
      await inRoom(ann.page);
      await sees(second.page, 'You have joined from another tab');
    });

    test('a network that is gone for a while is said to be, and the call goes on', async () => {
      const meeting = await startMeeting(world, 'auto');
      await joinAsHost(meeting);
      const line = await world.line();
      const ann = await askToJoin(world, meeting.id, 'Ann', { origin: line.origin });
      await watches(ann.page, 1);
      await goOnWithoutNetwork(ann.page, line, 5_000);
      await Promise.all([watches(ann.page, 1), watches(meeting.host.page, 1)]);
      expect(await ann.faults()).toEqual([]);
    });

    test('a full room is said to be, and joined once there is room', async () => {
      const created = await world.call('/admin/create', { max_participants: 2 });
      const { meeting_id: number } = JSON.parse(created.text) as { meeting_id: number };
      const host = await world.open(`/host.html#${number}`);
      await joinAsHost({ id: String(number), host });
      const ann = await askToJoin(world, String(number), 'Ann');
      await inRoom(ann.page);
      const ben = await askToJoin(world, String(number), 'Ben');
      await ben.page.getByText(/The meeting is full/).waitFor();
      await press(ann.page, 'Leave the meeting');
      await sees(ann.page, 'You have left');
      await host.page.getByLabel('Picture of Ann').waitFor({ state: 'detached' });
      await press(ben.page, 'Try again');
      await inRoom(ben.page);
    });

    more?.(() => world);
  });
}
