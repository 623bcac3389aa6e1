/** What every resource needs at hand: the state, time, the limits' switch and the ways out to clients and webhooks. */
import type { Clock } from '../twilio/clock';
import type { Credentials } from '../twilio/credentials';
import type { PageRefusals } from '../twilio/paging';
import type { RestResponse } from '../twilio/rest-server';
import type { Listing } from '../twilio/paging';
import type { TokenBucket } from '../twilio/token-bucket';
import type { WebhookSender } from '../twilio/webhook';
import { invalidPageSize, invalidPageToken } from './errors';
import type { Fields } from './fields';
import type { Service, Subscriber, SyncState } from './state';

export interface SyncStats {
  /** REST requests by verb and resource: `POST Documents`, `GET Maps/Items`. */
  readonly rest: Record<string, number>;
  /** The same for requests that clients sent through their sockets; `POST Subscriptions` among them. */
  readonly upstream: Record<string, number>;
  /** Frames fanned out to subscribers, one for each. */
  notifications: number;
}

export interface World {
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** False leaves rates and connection counts unlimited; sizes, names and TTLs are checked all the same. */
  readonly enforceRates: boolean;
  readonly state: SyncState;
  readonly webhooks: WebhookSender;
  readonly stats: SyncStats;
  readonly log: (line: string) => void;
}

/** How a resource looks from the REST API or to a client: same state, other URLs, dates and fields. */
export interface Face {
  /** What a service's URL starts with: `https://…/Services`. */
  readonly servicesUrl: string;
  /** Clients get `last_event_id` and `type`, and no `data` back for what they wrote themselves. */
  readonly forClient: boolean;
  date(ms: number | null): string | null;
  page<Row>(listing: Listing<Row>): RestResponse;
}

export interface Caller {
  /** Null for the REST API, which no ACL holds back. */
  readonly identity: string | null;
  /** The connection that asked; its own changes are not told to it again. */
  readonly connection: Subscriber | null;
}

/** A request for an object of a service, whichever way it came. */
export interface SyncRequest {
  readonly method: string;
  readonly service: Service;
  /** What follows the service: `['Maps', 'MP…', 'Items', 'some key']`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly ifMatch: string | undefined;
  readonly fields: Fields;
  readonly caller: Caller;
  readonly face: Face;
}

export const PAGE_REFUSALS: PageRefusals = { pageSize: invalidPageSize, pageToken: invalidPageToken };

/** `createdBy`, and the `Identity` of webhooks, of what the REST API did. */
export const SYSTEM = 'system';

/** Takes from a bucket, or answers true where limits are off. */
export const spend = (world: World, bucket: TokenBucket, cost = 1): boolean =>
  !world.enforceRates || bucket.take(cost);

export function count(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
