/** What can neither be seen nor heard by name: how many frames a picture has shown, how much sound has come. */
import type { Locator, Page } from 'playwright-core';
import type { Ledger } from './ledger';

/** Frames shown so far, by picture. */
export const shownIn = (pictures: Locator): Promise<number[]> =>
  pictures.evaluateAll((all) =>
    (all as HTMLVideoElement[]).map((video) => video.getVideoPlaybackQuality().totalVideoFrames),
  );

/** The energy that has come so far, by voice. Silence has none. */
export const heardIn = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const { connections } = (window as unknown as { ledger: Ledger }).ledger;
    const reports = await Promise.all(connections.map((connection) => connection.getStats()));
    return reports.flatMap((report) =>
      [...report.values()]
        .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
        .map(({ totalAudioEnergy }) => Number(totalAudioEnergy)),
    );
  });
