/** After a deployment that failed or was interrupted: the live service is made what it was, and that is said. */
import type { Twilio } from 'twilio';
import { explainRefusal } from '../setup/account';
import { type LiveEnvironment, putBack } from './live-service';
import { SIGNALS } from './twilio-run';

/**
 * @param before undefined where there was no environment
 * @param what happened, in words
 * @returns how the live service is now, in one line
 */
export async function undo(
  client: Twilio,
  before: LiveEnvironment | undefined,
  suffix: string,
  what: string,
): Promise<string> {
  if (before === undefined || before.buildSid === null)
    return `${what}. There was no version before it: what is there is not finished. Run this again`;
  try {
    const restored = await uninterrupted(() => putBack(client, before, suffix));
    const put = restored.length > 0 ? ` (${restored.join(' and ')} put back)` : '';
    return `${what}. The live service is as it was${put}`;
  } catch (error) {
    return `${what}, and whether the live service is as it was could not be made sure: ${explainRefusal(error)}. Run this again, or look at the service in the console`;
  }
}

/** Who presses Ctrl-C twice would leave half of one version and half of another. */
async function uninterrupted<T>(step: () => Promise<T>): Promise<T> {
  const hear = (): void => console.error('Not yet: the live service is being made what it was');
  // Beside the launcher's own, by which it knows that a signal has come: else it would kill us.
  for (const signal of SIGNALS) process.on(signal, hear);
  try {
    return await step();
  } finally {
    for (const signal of SIGNALS) process.off(signal, hear);
  }
}
