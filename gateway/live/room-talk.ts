/**
 * What a socket says of rooms: `join`, `leave` and `watch`. The functions decide; the gateway remembers where the
 * socket is, so that news of a room finds it.
 */
import type { Audience, RoomPlace } from './audience';
import type { Answer, FunctionsClient } from './functions-client';
import { LIVE_LIMITS, type Pace } from './limits';
import { outgoing, type LiveSocket, type Outgoing } from './live-socket';
import { Refused, TRY_LATER } from './refusal';
import { isObject, type Message } from './wire';

const EVENTS = ['join', 'leave', 'watch'] as const;
type RoomEvent = (typeof EVENTS)[number];

/** Somebody whom a socket has brought into a room. */
export interface Joined {
  readonly roomId: string;
  readonly userId: string;
}

const errorOf = (message: string): Message => ({ event: 'error', data: { message } });

/** Where a socket is in one room. News that comes while the functions are asked about it waits for their answer. */
class Place implements RoomPlace {
  readonly users = new Set<string>();
  isWatching = false;
  #held: Outgoing[] | undefined;

  constructor(private readonly socket: LiveSocket) {}

  tell(message: Outgoing): void {
    if (!this.#held) this.socket.tell(message);
    else if (this.#held.push(message) > LIVE_LIMITS.heldMessages) this.#held.shift();
  }

  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const message of held) this.socket.tell(message);
  }
}

export interface RoomTalkOptions {
  readonly gateway: string;
  readonly functions: FunctionsClient;
  readonly audience: Audience;
  readonly pace: Pace;
  /** Resolves while the gateway can keep what it says. @throws Refused */
  readonly ready: () => Promise<void>;
}

/** One socket's conversation about rooms: one request after the other, so that a leave follows its join. */
export class RoomTalk {
  readonly #places = new Map<string, Place>();
  #work: Promise<void> | undefined;
  #isOver = false;

  constructor(
    private readonly socket: LiveSocket,
    private readonly options: RoomTalkOptions,
  ) {}

  /** Answers one message, sooner or later. */
  hear(text: string): void {
    const said = readRoomMessage(text);
    if ('fault' in said) this.socket.tell(outgoing(errorOf(said.fault)));
    else this.#then(() => this.#answer(said));
  }

  /** Says all again: the functions may have forgotten it. */
  repeat(): void {
    for (const [roomId, { users, isWatching }] of this.#places) {
      for (const userId of users) this.#then(() => this.#joinAgain({ roomId, userId }));
      if (isWatching) this.#then(() => this.#answer({ event: 'watch', roomId, userId: undefined }));
    }
  }

  /** Unless it was refused in the meantime, as who asked for it was told then. */
  async #joinAgain({ roomId, userId }: Joined): Promise<void> {
    const isIn = this.#places.get(roomId)?.users.has(userId) === true;
    if (isIn) await this.#answer({ event: 'join', roomId, userId });
  }

  /** Whom this socket has brought into rooms, as far as is known. */
  joined(): readonly Joined[] {
    return [...this.#places].flatMap(([roomId, { users }]) =>
      [...users].map((userId) => ({ roomId, userId })),
    );
  }

  /**
   * The socket is no more.
   * @returns when what was begun is over, if anything was: then `joined` is known for certain
   */
  close(): Promise<void> | undefined {
    this.#isOver = true;
    for (const [roomId, place] of this.#places) this.options.audience.rooms.delete(roomId, place);
    return this.#work;
  }

  #then(work: () => Promise<void>): void {
    const mine = (this.#work ?? Promise.resolve()).then(work).finally(() => {
      if (this.#work === mine) this.#work = undefined;
    });
    this.#work = mine;
  }

  /** Never rejects. */
  async #answer({ event, roomId, userId }: Said): Promise<void> {
    if (this.#isOver) return;
    const place = this.#places.get(roomId) ?? this.#enter(roomId);
    if (!place) {
      const tooMany = `one socket may be in ${LIVE_LIMITS.roomsPerSocket} rooms.`;
      return this.socket.tell(outgoing(errorOf(tooMany)));
    }
    place.hold();
    const wasIn = userId !== undefined && place.users.has(userId);
    // Whether a request that failed has joined somebody is unknown: to be told of a leave too many does no harm.
    if (event === 'join' && userId !== undefined) place.users.add(userId);
    const answer = await this.#ask(event, roomId, userId);
    if (answer instanceof Refused) {
      if (event === 'join' && userId !== undefined && !wasIn && answer.status < 500)
        place.users.delete(userId);
      this.socket.tell(outgoing(errorOf(answer.message)));
    } else {
      if (event === 'watch') place.isWatching = true;
      if (event === 'leave' && userId !== undefined) place.users.delete(userId);
      if ('roomId' in answer) this.socket.tell(outgoing({ event: 'room', data: answer }));
    }
    const isOut = !place.isWatching && place.users.size === 0;
    if (isOut) {
      this.#places.delete(roomId);
      this.options.audience.rooms.delete(roomId, place);
    }
    // Whoever was refused hears nothing of what happened in the meantime either.
    if (!isOut || event === 'leave') place.release();
  }

  #enter(roomId: string): Place | undefined {
    if (this.#places.size >= LIVE_LIMITS.roomsPerSocket) return undefined;
    const place = new Place(this.socket);
    this.#places.set(roomId, place);
    this.options.audience.rooms.add(roomId, place);
    return place;
  }

  async #ask(event: RoomEvent, roomId: string, userId: string | undefined): Promise<Answer | Refused> {
    const { gateway, functions, pace, ready } = this.options;
    try {
      await ready();
      return await functions.post(
        `/gateway/room-${event}`,
        { gateway, socket: this.socket.name, roomId, userId },
        { behalf: this.socket.behalf, patienceMs: pace.connectMs },
      );
    } catch (error) {
      return error instanceof Refused ? error : TRY_LATER;
    }
  }
}

interface Said {
  readonly event: RoomEvent;
  readonly roomId: string;
  readonly userId: string | undefined;
}

const SHAPE = 'a message must be {"event": "join", "data": {"roomId": "…", "userId": "…"}}';

/** Its form alone: what may be a room's or a user's id is for the functions to say. */
function readRoomMessage(text: string): Said | { readonly fault: string } {
  const message = parsed(text);
  if (!isObject(message)) return { fault: `${SHAPE}.` };
  const event = EVENTS.find((one) => one === message['event']);
  if (!event) return { fault: `event must be one of ${EVENTS.join(', ')}.` };
  const { data } = message;
  if (!isObject(data)) return { fault: `${SHAPE}.` };
  const { roomId, userId } = data;
  if (typeof roomId !== 'string' || roomId === '') return { fault: 'roomId must be text.' };
  const isNamed = typeof userId === 'string' && userId !== '';
  if (event === 'watch' ? userId !== undefined && !isNamed : !isNamed)
    return { fault: 'userId must be text.' };
  return { event, roomId, userId: isNamed ? userId : undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
