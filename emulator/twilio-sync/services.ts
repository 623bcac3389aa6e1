/** The Services resource: https://www.twilio.com/docs/sync/api/service */
import { invalidParameter } from '../twilio/errors';
import { page } from '../twilio/paging';
import { byMethod, type RestRequest, type RestResponse } from '../twilio/rest-server';
import { invalidFriendlyName, invalidWebhookUrl } from './errors';
import { booleanField, formFields, type Fields } from './fields';
import { KINDS } from './kinds';
import { DEBOUNCING_WINDOW_MS, LONGEST_FRIENDLY_NAME, LONGEST_WEBHOOK_URL } from './limits';
import { restDate } from './faces';
import type { Service, ServiceSettings } from './state';
import type { World } from './world';

/** `/v1/Services`. */
export function services(world: World, request: RestRequest): RestResponse {
  return byMethod(request.method, {
    GET: () =>
      page(request, {
        key: 'services',
        rows: [...world.state.services.values()],
        positionOf: (service) => service.serial,
        view: (service) => viewService(world, request, service),
      }),
    POST: () => {
      const service = world.state.addService(settings(formFields(request.form)));
      return { status: 201, body: viewService(world, request, service) };
    },
  });
}

/** `/v1/Services/{sid or unique name}`. */
export function serviceResource(world: World, request: RestRequest, service: Service): RestResponse {
  return byMethod(request.method, {
    GET: () => ({ status: 200, body: viewService(world, request, service) }),
    POST: () => {
      Object.assign(service, settings(formFields(request.form)), { updated: world.clock.now() });
      return { status: 200, body: viewService(world, request, service) };
    },
    DELETE: () => {
      world.state.removeService(service);
      return { status: 204 };
    },
  });
}

/** What was sent, checked; what was not sent stays as it is. */
function settings(fields: Fields): Partial<ServiceSettings> {
  const sent = {
    friendlyName: friendlyName(fields),
    webhookUrl: webhookUrl(fields),
    webhooksFromRest: booleanField(fields, 'WebhooksFromRestEnabled'),
    reachabilityWebhooks: booleanField(fields, 'ReachabilityWebhooksEnabled'),
    acl: booleanField(fields, 'AclEnabled'),
    debouncing: booleanField(fields, 'ReachabilityDebouncingEnabled'),
    debouncingWindowMs: debouncingWindow(fields),
  };
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}

function friendlyName(fields: Fields): string | undefined {
  const given = fields.get('FriendlyName');
  if (given === undefined) return undefined;
  if (typeof given !== 'string' || given === '' || given.length > LONGEST_FRIENDLY_NAME)
    throw invalidFriendlyName();
  return given;
}

/** An empty one takes the webhook away. */
function webhookUrl(fields: Fields): string | null | undefined {
  const given = fields.get('WebhookUrl');
  if (given === undefined) return undefined;
  if (given === '') return null;
  const isUrl = typeof given === 'string' && given.length <= LONGEST_WEBHOOK_URL && URL.canParse(given);
  if (!isUrl || !/^https?:$/.test(new URL(given).protocol)) throw invalidWebhookUrl();
  return given;
}

function debouncingWindow(fields: Fields): number | undefined {
  const given = fields.get('ReachabilityDebouncingWindow');
  if (given === undefined) return undefined;
  const ms = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  const { least, most } = DEBOUNCING_WINDOW_MS;
  if (!(ms >= least && ms <= most)) {
    throw invalidParameter(`ReachabilityDebouncingWindow must be between ${least} and ${most}`);
  }
  return ms;
}

function viewService(world: World, request: RestRequest, service: Service): unknown {
  const url = `${request.origin}/v1/Services/${service.sid}`;
  const collections = Object.values(KINDS).map(({ collection }) => collection);
  return {
    sid: service.sid,
    unique_name: service.uniqueName,
    account_sid: world.credentials.accountSid,
    friendly_name: service.friendlyName,
    date_created: restDate(service.created),
    date_updated: restDate(service.updated),
    url,
    webhook_url: service.webhookUrl,
    webhooks_from_rest_enabled: service.webhooksFromRest,
    reachability_webhooks_enabled: service.reachabilityWebhooks,
    acl_enabled: service.acl,
    reachability_debouncing_enabled: service.debouncing,
    reachability_debouncing_window: service.debouncingWindowMs,
    links: Object.fromEntries(collections.map((name) => [name.toLowerCase(), `${url}/${name}`])),
  };
}
