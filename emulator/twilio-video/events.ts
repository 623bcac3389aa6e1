/** What happens in rooms, told to whoever listens: the status callbacks and the signalling. */
import type { Participant, Room, Track } from './room';

export type RoomEvent =
  | { readonly type: 'room-created' | 'room-ended'; readonly room: Room }
  | {
      readonly type:
        | 'participant-connected'
        | 'participant-reconnecting'
        | 'participant-reconnected'
        | 'participant-disconnected'
        /** One of its tracks came, went or changed; told once, after the `track-…` events of that change. */
        | 'participant-updated';
      readonly room: Room;
      readonly participant: Participant;
    }
  | {
      readonly type: 'track-added' | 'track-removed' | 'track-enabled' | 'track-disabled';
      readonly room: Room;
      readonly participant: Participant;
      readonly track: Track;
    };

export type RoomListener = (event: RoomEvent) => void;
