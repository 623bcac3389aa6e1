/** Changes as events: told to subscribers, to the service's webhook, and again to clients that were away. */
import type { Caller, World } from './world';
import { notificationFrame } from './frames';
import { revisionText } from './fields';
import type { Kind } from './kinds';
import type { Item, Json, SyncObject } from './state';
import { notifyWebhook } from './webhooks';

/** Clients advance their last event id on these at once; on the live ones only once their subscription stands. */
export const ORDERED_MESSAGES = 'twilio.sync.event';
const EVENT_PROTOCOL_VERSION = 4;

export interface SyncEvent {
  /** `map_item_added` and the like. */
  readonly type: string;
  readonly body: Json;
  readonly item?: Item;
  readonly message?: StreamMessage;
}

export interface StreamMessage {
  readonly sid: string;
  readonly data: Json;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** What all events of an object have in common. */
const about = (object: SyncObject): Json => ({
  [`${object.kind.type}_sid`]: object.sid,
  [`${object.kind.type}_unique_name`]: object.uniqueName,
});

export function objectEvent(object: SyncObject, change: 'created' | 'updated' | 'removed'): SyncEvent {
  const { kind } = object;
  const body: Record<string, unknown> = {
    id: object.lastEventId,
    date_created: iso(object.updated),
    ...about(object),
    date_expires: iso(object.expires),
  };
  if (kind.type !== 'stream') body[`${kind.type}_revision`] = revisionText(object.revision);
  if (kind.type === 'document' && change !== 'removed') body['document_data'] = object.data;
  return { type: `${kind.type}_${change}`, body };
}

export function itemEvent(
  object: SyncObject,
  item: Item,
  change: 'added' | 'updated' | 'removed',
): SyncEvent {
  const { kind } = object;
  const body = {
    id: item.eventId,
    date_created: iso(item.updated),
    ...about(object),
    [`${kind.type}_revision`]: revisionText(object.revision),
    [`item_${kind.itemId}`]: item.id,
    item_url: `${CLIENT_SERVICES_URL}/${object.service.sid}${itemPath(object, item)}`,
    item_revision: revisionText(item.revision),
    item_data: item.data,
    date_expires: iso(item.expires),
  };
  return { type: `${kind.type}_item_${change}`, body, item };
}

export function messageEvent(object: SyncObject, message: StreamMessage, now: number): SyncEvent {
  const { sid, data } = message;
  const body = { date_created: iso(now), ...about(object), message_sid: sid, message_data: data };
  return { type: 'stream_message_published', body, message };
}

/** Clients send requests to this address through their socket; it never leaves the emulator. */
export const CLIENT_SERVICES_URL = 'https://cds.us1.twilio.com/v3/Services';

export const itemPath = (object: SyncObject, item: Item): string =>
  `/${object.kind.collection}/${object.sid}/Items/${encodeURIComponent(item.id)}`;

const liveMessageType = (kind: Kind): string =>
  kind.type === 'stream' ? ORDERED_MESSAGES : `com.twilio.rtd.cds.${kind.type}`;

/** Serialised once, whatever the number of subscribers. A caller without a body is time itself: something expired. */
export function announce(world: World, object: SyncObject, event: SyncEvent, caller: Caller | null): void {
  if (object.subscribers.size > 0) {
    const payload = {
      event_type: event.type,
      event_protocol_version: EVENT_PROTOCOL_VERSION,
      event: event.body,
    };
    const frame = notificationFrame(liveMessageType(object.kind), payload);
    for (const subscriber of object.subscribers) {
      if (subscriber === caller?.connection) continue;
      world.stats.notifications += 1;
      subscriber.notify(frame);
    }
  }
  if (caller) notifyWebhook(world, object, event, caller);
}

/** How many events of one type travel in one frame of a replay. */
const REPLAY_BATCH = 50;

/** What somebody who last heard event `since` has missed, in order, as frames. */
export function replay(object: SyncObject, since: number): Buffer[] {
  const frames: Buffer[] = [];
  let batch: SyncEvent[] = [];
  const flush = (): void => {
    const first = batch[0];
    if (first)
      frames.push(orderedFrame({ event_type: first.type, events: batch.map((event) => event.body) }));
    batch = [];
  };
  for (const event of missedEvents(object, since)) {
    if (batch.length >= REPLAY_BATCH || batch[0]?.type !== event.type) flush();
    batch.push(event);
  }
  flush();
  return frames;
}

export const orderedFrame = (payload: Json): Buffer =>
  notificationFrame(ORDERED_MESSAGES, { ...payload, event_protocol_version: EVENT_PROTOCOL_VERSION });

function missedEvents(object: SyncObject, since: number): SyncEvent[] {
  if (since >= object.lastEventId) return [];
  if (object.kind.type === 'document') return [objectEvent(object, 'updated')];
  const missed = (items: Iterable<Item>): Item[] => [...items].filter((item) => item.eventId > since);
  const living = missed(object.items.values()).map((item) =>
    itemEvent(object, item, item.addedEventId > since ? 'added' : 'updated'),
  );
  const removed = missed(object.removedItems.values()).map((item) => itemEvent(object, item, 'removed'));
  return [...living, ...removed].toSorted((a, b) => Number(a.body['id']) - Number(b.body['id']));
}
