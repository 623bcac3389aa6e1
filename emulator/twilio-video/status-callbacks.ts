/** Tells a room's StatusCallback what happens in it: https://www.twilio.com/docs/video/api/status-callbacks */
import type { Clock } from '../twilio/clock';
import { WebhookSender } from '../twilio/webhook';
import type { RoomEvent } from './events';
import { seconds, type Participant, type Room } from './room';

type Params = Readonly<Record<string, string>>;

export interface StatusCallbackOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** Events between client and server only, of which the vendor sends no callback. */
const UNTOLD = new Set<RoomEvent['type']>([
  'participant-reconnecting',
  'participant-reconnected',
  'participant-updated',
]);

/**
 * Sends each room's callbacks one after the other, so they arrive in order; rooms do not wait for each other, and
 * nothing else waits for a callback. One that fails is logged and not sent again: the vendor promises no more.
 */
export class StatusCallbacks {
  readonly #options: StatusCallbackOptions;
  readonly #sender: WebhookSender;
  readonly #sequences = new WeakMap<Room, number>();
  readonly #queues = new WeakMap<Room, Promise<void>>();
  #era = 0;

  constructor(options: StatusCallbackOptions) {
    this.#options = options;
    this.#sender = new WebhookSender(options.authToken, options.log);
  }

  /** Takes its number and its picture of the room at once, and is sent when those before it were. */
  notify(event: RoomEvent): void {
    const { room } = event;
    const { statusCallback, statusCallbackMethod } = room.settings;
    if (statusCallback === null || UNTOLD.has(event.type)) return;
    const sequence = this.#sequences.get(room) ?? 0;
    this.#sequences.set(room, sequence + 1);
    const params = { ...this.#commonParams(event, sequence), ...ownParams(event) };
    const era = this.#era;
    const send = async (): Promise<void> => {
      if (era === this.#era) await this.#sender.send(statusCallbackMethod, statusCallback, params);
    };
    this.#queues.set(room, (this.#queues.get(room) ?? Promise.resolve()).then(send));
  }

  /** Drops what is under way and what waits. */
  stop(): void {
    this.#era += 1;
    this.#sender.close();
  }

  #commonParams({ type, room }: RoomEvent, sequence: number): Params {
    return {
      AccountSid: this.#options.accountSid,
      RoomSid: room.sid,
      RoomName: room.uniqueName,
      RoomStatus: room.status,
      RoomType: 'group',
      StatusCallbackEvent: type,
      Timestamp: new Date(this.#options.clock.now()).toISOString(),
      SequenceNumber: String(sequence),
    };
  }
}

function ownParams(event: RoomEvent): Params {
  if (!('participant' in event)) {
    const { createdAt, endedAt } = event.room;
    return endedAt === null ? {} : { RoomDuration: String(seconds(createdAt, endedAt)) };
  }
  const who = participantParams(event.participant);
  return 'track' in event ? { ...who, TrackSid: event.track.sid, TrackKind: event.track.kind } : who;
}

function participantParams({ sid, identity, status, startedAt, endedAt }: Participant): Params {
  const duration = endedAt === null ? {} : { ParticipantDuration: String(seconds(startedAt, endedAt)) };
  return {
    ParticipantSid: sid,
    ParticipantIdentity: identity,
    ParticipantStatus: status === 'disconnected' ? 'disconnected' : 'connected',
    ...duration,
  };
}
