/** What a page asks of its person's devices, and what of it is open: from its next load on. */
import type { Page } from 'playwright-core';

export interface DevicesAsked {
  /** What has been asked for since the page was loaded, such as `audio+video`. */
  asked(): Promise<string[]>;
  /** What is open: lights are on. */
  live(): Promise<string[]>;
  /** Lets the browser answer, and resolves when it has. */
  answer(): Promise<void>;
}

interface Noted {
  readonly asked: string[];
  readonly opened: MediaStreamTrack[];
  answer(): Promise<void>;
}

/** @param held whether the browser waits with its answers until the test lets it */
export async function noteDevices(page: Page, held: boolean): Promise<DevicesAsked> {
  await page.addInitScript(note, held);
  return {
    asked: () => page.evaluate(() => (window as unknown as { noted: Noted }).noted.asked),
    live: () =>
      page.evaluate(() =>
        (window as unknown as { noted: Noted }).noted.opened
          .filter(({ readyState }) => readyState === 'live')
          .map(({ kind }) => kind)
          .toSorted(),
      ),
    answer: () => page.evaluate(() => (window as unknown as { noted: Noted }).noted.answer()),
  };
}

/** Runs inside the page. */
function note(held: boolean): void {
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  const answers: Promise<MediaStream>[] = [];
  let letGo = (): void => undefined;
  const mayAnswer = held ? new Promise<void>((resolve) => (letGo = resolve)) : Promise.resolve();
  const noted: Noted = {
    asked: [],
    opened: [],
    async answer() {
      letGo();
      await Promise.allSettled(answers);
    },
  };
  Object.assign(window, { noted });
  mediaDevices.getUserMedia = (wanted = {}) => {
    noted.asked.push(['audio', 'video'].filter((kind) => kind in wanted).join('+'));
    const answer = mayAnswer.then(async () => {
      const stream = await ask(wanted);
      noted.opened.push(...stream.getTracks());
      return stream;
    });
    answers.push(answer);
    return answer;
  };
}
