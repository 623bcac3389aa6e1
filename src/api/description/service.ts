/** The service itself, and what vendors and gateways send: in words and shapes. */
import * as z from 'zod/mini';
import * as gateway from '../gateway';
import * as rooms from '../rooms';
import * as api from '../service';
import * as webhooks from '../webhooks';
import { MADE } from './made';
import { answerOf, type Operation, textOf } from './operation';

const health = answerOf<api.HealthResponse>()(
  z.object({ status: z.literal('ok'), version: textOf('Of the package that was deployed.') }),
);

export const HEALTH: readonly Operation[] = [
  {
    path: '/health',
    caller: 'anybody',
    summary: 'The service is there, and which version of it. Asks no vendor.',
    request: api.HealthRequest,
    answer: health,
    example: { request: {}, answer: { status: 'ok', version: MADE.version } },
  },
];

const nothing = z.object({});

const webhook = (
  path: string,
  caller: Operation['caller'],
  summary: string,
  request: z.ZodMiniType,
): Operation => ({ path, caller, summary, request, answer: nothing });

export const WEBHOOKS: readonly Operation[] = [
  webhook(
    '/webhooks/sync',
    'twilio',
    'Twilio Sync tells of browsers that connect and go.',
    webhooks.SyncWebhookRequest,
  ),
  webhook(
    '/webhooks/video',
    'twilio',
    'Twilio Video tells what happens in our rooms.',
    webhooks.VideoWebhookRequest,
  ),
  webhook('/webhooks/twilio-video', 'twilio', 'The same as /webhooks/video.', webhooks.VideoWebhookRequest),
  webhook(
    '/webhooks/livekit-event',
    'livekit',
    'What LiveKit tells of our rooms: send it to /webhooks/livekit, which checks its signature.',
    webhooks.LivekitEventRequest,
  ),
  webhook(
    '/webhooks/hundredms',
    '100ms',
    '100ms tells what happens in our rooms.',
    webhooks.HundredMsEventRequest,
  ),
];

/** Between our own processes: free to change with any version. */
const internal = (path: string, summary: string, request: z.ZodMiniType): Operation => ({
  path,
  caller: 'gateway',
  summary,
  request,
  answer: z.looseObject({}),
});

export const GATEWAY: readonly Operation[] = [
  internal('/gateway/lease', 'A gateway is there, and stays for a while.', gateway.GatewayLeaseRequest),
  internal('/gateway/connect', 'Somebody’s socket opened.', gateway.GatewayConnectRequest),
  internal('/gateway/disconnect', 'Sockets closed.', gateway.GatewayDisconnectRequest),
  internal('/gateway/check', 'Calls to look at.', gateway.GatewayCheckRequest),
  internal('/gateway/room-join', 'Somebody’s socket joins a room.', rooms.RoomJoinRequest),
  internal('/gateway/room-leave', 'Somebody’s socket leaves a room.', rooms.RoomLeaveRequest),
  internal('/gateway/room-watch', 'A socket watches a room.', rooms.RoomWatchRequest),
  internal('/gateway/room-check', 'Rooms to look at.', rooms.RoomCheckRequest),
];
