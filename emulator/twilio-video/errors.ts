/** What Twilio Video refuses, and in which words: https://www.twilio.com/docs/api/errors (530xx to 534xx). */
import { VendorError } from '../twilio/errors';

/** Wording as in the SDK's own table (`twilio-video/lib/util/twilio-video-errors.js`) and the error pages. */
const VIDEO_ERRORS = {
  53004: 'Client sent an invalid signaling message',
  53101: 'Room name is too long',
  53102: 'Room name contains invalid characters',
  53103: 'Unable to create Room',
  53105: 'Room contains too many Participants',
  53106: 'Room not found',
  53107: 'MaxParticipants is out of range',
  53108: 'RoomType is not valid',
  53109: 'Timeout is out of range',
  53110: 'StatusCallbackMethod is invalid',
  53111: 'StatusCallback is invalid',
  53112: 'Status is invalid',
  53113: 'Room exists',
  53115: 'MediaRegion is invalid',
  53118: 'Room completed',
  53123: 'MaxParticipantDuration is out of range',
  53126: 'Legacy room type no longer supported',
  53201: 'Participant identity is too long',
  53204: 'Participant not found',
  53205: 'Participant disconnected because of duplicate identity',
  53209: 'Participant status is invalid',
  53216: 'Participant session length exceeded',
} as const;

export type VideoErrorCode = keyof typeof VIDEO_ERRORS;

/** A refusal by Twilio Video; over HTTP it is a 400, over the signalling socket only code and message travel. */
export const videoError = (code: VideoErrorCode): VendorError =>
  new VendorError(400, code, VIDEO_ERRORS[code]);
