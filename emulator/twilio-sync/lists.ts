/** List items, addressed by an index that is given out once: https://www.twilio.com/docs/sync/api/list-item-resource */
import { byMethod, type RestResponse } from '../twilio/rest-server';
import { addItem, deleteItem, fetchItem, livingItem, startWrite, updateItem } from './collections';
import { invalidIndex, listItemNotFound } from './errors';
import { queryItems } from './item-queries';
import { requirePermission } from './permissions';
import { spendOn } from './rates';
import type { Item, SyncObject } from './state';
import type { SyncRequest, World } from './world';

/** `…/Items`. */
export function listItems(world: World, request: SyncRequest, list: SyncObject): RestResponse {
  const index = (name: string): number | undefined => {
    const given = request.query.get(name);
    return given === null || given === '' ? undefined : requireIndex(given);
  };
  return byMethod(request.method, {
    GET: () => {
      requirePermission(list, request.caller, 'read');
      spendOn(world, list, 'read');
      const only = request.face.forClient ? index('Index') : undefined;
      return queryItems(world, request, list, only, index('From'));
    },
    POST: () => {
      const write = startWrite(world, request, list);
      if (!write.data) throw list.kind.noData();
      const next = list.nextIndex;
      list.nextIndex += 1;
      return addItem(world, request, list, next, write);
    },
  });
}

/** `…/Items/{index}`. */
export function listItem(world: World, request: SyncRequest, list: SyncObject, given: string): RestResponse {
  const index = requireIndex(given);
  const existing = (): Item => {
    const item = livingItem(world, list, index);
    if (!item) throw listItemNotFound();
    return item;
  };
  return byMethod(request.method, {
    GET: () => {
      requirePermission(list, request.caller, 'read');
      spendOn(world, list, 'read');
      return fetchItem(world, request, list, existing());
    },
    POST: () => {
      const write = startWrite(world, request, list);
      return updateItem(world, request, list, existing(), write);
    },
    DELETE: () => {
      const { expected } = startWrite(world, request, list);
      return deleteItem(world, request, list, existing(), expected);
    },
  });
}

/** @throws {VendorError} 54458 */
function requireIndex(given: string): number {
  if (!/^\d{1,15}$/.test(given)) throw invalidIndex();
  return Number(given);
}
