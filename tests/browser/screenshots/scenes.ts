/** What is on the pictures: everyday moments, played on real pages by people who do not exist. */
import { goOnline, inCall, rings } from '../pages/callers';
import {
  askToJoin,
  choose,
  field,
  inRoom,
  joinAsHost,
  type Meeting,
  named,
  openPeople,
  press,
  startMeeting,
  waits,
  watches,
} from '../pages/people';
import { counts, createRoom, isLive, joinRoom } from '../pages/room-goers';
import { DESKTOP, PHONE, type Tab, TABLET, type TabOptions } from '../pages/tab';
import type { World } from '../pages/world';
import { openChat, write } from '../pages/writers';
import { type Name, SITTERS } from './cast';
import type { Photographer } from './photographer';
import { sit } from './sitters';
import { drawSlide } from './slide';

export interface Stagehands {
  readonly world: Pick<World, 'open' | 'call' | 'closeTabs'>;
  readonly camera: Photographer;
}

const HOST: Name = 'Dr. Noor';

/** A tab before whose camera this person sits. */
const of = (name: Name, options: TabOptions = {}): TabOptions => ({
  scale: options.size?.touch ? 2 : 1.5,
  ...options,
  prepare: async (page) => {
    await page.addInitScript(sit, SITTERS[name]);
    await page.addInitScript(drawSlide);
    await options.prepare?.(page);
  },
});

/** A host and everybody else, in a call. */
async function consultation(
  { world }: Stagehands,
  guests: Readonly<Partial<Record<Name, TabOptions>>>,
  host: TabOptions = {},
): Promise<{ readonly meeting: Meeting; readonly tabs: readonly Tab[] }> {
  const meeting = await startMeeting(world, 'manual', of(HOST, host));
  await joinAsHost(meeting, HOST);
  const tabs: Tab[] = [];
  for (const [name, options] of Object.entries(guests)) {
    const tab = await askToJoin(world, meeting.id, name, of(name as Name, options));
    await waits(tab.page);
    await openPeople(meeting.host.page);
    await press(meeting.host.page, `Admit ${name}`);
    await inRoom(tab.page);
    tabs.push(tab);
  }
  await Promise.all([meeting.host, ...tabs].map(({ page }) => watches(page, tabs.length)));
  return { meeting, tabs };
}

async function opened({ world }: Stagehands, path: string, options: TabOptions = {}): Promise<Tab> {
  const tab = await world.open(path, of(HOST, options));
  await tab.page.waitForLoadState('networkidle');
  return tab;
}

/** Each is played on an empty stage. */
export const SCENES: Readonly<Record<string, (hands: Stagehands) => Promise<void>>> = {
  async start(hands) {
    await hands.camera.take('start', await opened(hands, '/'));
    await hands.camera.take('start-phone-dark', await opened(hands, '/', { size: PHONE, dark: true }));
  },

  async developers(hands) {
    const tab = await opened(hands, '/#build');
    await press(tab.page, 'Run it here');
    await tab.page.waitForLoadState('networkidle');
    await hands.camera.take('developers', tab, 'here');
    await hands.camera.take('reference', await opened(hands, '/docs.html'));
  },

  async 'before the call'(hands) {
    const { world, camera } = hands;
    const meeting = await startMeeting(world, 'manual', of(HOST));
    const guest = await world.open(`/meeting.html#${meeting.id}`, of('Amara Osei', { size: PHONE }));
    await field(guest.page, 'Your name').fill('Amara Osei');
    await camera.take('ready-phone', guest);
    await press(guest.page, 'Ask to join');
    await waits(guest.page);
    await camera.take('waiting-room-phone', guest);
    const next = await askToJoin(world, meeting.id, 'Jonas Weber', of('Jonas Weber'));
    await waits(next.page);
    await field(meeting.host.page, 'Your name (shown to guests)').fill(HOST);
    await named(meeting.host.page, 'button', 'Admit Jonas Weber').waitFor();
    await camera.take('lobby', meeting.host);
    await camera.take('waiting-room-dark', await darkOf(next));
  },

  async call(hands) {
    const { meeting, tabs } = await consultation(hands, {
      'Amara Osei': { size: PHONE },
      'Jonas Weber': {},
      'Mei Lin': {},
    });
    const { page } = meeting.host;
    const [phone, desktop] = tabs;
    if (!phone || !desktop) throw new Error('nobody came');
    await hands.camera.take('call-phone', phone);
    await openChat(desktop.page);
    await write(desktop.page, 'Good morning. I have sent you the new results.');
    await openChat(page);
    await write(page, 'Good morning! Thank you, I am looking at them now.');
    await write(desktop.page, 'Very good. No hurry.');
    await hands.camera.take('chat', desktop);
    await openPeople(page);
    const late = await askToJoin(hands.world, meeting.id, 'Samuel Okoro', of('Jonas Weber'));
    await waits(late.page);
    await named(page, 'button', 'Admit Samuel Okoro').waitFor();
    await hands.camera.take('call', meeting.host);
    await hands.camera.take('call-dark', await darkOf(desktop));
  },

  async screen(hands) {
    const { meeting, tabs } = await consultation(hands, {
      'Amara Osei': { size: TABLET },
      'Jonas Weber': {},
    });
    await choose(meeting.host.page, 'Share your screen');
    for (const [name, tab] of [
      ['screen-tablet', tabs[0]],
      ['screen', tabs[1]],
    ] as const) {
      if (!tab) throw new Error('nobody came');
      await tab.page.getByRole('listitem').filter({ hasText: 'Screen of Dr. Noor' }).waitFor();
      await hands.camera.take(name, tab);
    }
  },

  async calls({ world, camera }) {
    const noor = await goOnline(world, HOST, { ...of(HOST), place: 'Ward 3' });
    const others: Tab[] = [];
    for (const [name, place] of [
      ['Amara Osei', 'Reception'],
      ['Jonas Weber', 'Night desk'],
      ['Mei Lin', 'Laboratory'],
    ] as const) {
      const options = of(name, { size: name === 'Amara Osei' ? PHONE : DESKTOP });
      others.push(await goOnline(world, name, { ...options, place }));
    }
    await named(noor.page, 'button', 'Call Mei Lin').waitFor();
    await camera.take('calls', noor);
    await press(noor.page, 'Call Amara Osei');
    const [amara] = others;
    if (!amara) throw new Error('nobody came');
    await rings(amara.page, HOST);
    await camera.take('ringing-phone', amara);
    await press(amara.page, 'Accept');
    await Promise.all([inCall(noor), inCall(amara)]);
    await Promise.all([watches(noor.page, 1), watches(amara.page, 1)]);
    await camera.take('call-of-two-phone', amara);
  },

  async rooms({ world, camera }) {
    const noor = await world.open('/rooms.html', of(HOST));
    await isLive(noor.page);
    for (const room of ['Supervision', 'Case conference', 'Open consultation']) await createRoom(noor, room);
    const mei = await world.open('/rooms.html', of('Mei Lin'));
    await isLive(mei.page);
    await joinRoom(mei, 'Case conference', 'Mei Lin');
    await press(mei.page, 'Join now');
    await counts(noor.page, 'Case conference', 'One person is here.');
    await camera.take('rooms', noor);
  },

  async arabic({ world, camera }) {
    const options = of('Amara Osei', { size: PHONE, language: 'ar' });
    const meeting = await startMeeting(world, 'manual', of(HOST, { language: 'ar' }));
    const guest = await askToJoin(world, meeting.id, 'سلمى', options);
    await waits(guest.page);
    await camera.take('waiting-room-arabic', guest);
    await joinAsHost(meeting, 'د. نور');
    await openPeople(meeting.host.page);
    await press(meeting.host.page, 'Admit سلمى');
    await inRoom(guest.page);
    await Promise.all([watches(guest.page, 1), watches(meeting.host.page, 1)]);
    await camera.take('call-arabic', meeting.host);
  },
};

async function darkOf(tab: Tab): Promise<Tab> {
  await tab.page.emulateMedia({ colorScheme: 'dark' });
  return tab;
}
