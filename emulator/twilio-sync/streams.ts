/** Streams: messages to whoever listens, kept for nobody. https://www.twilio.com/docs/sync/api/stream-resource */
import { byMethod, type RestResponse } from '../twilio/rest-server';
import { noParameters } from './errors';
import { announce, messageEvent } from './events';
import { setTtl } from './expiry';
import { dataField, ttlField } from './fields';
import { LARGEST_MESSAGE_BYTES } from './limits';
import { deleteObject, fetchObject, removeObject, viewObject } from './objects';
import { spendOn } from './rates';
import { newSid, type SyncObject } from './state';
import type { SyncRequest, World } from './world';

export function streamResource(world: World, request: SyncRequest, stream: SyncObject): RestResponse {
  return byMethod(request.method, {
    GET: () => fetchObject(world, request, stream),
    POST: () => updateTtl(world, request, stream),
    DELETE: () => deleteObject(world, request, stream),
  });
}

function updateTtl(world: World, request: SyncRequest, stream: SyncObject): RestResponse {
  const ttl = ttlField(request.fields, 'Ttl');
  if (ttl === undefined) throw noParameters();
  spendOn(world, stream, 'write');
  setTtl(world.clock, stream, ttl, () => removeObject(world, stream, null));
  stream.updated = world.clock.now();
  return { status: 200, body: viewObject(world, request.face, stream, true) };
}

/** `POST …/Messages`. */
export function streamMessages(world: World, request: SyncRequest, stream: SyncObject): RestResponse {
  return byMethod(request.method, {
    POST: () => {
      const data = dataField(request.fields, LARGEST_MESSAGE_BYTES);
      if (!data) throw stream.kind.noData();
      spendOn(world, stream, 'publish');
      const message = { sid: newSid('TZ'), data: data.value };
      announce(world, stream, messageEvent(stream, message, world.clock.now()), request.caller);
      return { status: 201, body: message };
    },
  });
}
