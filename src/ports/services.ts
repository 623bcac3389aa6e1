/** What use cases work with, in groups; each is made anew for every request that needs it, in src/compose. */
import type { Brand } from '../domain/invitation';
import type { Secrets } from '../domain/secrets';
import type { CallEvents } from './call-events';
import type { CallStore } from './call-store';
import type { Clock } from './clock';
import type { Gateways } from './gateways';
import type { Lines } from './lines';
import type { AllowanceStore } from './allowance-store';
import type { MediaServer } from './media-server';
import type { MeetingRegistry } from './meeting-registry';
import type { MeetingStore } from './meeting-store';
import type { RoomRecords } from './room-records';
import type { RoomWatchers } from './room-watchers';
import type { TextMessages } from './text-messages';
import type { UserDirectory } from './user-directory';
import type { WaitingRoom } from './waiting-room';

/** LiveKit, for what is about LiveKit whatever carries the meetings. */
export interface LiveKitService {
  /** The id of the first room of a name is that name. */
  readonly media: MediaServer;
  /** Where its SDK connects to: `wss://…`. */
  readonly url: string;
}

/** 100ms, for what is about 100ms whatever carries the meetings. */
export interface HundredMsService {
  readonly media: MediaServer;
  /** The name that a room was opened by, from what 100ms calls it; undefined for one that is not ours. */
  readonly nameOf: (vendorName: string) => string | undefined;
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

/** A waiting room as its host sees it. */
export interface HostsWaitingRoomServices {
  readonly room: WaitingRoomServices;
  /** Whether invitations can be sent, and where a local run shows them. */
  readonly textMessages: { readonly hasSender: boolean; readonly shownAt: string | undefined };
}

/** Invitations to meetings with a waiting room. */
export interface InviteServices {
  readonly meetings: MeetingStore;
  readonly allowances: AllowanceStore;
  readonly messages: TextMessages;
  /** Who invites, and in which language. */
  readonly brand: Brand;
  /** What links of meetings begin with, without a slash at the end. */
  readonly frontendUrl: string;
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
  /** By which the caller came. */
  readonly origin: string;
  /** Where pages are, if not there; without a slash at the end. */
  readonly frontendUrl?: string;
}

/** What puts out of LiveKit's rooms whoever should not be there. */
export interface LiveKitGuardServices {
  readonly registry: MeetingRegistry;
  readonly meetings: MeetingStore;
  readonly calls: CallStore;
  readonly livekit: LiveKitService;
}

/** Those of whom the push channel tells when they come and go. */
export interface ChannelPresenceServices {
  readonly waiting: WaitingRoomServices;
  readonly calling: CallServices;
}

/** What puts out of Twilio Video's rooms whoever should not be there. */
export interface VideoGuardServices {
  readonly meetings: MeetingStore;
  readonly calls: CallStore;
  readonly media: MediaServer;
}

/** What puts out of 100ms' rooms whoever should not be there. */
export interface HundredMsGuardServices {
  readonly meetings: MeetingStore;
  readonly hundredMs: HundredMsService;
}

/** Who is online. */
export interface PresenceServices {
  readonly directory: UserDirectory;
  readonly gateways: Gateways;
  readonly clock: Clock;
}

/** Calls that ring. */
export interface CallServices extends PresenceServices {
  readonly calls: CallStore;
  readonly lines: Lines;
  readonly events: CallEvents;
  /** Where the two meet: the call's id is the name of its room. */
  readonly media: MediaServer;
  readonly settings: {
    /** How long a call rings, ms. */
    readonly ringMs: number;
    /** How long a party may be offline before its call is over, ms. */
    readonly graceMs: number;
  };
}

/** Rooms that last, and who is in them. */
export interface RoomServices {
  readonly records: RoomRecords;
  readonly media: MediaServer;
  /** The same, for what can do without: it gives up early. */
  readonly lister: Pick<MediaServer, 'connections'>;
  readonly gateways: Pick<Gateways, 'ends'>;
  readonly watchers: RoomWatchers;
  readonly clock: Clock;
  /** ms for which a socket that was lost still holds whoever joined by it. */
  readonly graceMs: number;
  /** Places in a room. */
  readonly maxParticipants: number;
}
