/** Rooms in this process: what the port promises, without media. For tests of use cases. */
import { randomUUID } from 'node:crypto';
import { nameOfIdentity } from '../../domain/guest';
import type { Clock } from '../../ports/clock';
import type {
  Bearer,
  JoinPass,
  LastingRoom,
  MediaServer,
  Participant,
  RoomOptions,
} from '../../ports/media-server';

interface Room {
  readonly id: string;
  readonly name: string;
  readonly maxParticipants: number;
  open: boolean;
  participants: Participant[];
}

export class MemoryMediaServer implements MediaServer {
  readonly provider = 'twilio';
  readonly roomsStay = true;
  private readonly rooms: Room[] = [];

  constructor(private readonly clock: Clock) {}

  async openRoom(name: string, { maxParticipants }: RoomOptions): Promise<string> {
    await this.clock.sleep(0);
    const existing = this.rooms.find((room) => room.open && room.name === name);
    if (existing) return existing.id;
    const room = { id: `RM-${randomUUID()}`, name, maxParticipants, open: true, participants: [] };
    this.rooms.push(room);
    return room.id;
  }

  async lastingRoom(name: string, options: Pick<RoomOptions, 'maxParticipants'>): Promise<LastingRoom> {
    return { id: await this.openRoom(name, options), details: {} };
  }

  async isOpen(roomId: string): Promise<boolean> {
    await this.clock.sleep(0);
    return this.live(roomId) !== undefined;
  }

  async closeRoom(name: string): Promise<void> {
    await this.clock.sleep(0);
    for (const room of this.rooms.filter((room) => room.name === name)) {
      room.open = false;
      room.participants = [];
    }
  }

  async participants(roomId: string): Promise<Participant[]> {
    await this.clock.sleep(0);
    return [...(this.live(roomId)?.participants ?? [])];
  }

  connections(roomId: string): Promise<Participant[]> {
    return this.participants(roomId);
  }

  async removeParticipant(roomId: string, participant: Pick<Participant, 'id'>): Promise<void> {
    await this.clock.sleep(0);
    const room = this.live(roomId);
    if (room) room.participants = room.participants.filter(({ id }) => id !== participant.id);
  }

  joinPass(roomId: string, { identity }: Pick<Bearer, 'identity'>): Promise<JoinPass> {
    return Promise.resolve({ identity, token: `in-process:${roomId}:${identity}`, connectOptions: {} });
  }

  /**
   * What a client's SDK does with a token.
   * @throws Error when the token is for another room, or the room has closed or is full.
   */
  connect(roomId: string, token: string): { isOut(): boolean; leave(): Promise<void> } {
    const [, forRoom, identity = ''] = /^in-process:([^:]+):(.*)$/s.exec(token) ?? [];
    const room = forRoom === roomId ? this.live(roomId) : undefined;
    if (!room) throw new Error('the token opens no such room');
    const others = room.participants.filter((participant) => participant.identity !== identity);
    if (others.length >= room.maxParticipants) throw new Error('the room is full');
    const participant: Participant = {
      id: `PA-${randomUUID()}`,
      identity,
      name: nameOfIdentity(identity),
      state: 'active',
      joinedAt: this.clock.now(),
    };
    room.participants = [...others, participant];
    return {
      isOut: () => !room.participants.includes(participant),
      leave: () => this.removeParticipant(roomId, participant),
    };
  }

  hasLiveRoom(name: string): boolean {
    return this.rooms.some((room) => room.open && room.name === name);
  }

  private live(roomId: string): Room | undefined {
    return this.rooms.find((room) => room.open && room.id === roomId);
  }
}
