/** What a use case works with. Made anew for every request by compose.ts. */
import type { Secrets } from '../domain/secrets';
import type { Clock } from '../ports/clock';
import type { AllowanceStore } from '../ports/allowance-store';
import type { MediaServer } from '../ports/media-server';
import type { MeetingStore } from '../ports/meeting-store';
import type { WaitingRoom } from '../ports/waiting-room';

export interface Services {
  readonly meetings: MeetingStore;
  readonly waitingRoom: WaitingRoom;
  readonly media: MediaServer;
  readonly allowances: AllowanceStore;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly defaults: { readonly meetingIdDigits: number };
}

/** Who sent the request, as far as a use case needs to know. */
export interface Caller {
  /** The client's network address, or '' when unknown. */
  readonly client: string;
}
