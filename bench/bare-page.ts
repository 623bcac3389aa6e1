/** The peer of our pages: a page with nothing but the unmodified twilio-video, loaded before anybody joins. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { ask } from './ask';
import { firstFrameIn, openTab, PICTURE_LABEL } from './chromium';

const PAGE = `<!doctype html><title>bare</title><script src="/twilio-video.js"></script><body><script>
const { connect, createLocalTracks } = Twilio.Video;
const tracks = createLocalTracks({ audio: true, video: true });
window.ready = tracks.then(() => undefined);
window.join = async ({ token, room_id, connect_options }) => {
  const options = { ...connect_options, name: room_id, tracks: await tracks };
  const begun = performance.timeOrigin + performance.now();
  const room = await connect(token, options);
  window.leave = () => void room.disconnect();
  const show = (track) => {
    if (track.kind !== 'video') return;
    const video = track.attach();
    video.ariaLabel = '${PICTURE_LABEL}somebody';
    document.body.append(video);
  };
  const watch = (participant) => participant.on('trackSubscribed', show);
  room.participants.forEach(watch);
  room.on('participantConnected', watch);
  return begun;
};
</script></body>`;

/** As for the guest on our pages, whom the host's decision takes a moment to reach. */
const REST_MS = 300;

/** What our server hands out to join with. */
interface JoinPass {
  readonly room_id: string;
  readonly token: string;
  readonly connect_options: object;
}

export interface BarePage {
  readonly url: string;
  close(): void;
}

export async function serveBarePage(): Promise<BarePage> {
  const sdk = readFileSync(require.resolve('twilio-video/dist/twilio-video.min.js'));
  const server = createServer(({ url }, response) => {
    const isSdk = url === '/twilio-video.js';
    response.setHeader('content-type', isSdk ? 'text/javascript' : 'text/html');
    response.end(isSdk ? sdk : PAGE);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Puts a host into a room of its own, with a token of our server's and over its sockets.
 * @returns one guest's milliseconds from calling `connect` to the first picture, each time it is called
 */
export async function hostOnBarePage(
  browser: Browser,
  origin: string,
  url: string,
): Promise<() => Promise<number>> {
  const { meeting_id } = await ask<{ meeting_id: number }>(origin, '/admin/create', { admission: 'auto' });
  const pass = await ask<JoinPass>(origin, '/admin/join', { meeting_id });
  await join(await openTab(browser, url), pass);
  return async () => {
    const { room_id } = pass;
    const entered = await ask<{ identity: string }>(origin, '/user/enter-waiting-room', { meeting_id });
    const { identity } = entered;
    const given = await ask<JoinPass>(origin, '/user/join', { meeting_id, room_id, identity });
    const guest = await openTab(browser, url);
    await guest.evaluate('window.ready');
    await guest.waitForTimeout(REST_MS);
    const begun = await join(guest, given);
    const seen = await firstFrameIn(guest);
    await guest.evaluate('window.leave()');
    await guest.context().close();
    return seen - begun;
  };
}

/** @returns when `connect` was called */
const join = (page: Page, pass: JoinPass): Promise<number> =>
  page.evaluate<number>(`window.join(${JSON.stringify(pass)})`);
