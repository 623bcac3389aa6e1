/** Reads what `POST /v1/Rooms` was asked for: https://www.twilio.com/docs/video/api/rooms-resource#create-a-room-resource */
import { invalidParameter } from '../twilio/errors';
import { videoError } from './errors';
import { flag, json, oneOf, text, texts, whole } from './form';
import {
  MAX_PARTICIPANTS,
  MEDIA_REGIONS,
  PARTICIPANT_DURATION_SECONDS,
  ROOM_NAME_MAX_CHARACTERS,
  ROOM_TIMEOUT_MINUTES,
} from './limits';
import type { RoomSettings } from './room';

/** Refused for accounts younger than October 2024: https://www.twilio.com/docs/api/errors/53126 */
const LEGACY_TYPES = ['go', 'peer-to-peer', 'group-small'];

/** @throws {VendorError} 400 with the code of the first field that is out of bounds */
export function readRoomSettings(form: URLSearchParams): RoomSettings {
  checkType(form);
  checkIgnored(form);
  const name = uniqueName(form);
  const audioOnly = flag(form, 'AudioOnly');
  return {
    ...(name === undefined ? {} : { uniqueName: name }),
    maxParticipants: whole(form, 'MaxParticipants', MAX_PARTICIPANTS, videoError(53107)),
    maxParticipantDuration: whole(
      form,
      'MaxParticipantDuration',
      PARTICIPANT_DURATION_SECONDS,
      videoError(53123),
    ),
    emptyRoomTimeout: whole(form, 'EmptyRoomTimeout', ROOM_TIMEOUT_MINUTES, videoError(53109)),
    unusedRoomTimeout: whole(form, 'UnusedRoomTimeout', ROOM_TIMEOUT_MINUTES, videoError(53109)),
    statusCallback: statusCallback(form),
    statusCallbackMethod: oneOf(form, 'StatusCallbackMethod', ['GET', 'POST'], 'POST', videoError(53110)),
    recordParticipantsOnConnect: flag(form, 'RecordParticipantsOnConnect'),
    videoCodecs: audioOnly ? [] : videoCodecs(form),
    mediaRegion: oneOf(form, 'MediaRegion', MEDIA_REGIONS, 'us1', videoError(53115)),
    audioOnly,
    largeRoom: flag(form, 'LargeRoom'),
  };
}

function checkType(form: URLSearchParams): void {
  const type = text(form, 'Type') ?? 'group';
  if (LEGACY_TYPES.includes(type)) throw videoError(53126);
  if (type !== 'group') throw videoError(53108);
}

/** Recording and transcription are not emulated, but what is malformed is refused all the same. */
function checkIgnored(form: URLSearchParams): void {
  flag(form, 'EnableTurn');
  flag(form, 'TranscribeParticipantsOnConnect');
  json(form, 'RecordingRules');
  json(form, 'TranscriptionsConfiguration');
}

function uniqueName(form: URLSearchParams): string | undefined {
  const name = text(form, 'UniqueName');
  if (name === undefined) return undefined;
  if (name.length > ROOM_NAME_MAX_CHARACTERS) throw videoError(53101);
  if (/\p{Cc}/u.test(name)) throw videoError(53102);
  return name;
}

function statusCallback(form: URLSearchParams): string | null {
  const url = text(form, 'StatusCallback');
  if (url === undefined) return null;
  if (!URL.canParse(url) || !/^https?:/i.test(url)) throw videoError(53111);
  return url;
}

function videoCodecs(form: URLSearchParams): string[] {
  const codecs = texts(form, 'VideoCodecs');
  if (codecs.some((codec) => codec !== 'VP8' && codec !== 'H264')) {
    throw invalidParameter('VideoCodecs can be VP8 and H264');
  }
  return codecs.length > 0 ? [...new Set(codecs)] : ['H264', 'VP8'];
}
