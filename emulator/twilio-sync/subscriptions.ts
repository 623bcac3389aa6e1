/** What a connection listens to: establishing with a replay of what was missed, and cancelling. */
import { invalidParameter, VendorError } from '../twilio/errors';
import type { RestResponse } from '../twilio/rest-server';
import { tooManySubscriptions } from './errors';
import { orderedFrame, replay } from './events';
import { textOf } from './fields';
import { kindOfType } from './kinds';
import { SUBSCRIPTION_BATCH, SUBSCRIPTIONS_PER_CONNECTION } from './limits';
import { findObject } from './objects';
import { requirePermission } from './permissions';
import type { Json, Service, Subscriber, SyncObject } from './state';
import type { World } from './world';

/** A subscriber whose subscriptions are counted. */
export interface Listener extends Subscriber {
  readonly identity: string;
  readonly service: Service;
  /** SID → object. */
  readonly subscriptions: Map<string, SyncObject>;
}

export interface SubscriptionAnswer {
  readonly response: RestResponse;
  /** What to send once the response is on its way: first what was missed, then how each request ended. */
  readonly frames: readonly Buffer[];
}

interface Wish {
  readonly object_sid: string;
  readonly object_type: unknown;
  readonly last_event_id: number | null;
}

/** After this long without a sign a client asks again; there is no network here that would delay one. */
const ESTIMATED_DELIVERY_MS = 5_000;

/** `POST /v4/Subscriptions`. @throws {VendorError} 400 for a body that is no such request */
export function changeSubscriptions(world: World, listener: Listener, body: Json): SubscriptionAnswer {
  const wishes = readWishes(body);
  const control = (eventType: string, events: readonly unknown[]): Buffer[] =>
    events.length === 0
      ? []
      : [orderedFrame({ event_type: eventType, correlation_id: body['correlation_id'], events })];
  const frames =
    body['action'] === 'cancel'
      ? control(
          'subscription_canceled',
          wishes.map((wish) => cancel(listener, wish)),
        )
      : establish(world, listener, wishes, control);
  const response = {
    status: 200,
    body: {
      max_batch_size: SUBSCRIPTION_BATCH,
      estimated_delivery_in_ms: ESTIMATED_DELIVERY_MS,
      ttl_in_s: -1,
    },
  };
  return { response, frames };
}

function readWishes(body: Json): Wish[] {
  const { action, requests } = body;
  if (action !== 'establish' && action !== 'cancel')
    throw invalidParameter('action must be establish or cancel');
  if (!Array.isArray(requests) || requests.length > SUBSCRIPTION_BATCH) {
    throw invalidParameter(`requests must be an array of at most ${SUBSCRIPTION_BATCH}`);
  }
  return requests.map((request: unknown) => {
    const wish = (typeof request === 'object' && request !== null ? request : {}) as Record<string, unknown>;
    const since = wish['last_event_id'];
    return {
      object_sid: textOf(wish['object_sid']),
      object_type: wish['object_type'],
      last_event_id: typeof since === 'number' ? since : null,
    };
  });
}

function cancel(listener: Listener, { object_sid, object_type }: Wish): unknown {
  listener.subscriptions.get(object_sid)?.subscribers.delete(listener);
  listener.subscriptions.delete(object_sid);
  return { object_sid, object_type };
}

function establish(
  world: World,
  listener: Listener,
  wishes: readonly Wish[],
  control: (eventType: string, events: readonly unknown[]) => Buffer[],
): Buffer[] {
  const missed: Buffer[] = [];
  const established: unknown[] = [];
  const failed: unknown[] = [];
  for (const { object_sid, object_type, last_event_id } of wishes) {
    try {
      const object = subscribe(world, listener, object_sid, object_type);
      // Streams keep nothing: what was published before the subscription stood is lost.
      const isStream = object.kind.type === 'stream';
      if (!isStream && last_event_id !== null) missed.push(...replay(object, last_event_id));
      const last = isStream ? null : object.lastEventId;
      established.push({ object_sid, object_type, replay_status: 'completed', last_event_id: last });
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      const { status, code, message } = error;
      failed.push({ object_sid, object_type, error: { status, code, message } });
    }
  }
  return [
    ...missed,
    ...control('subscription_established', established),
    ...control('subscription_failed', failed),
  ];
}

/** @throws {VendorError} 404 for no such object, 403 without permission to read, 429 above the number allowed */
function subscribe(world: World, listener: Listener, sid: string, type: unknown): SyncObject {
  const kind = kindOfType(type);
  if (!kind) throw invalidParameter('object_type must be document, map, list or stream');
  const object = findObject(world, listener.service, kind, sid);
  requirePermission(object, { identity: listener.identity, connection: listener }, 'read');
  const isNew = !listener.subscriptions.has(object.sid);
  if (isNew && listener.subscriptions.size >= SUBSCRIPTIONS_PER_CONNECTION) throw tooManySubscriptions();
  object.subscribers.add(listener);
  listener.subscriptions.set(object.sid, object);
  return object;
}
