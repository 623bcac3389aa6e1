/** What documents, maps, lists and streams share: finding, creating, listing, showing and removing them. */
import type { RestResponse } from '../twilio/rest-server';
import { invalidName, nameNotFound, nameTaken, rateLimited } from './errors';
import { announce, objectEvent } from './events';
import { isExpired, setTtl } from './expiry';
import { dataField, revisionText, ttlField, type Data } from './fields';
import { SID_PATTERN, type Kind } from './kinds';
import { LARGEST_DATA_BYTES, LONGEST_NAME } from './limits';
import { OrderedItems } from './ordered-items';
import { grantCreator, requirePermission } from './permissions';
import { spendOn } from './rates';
import { newSid, type Service, type SyncObject } from './state';
import { spend, SYSTEM, type Caller, type Face, type SyncRequest, type World } from './world';

/**
 * By SID or by unique name.
 *
 * @throws {VendorError} 404, with the kind's code for a SID and 54300 for a name
 */
export function findObject(world: World, service: Service, kind: Kind, id: string): SyncObject {
  const bySid = service.objects.get(id);
  const object = bySid?.kind === kind ? bySid : service.names.get(`${kind.type}/${id}`);
  if (object && isExpired(world.clock, object)) removeObject(world, object, null);
  else if (object) return object;
  throw SID_PATTERN.test(id) ? kind.notFound() : nameNotFound();
}

/** Any token holder may create, ACL or not. */
export function createObject(world: World, request: SyncRequest, kind: Kind): RestResponse {
  const { service, caller, face, fields } = request;
  const uniqueName = nameField(request);
  const data = kind.type === 'document' ? dataField(fields, LARGEST_DATA_BYTES) : undefined;
  const ttl = kind.type === 'document' ? ttlField(fields, 'Ttl') : ttlField(fields, 'CollectionTtl', 'Ttl');
  const holder = uniqueName === null ? undefined : service.names.get(`${kind.type}/${uniqueName}`);
  if (holder && isExpired(world.clock, holder)) removeObject(world, holder, null);
  else if (holder) throw nameTaken();
  if (!spend(world, service.creations)) throw rateLimited();
  const object = newObject(world, service, kind, uniqueName, caller, data);
  setTtl(world.clock, object, ttl, () => removeObject(world, object, null));
  grantCreator(object, caller);
  service.objects.set(object.sid, object);
  if (uniqueName !== null) service.names.set(`${kind.type}/${uniqueName}`, object);
  announce(world, object, objectEvent(object, 'created'), caller);
  return { status: 201, body: viewObject(world, face, object, !face.forClient), headers: entityTag(object) };
}

/** @throws {VendorError} 54302 */
function nameField({ fields }: SyncRequest): string | null {
  const given = fields.get('UniqueName');
  if (given === undefined || given === null) return null;
  if (typeof given !== 'string' || given === '' || given.length > LONGEST_NAME || SID_PATTERN.test(given)) {
    throw invalidName();
  }
  return given;
}

function newObject(
  world: World,
  service: Service,
  kind: Kind,
  uniqueName: string | null,
  caller: Caller,
  data: Data | undefined,
): SyncObject {
  const now = world.clock.now();
  return {
    kind,
    sid: newSid(kind.sidPrefix),
    serial: world.state.nextSerial(),
    uniqueName,
    service,
    created: now,
    createdBy: caller.identity ?? SYSTEM,
    updated: now,
    expires: null,
    cancelExpiry: undefined,
    revision: 0,
    lastEventId: 0,
    data: data?.value ?? {},
    items: new OrderedItems(),
    removedItems: new Map(),
    nextIndex: 0,
    permissions: new Map(),
    subscribers: new Set(),
    buckets: new Map(),
  };
}

/** All objects of a kind, for REST; a client may only open what it can name. */
export function listObjects(world: World, request: SyncRequest, kind: Kind): RestResponse {
  return request.face.page({
    key: kind.collection.toLowerCase(),
    rows: [...request.service.objects.values()].filter((object) => object.kind === kind),
    positionOf: (object) => object.serial,
    view: (object) => viewObject(world, request.face, object, true),
  });
}

export function fetchObject(world: World, request: SyncRequest, object: SyncObject): RestResponse {
  requirePermission(object, request.caller, 'read');
  spendOn(world, object, 'read');
  return { status: 200, body: viewObject(world, request.face, object, true), headers: entityTag(object) };
}

export function deleteObject(world: World, request: SyncRequest, object: SyncObject): RestResponse {
  requirePermission(object, request.caller, 'manage');
  spendOn(world, object, 'write');
  removeObject(world, object, request.caller);
  return { status: 204 };
}

/** @param caller null when the object's time has come */
export function removeObject(world: World, object: SyncObject, caller: Caller | null): void {
  const { service } = object;
  if (!service.objects.delete(object.sid)) return;
  if (object.uniqueName !== null) service.names.delete(`${object.kind.type}/${object.uniqueName}`);
  object.cancelExpiry?.();
  for (const item of object.items.values()) item.cancelExpiry?.();
  object.updated = world.clock.now();
  object.lastEventId += 1;
  announce(world, object, objectEvent(object, 'removed'), caller);
  for (const subscriber of object.subscribers) subscriber.forget(object);
  object.subscribers.clear();
}

export const entityTag = (of: { readonly revision: number }): Record<string, string> => ({
  etag: `"${revisionText(of.revision)}"`,
});

export const objectUrl = (face: Face, object: SyncObject): string =>
  `${face.servicesUrl}/${object.service.sid}/${object.kind.collection}/${object.sid}`;

/** @param withData false for a client's own write, which it need not hear again */
export function viewObject(world: World, face: Face, object: SyncObject, withData: boolean): unknown {
  const { kind } = object;
  const url = objectUrl(face, object);
  const isStream = kind.type === 'stream';
  return {
    sid: object.sid,
    unique_name: object.uniqueName,
    account_sid: world.credentials.accountSid,
    service_sid: object.service.sid,
    url,
    links: links(kind, url, face),
    ...(!isStream && { revision: revisionText(object.revision) }),
    ...(face.forClient && { type: kind.type }),
    ...(face.forClient && !isStream && { last_event_id: object.lastEventId }),
    ...(kind.type === 'document' && withData && { data: object.data }),
    date_expires: face.date(object.expires),
    date_created: face.date(object.created),
    date_updated: face.date(object.updated),
    created_by: object.createdBy,
  };
}

function links(kind: Kind, url: string, face: Face): Record<string, string> {
  if (kind.type === 'stream') return { messages: `${url}/Messages` };
  const own = { permissions: `${url}/Permissions` };
  if (kind.type === 'document') return own;
  const context = kind.type === 'list' && face.forClient ? { context: `${url}/Context` } : {};
  return { items: `${url}/Items`, ...own, ...context };
}
