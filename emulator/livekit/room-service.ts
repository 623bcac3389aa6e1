/** The RoomService's methods: https://docs.livekit.io/reference/other/roomservice-api/ */
import * as z from 'zod';
import {
  noResponse,
  participantNotFound,
  permissionDenied,
  remoteUnmuteDisabled,
  roomNotFound,
  tooLarge,
  tooLong,
} from './errors';
import {
  ATTRIBUTES_MAX_BYTES,
  METADATA_MAX_BYTES,
  PARTICIPANT_NAME_MAX_BYTES,
  ROOM_NAME_MAX_BYTES,
} from './limits';
import { ParticipantRequest, permission, read, RoomRequest, RoomShape, settingsIn, text } from './messages';
import type { Participant, Room } from './room';
import type { LiveKitState } from './state';
import type { VideoGrant } from './tokens';
import { viewParticipant, viewRoom, viewTrack } from './views';

export interface Call {
  readonly state: LiveKitState;
  /** What the caller's token allows; nothing without one. */
  readonly grant: VideoGrant;
}

type Method = (call: Call, request: unknown) => object;

const bytes = (value: string): number => Buffer.byteLength(value);

function checkMetadata(metadata = ''): void {
  if (bytes(metadata) > METADATA_MAX_BYTES) throw tooLarge('metadata size', METADATA_MAX_BYTES);
}

const needs = (allowed: boolean | undefined): void => {
  if (allowed !== true) throw permissionDenied();
};
const needsAdmin = ({ grant }: Call, room: string): void =>
  needs(grant.roomAdmin === true && grant.room === room);

function roomOf({ state }: Call, name: string): Room {
  const room = state.findRoom(name);
  if (!room) throw roomNotFound();
  return room;
}

function participantOf({ state }: Call, room: string, identity: string): Participant {
  const participant = state.findRoom(room)?.participants.get(identity);
  if (!participant) throw participantNotFound();
  return participant;
}

export const METHODS: Readonly<Record<string, Method>> = {
  CreateRoom: (call, request) => {
    const { name = '', ...shape } = read(RoomShape.extend({ name: text }), request);
    needs(call.grant.roomCreate);
    if (bytes(name) > ROOM_NAME_MAX_BYTES) throw tooLong('room name', ROOM_NAME_MAX_BYTES);
    checkMetadata(shape.metadata);
    return viewRoom(call.state.ensureRoom(name, settingsIn(shape)));
  },

  ListRooms: (call, request) => {
    const { names = [] } = read(z.object({ names: z.optional(z.array(z.string())) }), request);
    needs(call.grant.roomList);
    const rooms = call.state.rooms.filter(({ name }) => names.length === 0 || names.includes(name));
    return { rooms: rooms.map(viewRoom) };
  },

  DeleteRoom: (call, request) => {
    const { room } = read(RoomRequest, request);
    needs(call.grant.roomCreate);
    call.state.close(roomOf(call, room), 'ROOM_DELETED');
    return {};
  },

  /** Of a room that there is not the server says that nobody is in it. */
  ListParticipants: (call, request) => {
    const { room } = read(RoomRequest, request);
    needsAdmin(call, room);
    const participants = call.state.findRoom(room)?.participants.values() ?? [];
    return { participants: [...participants].map(viewParticipant) };
  },

  GetParticipant: (call, request) => {
    const { room, identity } = read(ParticipantRequest, request);
    needsAdmin(call, room);
    return viewParticipant(participantOf(call, room, identity));
  },

  RemoveParticipant: (call, request) => {
    const { room, identity } = read(ParticipantRequest, request);
    needsAdmin(call, room);
    call.state.leave(participantOf(call, room, identity), 'PARTICIPANT_REMOVED');
    return {};
  },

  MutePublishedTrack: (call, request) => {
    const shape = ParticipantRequest.extend({ trackSid: text, muted: z.optional(z.boolean()) });
    const { room, identity, trackSid, muted = false } = read(shape, request);
    needsAdmin(call, room);
    const participant = call.state.findRoom(room)?.participants.get(identity);
    if (!participant) throw noResponse();
    if (!muted) throw remoteUnmuteDisabled();
    const track = participant.tracks.find(({ sid }) => sid === trackSid);
    if (track) track.muted = true;
    return { track: track ? viewTrack(track) : null };
  },

  UpdateParticipant: (call, request) => {
    const shape = ParticipantRequest.extend({
      name: text,
      metadata: text,
      attributes: z.optional(z.record(z.string(), z.string())),
      permission: z.optional(permission),
    });
    const {
      room,
      identity,
      name = '',
      metadata,
      attributes = {},
      permission: allowed,
    } = read(shape, request);
    if (bytes(name) > PARTICIPANT_NAME_MAX_BYTES) throw tooLarge('name length', PARTICIPANT_NAME_MAX_BYTES);
    checkMetadata(metadata);
    if (bytes(Object.entries(attributes).flat().join('')) > ATTRIBUTES_MAX_BYTES)
      throw tooLarge('attribute size', ATTRIBUTES_MAX_BYTES);
    needsAdmin(call, room);
    const participant = participantOf(call, room, identity);
    Object.assign(participant, {
      name: name || participant.name,
      metadata: metadata || participant.metadata,
      // An empty value takes the attribute away.
      attributes: Object.fromEntries(
        Object.entries({ ...participant.attributes, ...attributes }).filter(([, value]) => value !== ''),
      ),
      permission: allowed ? { ...NOTHING, ...allowed } : participant.permission,
      version: participant.version + 1,
    });
    return viewParticipant(participant);
  },

  UpdateRoomMetadata: (call, request) => {
    const { room, metadata = '' } = read(RoomRequest.extend({ metadata: text }), request);
    checkMetadata(metadata);
    needsAdmin(call, room);
    const found = roomOf(call, room);
    found.metadata = metadata;
    return viewRoom(found);
  },

  SendData: (call, request) => {
    const { room } = read(RoomRequest, request);
    needsAdmin(call, room);
    if (!call.state.findRoom(room)) throw noResponse();
    return {};
  },
};

/** A new permission replaces the old one as a whole. */
const NOTHING = {
  canSubscribe: false,
  canPublish: false,
  canPublishData: false,
  canUpdateMetadata: false,
  hidden: false,
};
