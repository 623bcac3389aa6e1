/** What maps and lists share: times to live of the whole, and adding, changing and removing items. */
import { byMethod, type RestResponse } from '../twilio/rest-server';
import { noParameters } from './errors';
import { announce, itemEvent, itemPath } from './events';
import { isExpired, setTtl } from './expiry';
import { dataField, expectedRevision, revisionText, ttlField, type Data } from './fields';
import { LARGEST_DATA_BYTES } from './limits';
import { deleteObject, entityTag, fetchObject, removeObject, viewObject } from './objects';
import type { Place } from './ordered-items';
import { requirePermission } from './permissions';
import { spendOn, writeCost } from './rates';
import type { Item, SyncObject } from './state';
import { SYSTEM, type Caller, type SyncRequest, type World } from './world';

export function collectionResource(world: World, request: SyncRequest, object: SyncObject): RestResponse {
  return byMethod(request.method, {
    GET: () => fetchWithItems(world, request, object),
    POST: () => updateTtl(world, request, object),
    DELETE: () => deleteObject(world, request, object),
  });
}

/** How many items come along when a client opens a map with `Include=items`. */
const INCLUDED_ITEMS = 100;

function fetchWithItems(world: World, request: SyncRequest, object: SyncObject): RestResponse {
  const response = fetchObject(world, request, object);
  if (!request.face.forClient || request.query.get('Include') !== 'items') return response;
  const items = livingItems(world, object, { end: 'first' }, INCLUDED_ITEMS);
  const view = {
    ...(response.body as object),
    items: items.map((item) => viewItem(world, request, object, item, true)),
  };
  return { ...response, body: view };
}

function updateTtl(world: World, request: SyncRequest, object: SyncObject): RestResponse {
  requirePermission(object, request.caller, 'write');
  const ttl = ttlField(request.fields, 'CollectionTtl', 'Ttl');
  if (ttl === undefined) throw noParameters();
  spendOn(world, object, 'write');
  setCollectionTtl(world, object, ttl);
  object.updated = world.clock.now();
  return { status: 200, body: viewObject(world, request.face, object, true), headers: entityTag(object) };
}

const setCollectionTtl = (world: World, object: SyncObject, ttl: number | undefined): void =>
  setTtl(world.clock, object, ttl, () => removeObject(world, object, null));

/** The item, unless it is none or its time is over. */
export function livingItem(world: World, object: SyncObject, id: string | number): Item | undefined {
  const item = object.items.get(id);
  if (!item || !isExpired(world.clock, item)) return item;
  removeItem(world, object, item, null);
  return undefined;
}

/** In the order of their keys or indexes: up to `count` on either side of a place. */
export const livingItems = (world: World, object: SyncObject, place: Place, count: number): Item[] =>
  object.items.around(place, count, (item) => !isExpired(world.clock, item));

/** What a write of an item asks for, checked before it is paid for. */
export interface ItemWrite {
  readonly data: Data | undefined;
  readonly ttl: number | undefined;
  readonly collectionTtl: number | undefined;
  readonly expected: string | undefined;
}

/** @throws {VendorError} for a caller who may not write, for bad fields, and above the write rate, in this order */
export function startWrite(world: World, request: SyncRequest, object: SyncObject): ItemWrite {
  const { caller, fields } = request;
  requirePermission(object, caller, 'write');
  const write = {
    data: dataField(fields, LARGEST_DATA_BYTES),
    ttl: ttlField(fields, 'ItemTtl', 'Ttl'),
    collectionTtl: ttlField(fields, 'CollectionTtl'),
    expected: expectedRevision(request.ifMatch),
  };
  spendOn(world, object, 'write', writeCost(write.data?.bytes ?? 0));
  return write;
}

export function addItem(
  world: World,
  request: SyncRequest,
  object: SyncObject,
  id: string | number,
  write: ItemWrite,
): RestResponse {
  const { caller, face } = request;
  if (!write.data) throw object.kind.noData();
  const now = world.clock.now();
  const item: Item = {
    id,
    created: now,
    createdBy: caller.identity ?? SYSTEM,
    addedEventId: object.lastEventId + 1,
    data: write.data.value,
    revision: 0,
    eventId: object.lastEventId + 1,
    updated: now,
    expires: null,
    cancelExpiry: undefined,
  };
  object.items.add(item);
  object.removedItems.delete(id);
  finishWrite(world, object, item, write);
  announce(world, object, itemEvent(object, item, 'added'), caller);
  return {
    status: 201,
    body: viewItem(world, request, object, item, !face.forClient),
    headers: entityTag(item),
  };
}

export function updateItem(
  world: World,
  request: SyncRequest,
  object: SyncObject,
  item: Item,
  write: ItemWrite,
): RestResponse {
  const { caller, face } = request;
  if (!write.data && write.ttl === undefined) throw noParameters();
  requireRevision(object, item, write.expected);
  if (write.data) item.data = write.data.value;
  item.revision += 1;
  finishWrite(world, object, item, write);
  announce(world, object, itemEvent(object, item, 'updated'), caller);
  return {
    status: 200,
    body: viewItem(world, request, object, item, !face.forClient),
    headers: entityTag(item),
  };
}

function finishWrite(world: World, object: SyncObject, item: Item, write: ItemWrite): void {
  setTtl(world.clock, item, write.ttl, () => removeItem(world, object, item, null));
  setCollectionTtl(world, object, write.collectionTtl);
  touch(world, object, item);
}

function touch(world: World, object: SyncObject, item: Item): void {
  object.lastEventId += 1;
  object.revision += 1;
  object.updated = world.clock.now();
  item.eventId = object.lastEventId;
  item.updated = object.updated;
}

export function deleteItem(
  world: World,
  request: SyncRequest,
  object: SyncObject,
  item: Item,
  expected: string | undefined,
): RestResponse {
  requireRevision(object, item, expected);
  removeItem(world, object, item, request.caller);
  // A client needs the event id, to tell this removal from what it hears later.
  if (!request.face.forClient) return { status: 204 };
  return { status: 200, body: viewItem(world, request, object, item, false) };
}

/** @param caller null when the item's time has come */
function removeItem(world: World, object: SyncObject, item: Item, caller: Caller | null): void {
  if (!object.items.delete(item.id)) return;
  item.cancelExpiry?.();
  item.cancelExpiry = undefined;
  object.removedItems.set(item.id, item);
  touch(world, object, item);
  announce(world, object, itemEvent(object, item, 'removed'), caller);
}

function requireRevision(object: SyncObject, item: Item, expected: string | undefined): void {
  if (expected !== undefined && expected !== revisionText(item.revision)) throw object.kind.stale();
}

export function fetchItem(world: World, request: SyncRequest, object: SyncObject, item: Item): RestResponse {
  return { status: 200, body: viewItem(world, request, object, item, true), headers: entityTag(item) };
}

export const viewItem = (
  world: World,
  { face }: SyncRequest,
  object: SyncObject,
  item: Item,
  withData: boolean,
): unknown => ({
  [object.kind.itemId ?? 'key']: item.id,
  account_sid: world.credentials.accountSid,
  service_sid: object.service.sid,
  [`${object.kind.type}_sid`]: object.sid,
  url: `${face.servicesUrl}/${object.service.sid}${itemPath(object, item)}`,
  revision: revisionText(item.revision),
  ...(face.forClient && { last_event_id: item.eventId }),
  ...(withData && { data: item.data }),
  date_expires: face.date(item.expires),
  date_created: face.date(item.created),
  date_updated: face.date(item.updated),
  created_by: item.createdBy,
});
