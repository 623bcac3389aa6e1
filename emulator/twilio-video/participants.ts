/** The Participants resource: https://www.twilio.com/docs/video/api/participants */
import { invalidParameter, notFound } from '../twilio/errors';
import { page } from '../twilio/paging';
import { byMethod, type RestRequest, type RestResponse } from '../twilio/rest-server';
import { videoError } from './errors';
import { date, isoDate, oneOf, text } from './form';
import { seconds, type Participant, type Room } from './room';
import { findRoom, type Resources } from './rooms';

const SUBRESOURCES = {
  published_tracks: 'PublishedTracks',
  subscribed_tracks: 'SubscribedTracks',
  subscribe_rules: 'SubscribeRules',
  anonymize: 'Anonymize',
} as const;

/** `/v1/Rooms/{SidOrUniqueName}/Participants` */
export function answerParticipants(request: RestRequest, resources: Resources, room: string): RestResponse {
  const { participants, status } = findRoom(request, resources, room);
  return byMethod(request.method, {
    GET: () =>
      page(request, {
        key: 'participants',
        rows: matching(request.query, participants, status),
        positionOf: (participant) => participant.ordinal,
        view: (participant) => viewParticipant(participant, resources, request.origin),
      }),
  });
}

/** `/v1/Rooms/{SidOrUniqueName}/Participants/{SidOrIdentity}` */
export function answerParticipant(
  request: RestRequest,
  resources: Resources,
  room: string,
  sidOrIdentity: string,
): RestResponse {
  const participant = find(findRoom(request, resources, room), sidOrIdentity);
  if (!participant) throw notFound(request.path);
  const view = (): Record<string, unknown> => viewParticipant(participant, resources, request.origin);
  return byMethod(request.method, {
    GET: () => ({ status: 200, body: view() }),
    POST: () => {
      const status = text(request.form, 'Status');
      if (status !== 'disconnected' || participant.status === 'disconnected') throw videoError(53209);
      resources.state.disconnect(participant, 'removed');
      return { status: 202, body: view() };
    },
  });
}

/** Of several visits by one identity the last one is meant. */
function find({ participants }: Room, sidOrIdentity: string): Participant | undefined {
  return (
    participants.find(({ sid }) => sid === sidOrIdentity) ??
    participants.findLast(({ identity }) => identity === sidOrIdentity)
  );
}

/** Of a completed room all have left, whatever the filter says. @throws {VendorError} 20001 for a filter that is not one */
function matching(query: URLSearchParams, all: readonly Participant[], of: Room['status']): Participant[] {
  const refusal = invalidParameter('Status must be connected, reconnecting or disconnected');
  const filter = oneOf(query, 'Status', ['connected', 'reconnecting', 'disconnected'], 'connected', refusal);
  const status = of === 'completed' ? 'disconnected' : filter;
  const identity = text(query, 'Identity');
  const from = date(query, 'DateCreatedAfter') ?? -Infinity;
  const to = date(query, 'DateCreatedBefore') ?? Infinity;
  return all.filter(
    (participant) =>
      participant.status === status &&
      (identity === undefined || participant.identity === identity) &&
      participant.startedAt >= from &&
      participant.startedAt < to,
  );
}

function viewParticipant(
  participant: Participant,
  { accountSid }: Resources,
  origin: string,
): Record<string, unknown> {
  const { startedAt, endedAt, room } = participant;
  const url = `${origin}/v1/Rooms/${room.sid}/Participants/${participant.sid}`;
  return {
    sid: participant.sid,
    room_sid: room.sid,
    account_sid: accountSid,
    identity: participant.identity,
    status: participant.status,
    date_created: isoDate(startedAt),
    date_updated: isoDate(participant.updatedAt),
    start_time: isoDate(startedAt),
    end_time: endedAt === null ? null : isoDate(endedAt),
    duration: endedAt === null ? null : seconds(startedAt, endedAt),
    url,
    links: Object.fromEntries(Object.entries(SUBRESOURCES).map(([key, part]) => [key, `${url}/${part}`])),
  };
}
