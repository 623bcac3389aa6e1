/** The page that tests camera, microphone, speaker and connection, as somebody who reads it sees it. */
import type { Page } from 'playwright-core';

/** A measurement takes ten seconds, and giving up a little more. */
const LONG_MS = 60_000;

/** How good it is depends on what else this machine has to do. */
export const MEASURED =
  /^(?:Your connection is good for video|Your picture may stutter|Sound only is advisable)\.$/;

const step = (page: Page, title: string) => page.getByRole('listitem', { name: new RegExp(`^${title}`) });

/** Waits until it does. */
export const says = (page: Page, title: string, words: string | RegExp): Promise<void> =>
  step(page, title).getByText(words).first().waitFor({ timeout: LONG_MS });

/** As where every packet is dropped: there is no way that two ends find to each other. */
export async function dropEveryPacket(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Native = RTCPeerConnection;
    const wayless: RTCConfiguration = { iceServers: [], iceTransportPolicy: 'relay' };
    window.RTCPeerConnection = class extends Native {
      constructor(configuration: RTCConfiguration = {}) {
        super({ ...configuration, ...wayless });
      }
      override setConfiguration(configuration: RTCConfiguration = {}): void {
        super.setConfiguration({ ...configuration, ...wayless });
      }
    };
  });
}
