/** What a use case works with. Made anew for every request by compose.ts. */
import type { Secrets } from '../domain/secrets';
import type { Clock } from './clock';
import type { AllowanceStore } from './allowance-store';
import type { MediaServer } from './media-server';
import type { MeetingStore } from './meeting-store';
import type { WaitingRoom } from './waiting-room';

export interface Services {
  readonly meetings: MeetingStore;
  readonly waitingRoom: WaitingRoom;
  readonly media: MediaServer;
  readonly allowances: AllowanceStore;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly defaults: { readonly meetingIdDigits: number };
}
