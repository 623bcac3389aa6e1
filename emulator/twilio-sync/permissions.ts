/** Access control: who may read, write or manage an object, and the REST resource that says so. */
import { byMethod, type RestResponse } from '../twilio/rest-server';
import { notFound } from '../twilio/errors';
import { forbidden, invalidIdentity, permissionNotFound } from './errors';
import { booleanField } from './fields';
import { invalidParameter } from '../twilio/errors';
import { LONGEST_IDENTITY } from './limits';
import { spendOn } from './rates';
import type { Permission, SyncObject } from './state';
import type { Caller, Face, SyncRequest, World } from './world';

const EVERYTHING: Permission = { read: true, write: true, manage: true };

/**
 * Lets REST through, and everybody while the service's ACL is off. Streams have no permissions.
 *
 * @throws {VendorError} 403/54007
 */
export function requirePermission(object: SyncObject, caller: Caller, what: keyof Permission): void {
  if (caller.identity === null || !object.service.acl || object.kind.type === 'stream') return;
  if (!object.permissions.get(caller.identity)?.[what]) throw forbidden();
}

/** Whoever creates an object with a token may do everything with it, ACL or not. */
export function grantCreator(object: SyncObject, caller: Caller): void {
  if (caller.identity !== null) object.permissions.set(caller.identity, EVERYTHING);
}

/** `…/Permissions` and `…/Permissions/{identity}`; REST only, and not for streams. */
export function permissions(
  world: World,
  request: SyncRequest,
  object: SyncObject,
  identity: string | undefined,
): RestResponse {
  if (request.caller.identity !== null || object.kind.type === 'stream')
    throw notFound(request.path.join('/'));
  spendOn(world, object, 'permission');
  const show = (whose: string, permission: Permission): unknown =>
    viewPermission(world, request.face, object, whose, permission);
  if (identity === undefined) return byMethod(request.method, { GET: () => list(request, object, show) });
  if (identity.length > LONGEST_IDENTITY) throw invalidIdentity();
  const existing = (): Permission => {
    const permission = object.permissions.get(identity);
    if (!permission) throw permissionNotFound();
    return permission;
  };
  return byMethod(request.method, {
    GET: () => ({ status: 200, body: show(identity, existing()) }),
    POST: () => {
      const permission = permissionFields(request);
      object.permissions.set(identity, permission);
      return { status: 200, body: show(identity, permission) };
    },
    DELETE: () => {
      existing();
      object.permissions.delete(identity);
      return { status: 204 };
    },
  });
}

function list(
  request: SyncRequest,
  object: SyncObject,
  show: (identity: string, permission: Permission) => unknown,
): RestResponse {
  return request.face.page({
    key: 'permissions',
    rows: [...object.permissions].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    positionOf: ([identity]) => identity,
    view: ([identity, permission]) => show(identity, permission),
  });
}

function permissionFields({ fields }: SyncRequest): Permission {
  const required = (name: string): boolean => {
    const value = booleanField(fields, name);
    if (value === undefined) throw invalidParameter(`Missing required parameter ${name} in the post body`);
    return value;
  };
  return { read: required('Read'), write: required('Write'), manage: required('Manage') };
}

const viewPermission = (
  world: World,
  face: Face,
  object: SyncObject,
  identity: string,
  permission: Permission,
): unknown => ({
  account_sid: world.credentials.accountSid,
  service_sid: object.service.sid,
  [`${object.kind.type}_sid`]: object.sid,
  identity,
  ...permission,
  url: `${face.servicesUrl}/${object.service.sid}/${object.kind.collection}/${object.sid}/Permissions/${encodeURIComponent(identity)}`,
});
