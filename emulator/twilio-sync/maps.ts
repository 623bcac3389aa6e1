/** Map items, addressed by a key: https://www.twilio.com/docs/sync/api/map-item-resource */
import { methodNotAllowed } from '../twilio/errors';
import { byMethod, type RestResponse } from '../twilio/rest-server';
import { addItem, deleteItem, fetchItem, livingItem, startWrite, updateItem } from './collections';
import { invalidKey, mapItemNotFound, mapItemTaken } from './errors';
import { queryItems } from './item-queries';
import { LONGEST_KEY } from './limits';
import { requirePermission } from './permissions';
import { spendOn } from './rates';
import type { Item, SyncObject } from './state';
import type { SyncRequest, World } from './world';

/** `…/Items`. */
export function mapItems(world: World, request: SyncRequest, map: SyncObject): RestResponse {
  return byMethod(request.method, {
    GET: () => {
      requirePermission(map, request.caller, 'read');
      spendOn(world, map, 'read');
      const only = request.face.forClient ? (request.query.get('Key') ?? undefined) : undefined;
      return queryItems(world, request, map, only, request.query.get('From') ?? undefined);
    },
    POST: () => {
      const key = requireKey(request.fields.get('Key'));
      const write = startWrite(world, request, map);
      if (livingItem(world, map, key)) throw mapItemTaken();
      return addItem(world, request, map, key, write);
    },
  });
}

/** `…/Items/{key}`. */
export function mapItem(world: World, request: SyncRequest, map: SyncObject, given: string): RestResponse {
  const key = requireKey(given);
  const existing = (): Item => {
    const item = livingItem(world, map, key);
    if (!item) throw mapItemNotFound();
    return item;
  };
  return byMethod(request.method, {
    GET: () => {
      requirePermission(map, request.caller, 'read');
      spendOn(world, map, 'read');
      return fetchItem(world, request, map, existing());
    },
    POST: () => {
      const write = startWrite(world, request, map);
      return updateItem(world, request, map, existing(), write);
    },
    PUT: () => put(world, request, map, key),
    DELETE: () => {
      const { expected } = startWrite(world, request, map);
      return deleteItem(world, request, map, existing(), expected);
    },
  });
}

/** Adds or replaces; clients only. `If-Match: -1` adds, and refuses if the item is there. */
function put(world: World, request: SyncRequest, map: SyncObject, key: string): RestResponse {
  if (!request.face.forClient) throw methodNotAllowed();
  const write = startWrite(world, request, map);
  const item = livingItem(world, map, key);
  if (item) return updateItem(world, request, map, item, write);
  if (write.expected !== undefined && write.expected !== '-1') throw map.kind.stale();
  return addItem(world, request, map, key, write);
}

/** @throws {VendorError} 54209 */
function requireKey(given: unknown): string {
  if (typeof given !== 'string' || given === '' || given.length > LONGEST_KEY) throw invalidKey();
  return given;
}
