/** Documents: one JSON object each, replaced whole. https://www.twilio.com/docs/sync/api/document-resource */
import { byMethod, type RestResponse } from '../twilio/rest-server';
import { noParameters } from './errors';
import { announce, objectEvent } from './events';
import { setTtl } from './expiry';
import { dataField, expectedRevision, revisionText, ttlField } from './fields';
import { LARGEST_DATA_BYTES } from './limits';
import { deleteObject, entityTag, fetchObject, removeObject, viewObject } from './objects';
import { requirePermission } from './permissions';
import { spendOn, writeCost } from './rates';
import type { SyncObject } from './state';
import type { SyncRequest, World } from './world';

export function documentResource(world: World, request: SyncRequest, document: SyncObject): RestResponse {
  return byMethod(request.method, {
    GET: () => fetchObject(world, request, document),
    POST: () => update(world, request, document),
    DELETE: () => deleteObject(world, request, document),
  });
}

function update(world: World, request: SyncRequest, document: SyncObject): RestResponse {
  const { caller, face, fields } = request;
  requirePermission(document, caller, 'write');
  const data = dataField(fields, LARGEST_DATA_BYTES);
  const ttl = ttlField(fields, 'Ttl');
  if (!data && ttl === undefined) throw noParameters();
  const expected = expectedRevision(request.ifMatch);
  spendOn(world, document, 'write', writeCost(data?.bytes ?? 0));
  if (expected !== undefined && expected !== revisionText(document.revision)) throw document.kind.stale();
  if (data) document.data = data.value;
  setTtl(world.clock, document, ttl, () => removeObject(world, document, null));
  document.updated = world.clock.now();
  document.revision += 1;
  document.lastEventId += 1;
  announce(world, document, objectEvent(document, 'updated'), caller);
  return {
    status: 200,
    body: viewObject(world, face, document, !face.forClient),
    headers: entityTag(document),
  };
}
