/** What the emulator remembers: services, their objects, items and permissions. Rules live with the resources. */
import { randomBytes } from 'node:crypto';
import type { Cancel, Clock } from '../twilio/clock';
import { TokenBucket } from '../twilio/token-bucket';
import type { Kind } from './kinds';
import * as limits from './limits';
import type { OrderedItems } from './ordered-items';

export type Json = Readonly<Record<string, unknown>>;

/** A client that hears of an object's changes. */
export interface Subscriber {
  readonly endpointId: string;
  /** Sends a finished frame. */
  notify(frame: Buffer): void;
  /** The object is gone. */
  forget(object: SyncObject): void;
}

/** Something that may expire. */
export interface Mortal {
  /** Milliseconds since the epoch; null for never. */
  expires: number | null;
  cancelExpiry: Cancel | undefined;
}

export interface Permission {
  readonly read: boolean;
  readonly write: boolean;
  readonly manage: boolean;
}

export interface Item extends Mortal {
  /** A map item's key, or a list item's index. */
  readonly id: string | number;
  readonly created: number;
  readonly createdBy: string;
  /** The event that brought it; what tells `added` from `updated` in a replay. */
  readonly addedEventId: number;
  data: Json;
  revision: number;
  eventId: number;
  updated: number;
}

export interface SyncObject extends Mortal {
  readonly kind: Kind;
  readonly sid: string;
  /** Counts up per emulator: the order in which objects are listed. */
  readonly serial: number;
  readonly uniqueName: string | null;
  readonly service: Service;
  readonly created: number;
  readonly createdBy: string;
  updated: number;
  revision: number;
  /** Of the latest event; clients ask for what came after theirs. */
  lastEventId: number;
  /** A document's content. */
  data: Json;
  /** A map's or list's living items. */
  readonly items: OrderedItems;
  /** Items that went, as they were last, for clients that were away: id → item with the event of its removal. */
  readonly removedItems: Map<string | number, Item>;
  /** A list's next index: never used twice. */
  nextIndex: number;
  readonly permissions: Map<string, Permission>;
  readonly subscribers: Set<Subscriber>;
  /** Made when first needed; see rates.ts. */
  readonly buckets: Map<string, TokenBucket>;
}

export interface ServiceSettings {
  friendlyName: string | null;
  webhookUrl: string | null;
  webhooksFromRest: boolean;
  reachabilityWebhooks: boolean;
  acl: boolean;
  debouncing: boolean;
  debouncingWindowMs: number;
}

export interface Service extends ServiceSettings {
  readonly sid: string;
  readonly uniqueName: string | null;
  readonly serial: number;
  readonly created: number;
  updated: number;
  /** SID → object. */
  readonly objects: Map<string, SyncObject>;
  /** `<type>/<unique name>` → object: names are unique within their kind. */
  readonly names: Map<string, SyncObject>;
  readonly creations: TokenBucket;
}

export const newSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');

export class SyncState {
  readonly #clock: Clock;
  readonly services = new Map<string, Service>();
  /** Differs after every start and reset, so that browsers drop what they cached of the state before. */
  epoch = randomBytes(8).toString('hex');
  #serial = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.reset();
  }

  /** Forgets everything, expiry timers included. */
  clear(): void {
    for (const service of this.services.values()) this.removeService(service);
  }

  /** Starts anew with nothing but a `default` service. */
  reset(): void {
    this.clear();
    this.epoch = randomBytes(8).toString('hex');
    this.addService({ friendlyName: 'Default Service' }, 'default');
  }

  nextSerial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  addService(settings: Partial<ServiceSettings>, uniqueName: string | null = null): Service {
    const now = this.#clock.now();
    const service: Service = {
      sid: newSid('IS'),
      uniqueName,
      serial: this.nextSerial(),
      friendlyName: null,
      webhookUrl: null,
      webhooksFromRest: false,
      reachabilityWebhooks: false,
      acl: false,
      debouncing: false,
      debouncingWindowMs: limits.DEBOUNCING_WINDOW_MS.usual,
      ...settings,
      created: now,
      updated: now,
      objects: new Map(),
      names: new Map(),
      creations: new TokenBucket(this.#clock, limits.CREATIONS_PER_SECOND),
    };
    this.services.set(service.sid, service);
    return service;
  }

  /** By SID, or by unique name. */
  findService(id: string): Service | undefined {
    const named = (): Service | undefined =>
      [...this.services.values()].find((service) => service.uniqueName === id);
    return this.services.get(id) ?? named();
  }

  removeService(service: Service): void {
    this.services.delete(service.sid);
    for (const object of service.objects.values()) {
      object.cancelExpiry?.();
      for (const item of object.items.values()) item.cancelExpiry?.();
    }
  }
}
