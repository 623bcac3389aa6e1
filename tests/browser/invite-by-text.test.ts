/** The invitation by text message: sent, refused in words that help, and not offered where nothing can be sent by. */
import type { Page } from 'playwright-core';
import { barriers } from './pages/barriers';
import { startMeeting } from './pages/people';
import { startWorld, type World } from './pages/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

const invitation = (page: Page) => page.getByRole('region', { name: 'Invite guests' });

async function send(page: Page, phone: string): Promise<void> {
  await invitation(page).getByLabel('Send by text message').fill(phone);
  await invitation(page).getByRole('button', { name: 'Send', exact: true }).click();
}

const says = (page: Page, words: string | RegExp): Promise<void> =>
  invitation(page).getByText(words).waitFor();

test('a host sends the link to a phone, however its number is written, and sees what was sent', async () => {
  const { id, host } = await startMeeting(world, 'manual');
  const { page } = host;
  await send(page, '0044 (7700) 900-123');
  await says(page, /on its way to .*\+447700900123/);
  const shownAt = await invitation(page)
    .getByRole('link', { name: /See what was sent/ })
    .getAttribute('href');
  const outbox = await (await fetch(shownAt ?? '')).text();
  expect(outbox).toContain('+447700900123');
  expect(outbox).toContain(`/meeting.html#${id}`);
  // The next one can be typed at once.
  expect(await invitation(page).getByLabel('Send by text message').inputValue()).toBe('');
  expect(await barriers(page)).toEqual([]);
  expect(await host.faults()).toEqual([]);
});

test('every refusal says what to do, and keeps the number that was typed', async () => {
  const { page } = (await startMeeting(world, 'manual')).host;
  for (const [phone, words] of [
    ['7700 900123', /^Please enter the number with its country code/],
    ['+15005550001', /takes no text messages/],
    ['+15005550004', /has unsubscribed/],
    ['+15005550003', /country or carrier/],
  ] as const) {
    await send(page, phone);
    await says(page, words);
    expect(await invitation(page).getByLabel('Send by text message').inputValue()).toBe(phone);
  }
  for (let times = 0; times < 3; times += 1) {
    await send(page, '+14155550188');
    await says(page, /on its way to .*\+14155550188/);
  }
  await send(page, '+14155550188');
  await says(page, /This phone was sent several invitations already. Please wait 10 min/);
});

test('where nothing can be sent by, nothing is offered', async () => {
  const { page } = (
    await startMeeting(world, 'manual', {
      // A local run always has the emulator to send by: the answer is what a service without a sender says.
      prepare: async (page) => {
        await page.route('**/admin/waiting-room', async (route) => {
          const response = await route.fetch();
          const answer = { ...((await response.json()) as object), text_messages: false };
          await route.fulfill({ response, json: answer });
        });
      },
    })
  ).host;
  await invitation(page).getByRole('button', { name: 'Copy link' }).waitFor();
  expect(await invitation(page).getByLabel('Send by text message').count()).toBe(0);
});
