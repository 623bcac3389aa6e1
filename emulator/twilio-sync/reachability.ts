/** Tells a service's webhook who is connected: https://www.twilio.com/docs/sync/webhooks#reachability-events */
import type { Cancel } from '../twilio/clock';
import type { Service } from './state';
import { postWebhook } from './webhooks';
import type { World } from './world';

export interface Endpoint {
  readonly service: Service;
  readonly identity: string;
  readonly endpointId: string;
}

export class Reachability {
  readonly #world: World;
  /** `<service>/<identity>` → how many connections. */
  readonly #connected = new Map<string, number>();
  /** `<service>/<identity>` → the disconnect that is being held back. */
  readonly #heldBack = new Map<string, Cancel>();

  constructor(world: World) {
    this.#world = world;
  }

  connected(endpoint: Endpoint): void {
    const key = keyOf(endpoint);
    this.#connected.set(key, (this.#connected.get(key) ?? 0) + 1);
    this.#letGo(key);
    this.#tell(endpoint, 'endpoint_connected');
  }

  /** With debouncing, told once per identity: when its last connection has been gone for the whole window. */
  disconnected(endpoint: Endpoint): void {
    const key = keyOf(endpoint);
    const left = (this.#connected.get(key) ?? 1) - 1;
    if (left > 0) this.#connected.set(key, left);
    else this.#connected.delete(key);
    if (!endpoint.service.debouncing) {
      this.#tell(endpoint, 'endpoint_disconnected');
    } else if (left === 0) {
      this.#letGo(key);
      const tell = (): void => {
        this.#heldBack.delete(key);
        this.#tell(endpoint, 'endpoint_disconnected');
      };
      this.#heldBack.set(key, this.#world.clock.after(endpoint.service.debouncingWindowMs, tell));
    }
  }

  /** Forgets what is held back. */
  reset(): void {
    for (const key of this.#heldBack.keys()) this.#letGo(key);
  }

  #letGo(key: string): void {
    this.#heldBack.get(key)?.();
    this.#heldBack.delete(key);
  }

  #tell({ service, identity, endpointId }: Endpoint, eventType: string): void {
    if (!service.reachabilityWebhooks || !this.#world.state.services.has(service.sid)) return;
    postWebhook(this.#world, service, { EventType: eventType, Identity: identity, EndpointId: endpointId });
  }
}

const keyOf = ({ service, identity }: Endpoint): string => `${service.sid}/${identity}`;
