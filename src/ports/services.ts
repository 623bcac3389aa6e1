/** What use cases work with, in groups; each is made anew for every request that needs it, in src/compose. */
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

/** Meetings with a waiting room. */
export interface WaitingRoomServices {
  readonly meetings: MeetingStore;
  readonly waitingRoom: WaitingRoom;
  readonly media: MediaServer;
  readonly allowances: AllowanceStore;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly defaults: { readonly meetingIdDigits: number };
}

/** LiveKit rooms by their names. */
export interface LiveKitRoomServices {
  readonly livekit: LiveKitService;
}

/** Meetings that last, on LiveKit. */
export interface PersistentMeetingServices {
  readonly registry: MeetingRegistry;
  readonly livekit: LiveKitService;
  readonly clock: Clock;
  /** What links of meetings begin with, without a slash at the end. */
  readonly frontendUrl: string;
}

/** What puts out of LiveKit's rooms whoever should not be there. */
export interface LiveKitGuardServices {
  readonly registry: MeetingRegistry;
  readonly meetings: MeetingStore;
  readonly livekit: LiveKitService;
}
