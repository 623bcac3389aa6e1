/** The Rooms resource: https://www.twilio.com/docs/video/api/rooms-resource */
import { invalidParameter, notFound } from '../twilio/errors';
import { page } from '../twilio/paging';
import { byMethod, type RestRequest, type RestResponse } from '../twilio/rest-server';
import { videoError } from './errors';
import { date, isoDate, oneOf, text } from './form';
import { MAX_CONCURRENT_PUBLISHED_TRACKS } from './limits';
import { seconds, type Room } from './room';
import { readRoomSettings } from './room-settings';
import type { VideoState } from './state';

export interface Resources {
  readonly accountSid: string;
  readonly state: VideoState;
}

const SUBRESOURCES = {
  participants: 'Participants',
  recordings: 'Recordings',
  transcriptions: 'Transcriptions',
  recording_rules: 'RecordingRules',
} as const;

/** `/v1/Rooms` */
export function answerRooms(request: RestRequest, resources: Resources): RestResponse {
  const { state } = resources;
  return byMethod(request.method, {
    GET: () =>
      page(request, {
        key: 'rooms',
        rows: matching(request.query, state.rooms),
        positionOf: (room) => room.ordinal,
        descending: true,
        view: (room) => viewRoom(room, resources, request.origin),
      }),
    POST: () => {
      const room = state.createRoom(readRoomSettings(request.form));
      return { status: 201, body: viewRoom(room, resources, request.origin) };
    },
  });
}

/** `/v1/Rooms/{SidOrUniqueName}` */
export function answerRoom(request: RestRequest, resources: Resources, sidOrName: string): RestResponse {
  const room = findRoom(request, resources, sidOrName);
  return byMethod(request.method, {
    GET: () => ({ status: 200, body: viewRoom(room, resources, request.origin) }),
    POST: () => {
      if (text(request.form, 'Status') !== 'completed') throw videoError(53112);
      resources.state.complete(room);
      return { status: 202, body: viewRoom(room, resources, request.origin) };
    },
  });
}

/** @throws {VendorError} 404/20404 */
export function findRoom(request: RestRequest, { state }: Resources, sidOrName: string): Room {
  const room = state.findRoom(sidOrName);
  if (!room) throw notFound(request.path);
  return room;
}

/** @throws {VendorError} 20001 for a filter that is not one */
function matching(query: URLSearchParams, rooms: readonly Room[]): Room[] {
  const refusal = invalidParameter('Status must be in-progress, completed or failed');
  const status = oneOf(query, 'Status', ['in-progress', 'completed', 'failed'], 'in-progress', refusal);
  const uniqueName = text(query, 'UniqueName');
  const from = date(query, 'DateCreatedAfter') ?? -Infinity;
  const to = date(query, 'DateCreatedBefore') ?? Infinity;
  return rooms.filter(
    (room) =>
      room.status === status &&
      (uniqueName === undefined || room.uniqueName === uniqueName) &&
      room.createdAt >= from &&
      room.createdAt < to,
  );
}

function viewRoom(room: Room, { accountSid }: Resources, origin: string): Record<string, unknown> {
  const { settings, createdAt, endedAt } = room;
  const url = `${origin}/v1/Rooms/${room.sid}`;
  return {
    sid: room.sid,
    account_sid: accountSid,
    unique_name: room.uniqueName,
    status: room.status,
    type: 'group',
    date_created: isoDate(createdAt),
    date_updated: isoDate(room.updatedAt),
    end_time: endedAt === null ? null : isoDate(endedAt),
    duration: endedAt === null ? null : seconds(createdAt, endedAt),
    max_participants: settings.maxParticipants,
    max_participant_duration: settings.maxParticipantDuration,
    max_concurrent_published_tracks: MAX_CONCURRENT_PUBLISHED_TRACKS,
    empty_room_timeout: settings.emptyRoomTimeout,
    unused_room_timeout: settings.unusedRoomTimeout,
    status_callback: settings.statusCallback,
    status_callback_method: settings.statusCallbackMethod,
    record_participants_on_connect: settings.recordParticipantsOnConnect,
    video_codecs: settings.videoCodecs,
    media_region: settings.mediaRegion,
    audio_only: settings.audioOnly,
    large_room: settings.largeRoom,
    enable_turn: true,
    url,
    links: Object.fromEntries(Object.entries(SUBRESOURCES).map(([key, part]) => [key, `${url}/${part}`])),
  };
}
