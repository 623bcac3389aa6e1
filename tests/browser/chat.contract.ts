/** The chat beside a call, whichever provider carries it. */
import { barriers } from './pages/barriers';
import { isCalm } from './pages/calm';
import type { InstalledWorld } from './pages/installed-world';
import {
  askToJoin,
  confirm,
  inRoom,
  joinAsHost,
  openPeople,
  press,
  sees,
  startMeeting,
  tells,
  tileOf,
  watches,
  until,
} from './pages/people';
import { DESKTOP, PHONE, type Size, type Tab } from './pages/tab';
import {
  becomesHostile,
  closeChat,
  draft,
  hasRead,
  isTold,
  isWritten,
  kept,
  log,
  openChat,
  write,
} from './pages/writers';

export interface ChatProvider {
  readonly name: string;
  readonly start: () => Promise<InstalledWorld>;
  /** ms */
  readonly patience: number;
}

export function chatContract({ name, start, patience }: ChatProvider): void {
  describe(`the chat on ${name}`, () => {
    let world: InstalledWorld;
    beforeAll(async () => {
      world = await start();
    }, patience);
    afterEach(() => world.closeTabs());
    afterAll(() => world.close());

    async function together(size: Size = DESKTOP): Promise<{ id: string; host: Tab; ann: Tab }> {
      const meeting = await startMeeting(world, 'auto');
      await joinAsHost(meeting);
      const ann = await askToJoin(world, meeting.id, 'Ann', { size });
      await Promise.all([watches(meeting.host.page, 1), watches(ann.page, 1)]);
      return { ...meeting, ann };
    }

    test.each([
      ['phone', PHONE],
      ['desktop', DESKTOP],
    ])('on a %s what one writes is announced, opened, read and answered', async (_, size) => {
      const { host, ann } = await together(size);
      await openChat(host.page);
      await write(host.page, 'Good morning!');
      await tells(ann.page, 'Message from Dr. Noor: Good morning!');
      await isTold(ann.page, 1);
      await write(host.page, 'Have your card at hand.');
      await isTold(ann.page, 2);
      await press(ann.page, 'Dr. Noor: Have your card at hand. Show chat');
      await hasRead(ann.page, 'New messages', 'Good morning!', 'Have your card at hand.');
      for (const words of ['Here it is.', 'Both sides:\nfront and back', 'https://example.com/card']) {
        await write(ann.page, words);
      }
      for (const { page } of [host, ann]) {
        await hasRead(page, 'Good morning!', 'Here it is.', 'front and back', 'https://example.com/card');
        expect(await barriers(page)).toEqual([]);
      }
      await closeChat(ann.page);
      await ann.page.getByRole('button', { name: 'Show chat', exact: true }).waitFor();
      await isCalm(host, ann);
    });

    test('who comes later sees what is said from then on; everybody sees it, once', async () => {
      const { id, host, ann } = await together();
      await openChat(host.page);
      await write(host.page, 'only for Ann');
      await openChat(ann.page);
      await hasRead(ann.page, 'only for Ann');
      const ben = await askToJoin(world, id, 'Ben', { size: PHONE });
      await Promise.all([host, ann, ben].map(({ page }) => watches(page, 2)));
      await openChat(ben.page);
      await ben.page.getByText('Nobody has written anything yet.').waitFor();
      await write(ben.page, 'from Ben');
      await hasRead(host.page, 'from Ben');
      await write(ann.page, 'from Ann');
      await hasRead(host.page, 'from Ann');
      await write(host.page, 'from the host');
      for (const { page } of [host, ann, ben]) await hasRead(page, 'from Ben', 'from Ann', 'from the host');
      expect(await log(ben.page).innerText()).not.toContain('only for Ann');
      await isCalm(host, ann, ben);
    });

    test('a reload keeps what was said and what was being written; leaving keeps nothing', async () => {
      const { host, ann } = await together();
      await Promise.all([openChat(host.page), openChat(ann.page)]);
      await write(ann.page, 'one');
      await hasRead(host.page, 'one');
      await write(host.page, 'two');
      await hasRead(ann.page, 'one', 'two');
      await draft(ann.page).fill('thr');
      await ann.page.reload();
      await inRoom(ann.page);
      await openChat(ann.page);
      await until(() => isWritten(ann.page), 'field to go on writing in');
      await hasRead(ann.page, 'one', 'two');
      expect(await draft(ann.page).inputValue()).toBe('thr');
      await watches(host.page, 1);
      await write(ann.page, 'three');
      await Promise.all([host, ann].map(({ page }) => hasRead(page, 'one', 'two', 'three')));
      await press(ann.page, 'Leave the meeting');
      await sees(ann.page, 'You have left');
      expect(await kept(ann.page)).toEqual([]);
    });

    test('who is removed sees nothing more, and nothing is left of it in the tab', async () => {
      const { host, ann } = await together();
      await openChat(host.page);
      await write(host.page, 'one');
      await openChat(ann.page);
      await hasRead(ann.page, 'one');
      await openPeople(host.page);
      await press(host.page, 'Remove Ann');
      await confirm(host.page, 'Remove');
      await sees(ann.page, 'You were removed from this meeting');
      await openChat(host.page);
      await write(host.page, 'two');
      await host.page.getByText('Nobody else is here, so nobody sees what you write now.').waitFor();
      expect(await ann.page.getByText('two').count()).toBe(0);
      expect(await kept(ann.page)).toEqual([]);
    });

    test('whatever somebody sends is shown as text, in their name, or not at all', async () => {
      const { host, ann } = await together();
      await Promise.all([openChat(host.page), openChat(ann.page)]);
      const wire = (fields: object): string =>
        JSON.stringify({ v: 1, type: 'chat', id: 'hostile-message', text: 'no', ...fields });
      await becomesHostile(ann.page, [
        wire({ id: 'hostile-1', text: '<img src=x onerror=alert(1)>', name: 'Dr. Noor', own: true, at: 0 }),
        'not JSON {',
        wire({ v: 2 }),
        wire({ text: 'x'.repeat(2_001) }),
        wire({ id: 'hostile-2', text: 'invoice\u202egpj.exe javascript:alert(1) https://a@b.example/' }),
        wire({ id: 'hostile-2', text: 'the same once more' }),
      ]);
      for (let count = 1; count <= 6; count += 1) await write(ann.page, `${count}`);
      await write(ann.page, 'and goodbye');
      await hasRead(host.page, '<img src=x onerror=alert(1)>', 'invoicegpj.exe', 'and goodbye');
      const said = await log(host.page).innerText();
      expect(said).not.toMatch(/not JSON|once more|xxxx|Dr\. Noor/);
      expect(await log(host.page).getByRole('link').count()).toBe(0);
      await write(ann.page, 'see https://example.com/a.');
      const link = log(host.page).getByRole('link', { name: 'https://example.com/a' });
      expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
      await isCalm(host);
    });

    test('what is written while the connection is away arrives when it is back, in order, once', async () => {
      const meeting = await startMeeting(world, 'auto');
      await joinAsHost(meeting);
      const line = await world.line();
      const ann = await askToJoin(world, meeting.id, 'Ann', { origin: line.origin });
      await watches(ann.page, 1);
      await Promise.all([openChat(meeting.host.page), openChat(ann.page)]);
      await write(ann.page, 'before');
      await hasRead(meeting.host.page, 'before');
      line.cut();
      await ann.page.getByText('What you write is sent when it is back.').waitFor();
      await write(ann.page, 'while away');
      await write(ann.page, 'and more');
      await log(ann.page).getByText('Is being sent').nth(1).waitFor();
      line.mend();
      await hasRead(meeting.host.page, 'before', 'while away', 'and more');
      await write(meeting.host.page, 'there you are');
      await hasRead(ann.page, 'before', 'while away', 'and more', 'there you are');
    });

    test('a raised hand is seen by all, also by who comes later, and outlives a reload', async () => {
      const { id, host, ann } = await together();
      const ben = await askToJoin(world, id, 'Ben', { size: PHONE });
      await Promise.all([host, ann, ben].map(({ page }) => watches(page, 2)));
      await press(ann.page, 'More options');
      await ann.page.getByRole('menuitem', { name: 'Raise your hand' }).click();
      for (const { page } of [host, ben]) {
        await tells(page, 'Ann has raised a hand.');
        await tileOf(page, 'Ann').getByText('Hand raised').waitFor({ state: 'attached' });
      }
      // Who comes later has heard nothing of what was said before.
      await ben.page.reload();
      await inRoom(ben.page);
      await tileOf(ben.page, 'Ann').getByText('Hand raised').waitFor({ state: 'attached' });
      await ann.page.reload();
      await inRoom(ann.page);
      await tileOf(host.page, 'Ann').getByText('Hand raised').waitFor({ state: 'attached' });
      await press(ann.page, 'Lower your hand');
      for (const { page } of [host, ben]) {
        await tileOf(page, 'Ann').getByText('Hand raised').waitFor({ state: 'detached' });
      }
      await isCalm(host, ann, ben);
    });

    test('Enter sends, Shift and Enter break the line, and a draft outlives the panel', async () => {
      const { host, ann } = await together();
      const { keyboard } = host.page;
      const isThere = await host.page.evaluate(async () => {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', bubbles: true }));
        // Before anything is drawn, which takes longer: the next letter may come at once.
        for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
        return document.activeElement instanceof HTMLTextAreaElement;
      });
      expect(isThere).toBe(true);
      expect(await isWritten(host.page)).toBe(true);
      await keyboard.type('first line');
      await keyboard.press('Shift+Enter');
      await keyboard.type('second line');
      await keyboard.press('Enter');
      await keyboard.type('half a thou');
      await closeChat(host.page);
      await openChat(ann.page);
      await hasRead(ann.page, 'first line', 'second line');
      await openChat(host.page);
      expect(await draft(host.page).inputValue()).toBe('half a thou');
      await draft(host.page).fill('x'.repeat(1_950));
      await host.page.getByText('50 characters left').waitFor();
    });
  });
}
