/** The Sync emulator in a process of its own. */
import { createSyncEmulator, type SyncEmulatorOptions } from '../../emulator/twilio-sync/server';
import { answerCalls } from '../child';
import { bytesInUse, type Memory } from '../memory-in-use';

const calls = {
  /** @returns its origin */
  async start({
    credentials,
  }: {
    readonly credentials: SyncEmulatorOptions['credentials'];
  }): Promise<string> {
    // A thousand guests who open one document at the same moment are more reads than Sync allows in a burst.
    const emulator = createSyncEmulator({ credentials, limits: 'off' });
    return (await emulator.listen()).origin;
  },
  memory: (): Memory => bytesInUse(),
};

export type SyncEmulatorCalls = typeof calls;

answerCalls(calls);
