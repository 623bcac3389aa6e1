/** Finds the resource that a request is for, from REST or from a client. */
import { methodNotAllowed, notFound } from '../twilio/errors';
import { byMethod, type RestRequest, type RestResponse } from '../twilio/rest-server';
import { collectionResource } from './collections';
import { documentResource } from './documents';
import { serviceNotFound } from './errors';
import { restFace } from './faces';
import { formFields } from './fields';
import { kindOfCollection, type Kind, type ObjectType } from './kinds';
import { listItem, listItems } from './lists';
import { mapItem, mapItems } from './maps';
import { createObject, findObject, listObjects } from './objects';
import { permissions } from './permissions';
import { services, serviceResource } from './services';
import type { SyncObject } from './state';
import { streamMessages, streamResource } from './streams';
import { count, type SyncRequest, type World } from './world';

type Resource = (world: World, request: SyncRequest, object: SyncObject) => RestResponse;
type SubResource = (world: World, request: SyncRequest, object: SyncObject, id: string) => RestResponse;

const OBJECTS: Readonly<Record<ObjectType, Resource>> = {
  document: documentResource,
  map: collectionResource,
  list: collectionResource,
  stream: streamResource,
};

/** What lies under an object, as `<type>/<segment>`; with `/*` for one that is named. */
const PARTS: Readonly<Record<string, Resource | SubResource>> = {
  'map/Items': mapItems,
  'map/Items/*': mapItem,
  'list/Items': listItems,
  'list/Items/*': listItem,
  'list/Context': () => ({ status: 200, body: { data: {}, revision: '0', last_event_id: 0 } }),
  'stream/Messages': streamMessages,
};

/** `/v1/Services…`, with the account's credentials. @throws {VendorError} */
export function routeRest(world: World, request: RestRequest): RestResponse {
  const [version, root, id, ...path] = request.segments;
  if (version !== 'v1' || root !== 'Services') throw notFound(request.path);
  count(world.stats.rest, requestName(request.method, path));
  if (id === undefined) return services(world, request);
  const service = world.state.findService(id);
  if (!service) throw serviceNotFound();
  if (path.length === 0) return serviceResource(world, request, service);
  const ifMatch = request.headers['if-match'];
  return routeObject(world, {
    method: request.method,
    service,
    path,
    query: request.query,
    ifMatch,
    fields: formFields(request.form),
    caller: { identity: null, connection: null },
    face: restFace(request),
  });
}

const VERBS: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'];
const PART_NAMES: readonly string[] = ['Items', 'Permissions', 'Messages', 'Context'];

/**
 * A request's line in the statistics: `GET Maps/Items`. Whatever is no resource counts together, or strangers could
 * make the statistics grow.
 *
 * @param path what follows the service
 */
export function requestName(method: string, path: readonly string[]): string {
  const [collection, , part] = path;
  const isKnown =
    VERBS.includes(method) &&
    (collection === undefined || kindOfCollection(collection) !== undefined) &&
    (part === undefined || PART_NAMES.includes(part));
  if (!isKnown) return 'unknown';
  return `${method} ${collection === undefined ? 'Services' : collection}${part === undefined ? '' : `/${part}`}`;
}

/** @throws {VendorError} */
export function routeObject(world: World, request: SyncRequest): RestResponse {
  const [collection, id, part, partId, ...beyond] = request.path;
  const kind = kindOfCollection(collection);
  if (!kind || beyond.length > 0) throw notFound(`/${request.path.join('/')}`);
  if (id === undefined) return routeCollection(world, request, kind);
  const object = findObject(world, request.service, kind, id);
  if (part === undefined) return OBJECTS[kind.type](world, request, object);
  if (part === 'Permissions') return permissions(world, request, object, partId);
  const resource = PARTS[`${kind.type}/${part}${partId === undefined ? '' : '/*'}`];
  if (!resource) throw notFound(`/${request.path.join('/')}`);
  return resource(world, request, object, partId ?? '');
}

function routeCollection(world: World, request: SyncRequest, kind: Kind): RestResponse {
  return byMethod(request.method, {
    GET: () => {
      // A list of everything would tell any token holder what it may not open.
      if (request.face.forClient) throw methodNotAllowed();
      return listObjects(world, request, kind);
    },
    POST: () => createObject(world, request, kind),
  });
}
