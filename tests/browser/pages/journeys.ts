/** Ways through all that there is to be seen, which stop at every view for whoever wants to look at it. */
import { goOnline, inCall, rings, says } from './callers';
import {
  askToJoin,
  closePanel,
  confirm,
  field,
  inRoom,
  joinAsHost,
  named,
  openPeople,
  press,
  sees,
  startMeeting,
  waits,
  watches,
} from './people';
import { createRoom, isLive } from './room-goers';
import type { Tab, TabOptions } from './tab';
import { inWordsOf } from './words';
import type { World } from './world';

export interface Journey {
  readonly world: Pick<World, 'open' | 'call'>;
  readonly options: TabOptions;
  /** Called at every view, with a name for it. */
  readonly look: (view: string, tab: Tab) => Promise<void>;
}

/** What everybody finds who opens an address. */
export async function throughPages({ world, options, look }: Journey): Promise<void> {
  const created = await world.call('/api/v1/meetings/create', {});
  const { meeting_id: id } = JSON.parse(created.text) as { meeting_id: string };
  const pages = {
    start: '/',
    'host without a meeting': '/host.html',
    'join without a number': '/meeting.html',
    'join with a wrong number': '/meeting.html#1',
    'join with a number': '/meeting.html#123456',
    'link of a meeting': `/meeting/${id}`,
    'link of no meeting': '/meeting/abc-defg-hij',
    'calls, nobody yet': '/calls.html',
    'rooms, list': '/rooms.html',
    reference: '/docs.html',
  };
  for (const [view, path] of Object.entries(pages)) {
    const tab = await world.open(path, options);
    await tab.page.waitForLoadState('networkidle');
    await look(view, tab);
    await tab.close();
  }
}

/** A host and a guest, from the start page to the end. */
export async function throughMeeting({ world, options, look }: Journey): Promise<void> {
  const meeting = await startMeeting(world, 'manual', options);
  const { host } = meeting;
  await look('lobby of the host', host);
  const ann = await askToJoin(world, meeting.id, 'Ann', options);
  await waits(ann.page);
  await look('waiting room', ann);
  await named(host.page, 'button', 'Admit Ann').waitFor();
  await look('lobby of the host, somebody waits', host);
  await joinAsHost(meeting);
  await look('call, somebody waits', host);
  await openPeople(host.page);
  await look('people, somebody waits', host);
  await press(host.page, 'Admit Ann');
  await inRoom(ann.page);
  await Promise.all([watches(host.page, 1), watches(ann.page, 1)]);
  await look('people', host);
  await look('call', ann);
  await press(ann.page, 'Turn camera off');
  await press(ann.page, 'Turn microphone off');
  await look('call, camera and microphone off', ann);
  await press(ann.page, 'More options');
  await look('menu', ann);
  await ann.page.keyboard.press('Escape');
  await press(host.page, 'Remove Ann');
  await look('question', host);
  await confirm(host.page, 'Remove');
  await sees(ann.page, 'You were removed from this meeting');
  await look('removed', ann);
}

/** One calls another, who declines; then answers. */
export async function throughCalls({ world, options, look }: Journey): Promise<void> {
  const nameless = await world.open('/calls.html', options);
  await press(nameless.page, 'Go online');
  await look('calls, without a name', nameless);
  await nameless.close();
  const ann = await goOnline(world, 'Ann', options);
  await look('calls, nobody else', ann);
  await press(ann.page, 'Try picture and sound');
  await field(ann.page, 'Your camera picture').waitFor();
  await look('trying picture and sound', ann);
  await press(ann.page, 'Close');
  const ben = await goOnline(world, 'Ben', { ...options, place: 'Nairobi' });
  await press(ben.page, 'Call Ann');
  await rings(ann.page, 'Ben');
  await look('ringing', ann);
  await sees(ben.page, 'Calling Ann');
  await look('calling', ben);
  await press(ben.page, 'Hang up');
  await says(ann, 'You have missed a call from Ben.');
  await look('missed', ann);
  await press(ann.page, 'Call back Ben');
  await rings(ben.page, 'Ann');
  await press(ben.page, 'Accept');
  await Promise.all([inCall(ann), inCall(ben)]);
  await watches(ben.page, 1);
  await look('call of two', ben);
  await press(ben.page, 'Hang up');
  await says(ann, 'The call with Ben has ended.');
  await look('call over', ann);
  await press(ann.page, 'Change');
  await sees(ann.page, 'Your name and place');
  await look('another name', ann);
}

/** A room that is created, joined, and looked back upon. */
export async function throughRooms({ world, options, look }: Journey): Promise<void> {
  const ann = await world.open('/rooms.html', options);
  await isLive(ann.page);
  await createRoom(ann, 'For everybody');
  await look('rooms', ann);
  await ann.page
    .getByRole('button', { name: inWordsOf(ann.page, 'Join For everybody'), exact: true })
    .click();
  await sees(ann.page, 'Who is joining?');
  await press(ann.page, 'Continue');
  await look('who joins, without a name', ann);
  await field(ann.page, 'Your name').fill('Ann');
  await press(ann.page, 'Continue');
  await sees(ann.page, 'Ready to join?');
  await look('ready to join a room', ann);
  await press(ann.page, 'Join now');
  await named(ann.page.getByRole('toolbar'), 'button', 'Leave the room').waitFor();
  await look('in a room', ann);
  await openPeople(ann.page);
  await press(ann.page, 'Invite people');
  await look('invitation', ann);
  await press(ann.page.getByRole('dialog').last(), 'Close');
  await closePanel(ann.page);
  await press(ann.page, 'Leave the room');
  await isLive(ann.page);
  await press(ann.page, 'History of For everybody');
  await sees(ann.page, /^For everybody$/);
  await look('history', ann);
}
