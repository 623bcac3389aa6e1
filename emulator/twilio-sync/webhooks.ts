/** The service's webhook, told of changes to objects: https://www.twilio.com/docs/sync/webhooks */
import type { SyncEvent } from './events';
import type { Service, SyncObject } from './state';
import { SYSTEM, type Caller, type World } from './world';

/** Changes by clients are always told; those by REST only where the service wants them. */
export function notifyWebhook(world: World, object: SyncObject, event: SyncEvent, caller: Caller): void {
  if (caller.identity === null && !object.service.webhooksFromRest) return;
  postWebhook(world, object.service, {
    EventType: event.type,
    Identity: caller.identity ?? SYSTEM,
    ...(caller.connection && { EndpointId: caller.connection.endpointId }),
    ...objectParams(object, event),
  });
}

/** Does nothing for a service without a webhook. */
export function postWebhook(world: World, service: Service, params: Record<string, string>): void {
  if (service.webhookUrl === null) return;
  world.webhooks.post(service.webhookUrl, {
    AccountSid: world.credentials.accountSid,
    ServiceSid: service.sid,
    ...params,
  });
}

function objectParams(object: SyncObject, event: SyncEvent): Record<string, string> {
  const { type, title } = object.kind;
  const params: Record<string, string> = { [`${title}Sid`]: object.sid };
  if (object.uniqueName !== null) params[`${title}UniqueName`] = object.uniqueName;
  if (type !== 'stream') params[`${title}Revision`] = String(object.revision);
  const { body, item, message } = event;
  if (body['document_data'] !== undefined) params['DocumentData'] = JSON.stringify(body['document_data']);
  if (message) {
    params['MessageSid'] = message.sid;
    params['MessageData'] = JSON.stringify(message.data);
  }
  if (item) {
    params['EventId'] = String(item.eventId);
    params[type === 'map' ? 'ItemKey' : 'ItemIndex'] = String(item.id);
    params['ItemRevision'] = String(item.revision);
    if (!event.type.endsWith('_removed')) params['ItemData'] = JSON.stringify(item.data);
  }
  return params;
}
