/**
 * Rooms and participants in protobuf's JSON: https://protobuf.dev/programming-guides/json/. The RoomService
 * answers with the fields' own names and leaves none out; webhooks have camelCase names and no default values.
 */
import { CODECS } from './limits';
import type { Participant, Room, Track } from './room';

type Json = Readonly<Record<string, unknown>>;

const seconds = (ms: number): string => String(Math.floor(ms / 1000));

export const viewRoom = (room: Room): Json => ({
  sid: room.sid,
  name: room.name,
  empty_timeout: room.settings.emptyTimeout,
  departure_timeout: room.settings.departureTimeout,
  max_participants: room.settings.maxParticipants,
  creation_time: seconds(room.createdAt),
  creation_time_ms: String(room.createdAt),
  turn_password: room.turnPassword,
  enabled_codecs: CODECS.map((mime) => ({ mime, fmtp_line: '' })),
  metadata: room.metadata,
  num_participants: room.participants.size,
  num_publishers: [...room.participants.values()].filter(({ tracks }) => tracks.length > 0).length,
  active_recording: false,
  version: null,
});

export const viewTrack = ({ sid, type, source, name, muted }: Track): Json => ({
  sid,
  type,
  source,
  name,
  muted,
});

export const viewParticipant = (participant: Participant): Json => ({
  sid: participant.sid,
  identity: participant.identity,
  state: participant.reason === undefined ? 'ACTIVE' : 'DISCONNECTED',
  tracks: participant.tracks.map(viewTrack),
  metadata: participant.metadata,
  joined_at: seconds(participant.joinedAt),
  joined_at_ms: String(participant.joinedAt),
  name: participant.name,
  version: participant.version,
  permission: {
    can_subscribe: participant.permission.canSubscribe,
    can_publish: participant.permission.canPublish,
    can_publish_data: participant.permission.canPublishData,
    can_publish_sources: [],
    hidden: participant.permission.hidden,
    recorder: false,
    can_update_metadata: participant.permission.canUpdateMetadata,
    agent: false,
    can_subscribe_metrics: false,
    can_manage_agent_session: false,
  },
  region: '',
  is_publisher: participant.tracks.length > 0,
  kind: 'STANDARD',
  attributes: participant.attributes,
  disconnect_reason: participant.reason ?? 'UNKNOWN_REASON',
  kind_details: [],
  data_tracks: [],
  client_protocol: 2,
  capabilities: [],
});

const camelCase = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** First values of their enumerations. */
const UNSET = new Set(['UNKNOWN_REASON', 'STANDARD', 'AUDIO', 'UNKNOWN']);

function isDefault(value: unknown): boolean {
  if (value === null || value === '' || value === 0 || value === false) return true;
  if (typeof value === 'string') return UNSET.has(value);
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** A view as webhooks carry it. Keys of maps are data: attributes stay as they are. */
export function forWebhook(view: Json): Json {
  const fields = Object.entries(view).flatMap(([name, value]): [string, unknown][] => {
    if (isDefault(value)) return [];
    return [[camelCase(name), name === 'attributes' ? value : nested(value)]];
  });
  return Object.fromEntries(fields);
}

function nested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nested);
  return typeof value === 'object' && value !== null ? forWebhook(value as Json) : value;
}
