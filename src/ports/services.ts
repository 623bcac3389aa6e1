/** What a use case works with. Made anew for every request by compose.ts. */
import type { Secrets } from '../domain/secrets';
import type { Clock } from './clock';
import type { AllowanceStore } from './allowance-store';
import type { MediaServer } from './media-server';
import type { MeetingRegistry } from './meeting-registry';
import type { MeetingStore } from './meeting-store';
import type { WaitingRoom } from './waiting-room';

/** LiveKit, for what is about LiveKit whatever carries the meetings. */
export interface LiveKitService {
  /** The id of the first room of a name is that name. */
  readonly media: MediaServer;
  /** Where its SDK connects to: `wss://…`. */
  readonly url: string;
}

export interface Services {
  readonly meetings: MeetingStore;
  readonly registry: MeetingRegistry;
  readonly waitingRoom: WaitingRoom;
  readonly media: MediaServer;
  /** @throws FoyerError `misconfigured` where there is none. */
  readonly livekit: () => LiveKitService;
  readonly allowances: AllowanceStore;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly defaults: { readonly meetingIdDigits: number };
  /** What links of meetings begin with, without a slash at the end. */
  readonly frontendUrl: string;
}
