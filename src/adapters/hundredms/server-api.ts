/** 100ms' server API v2 over our transport: https://www.100ms.live/docs/server-side/v2/how-to-guides/make-api-calls */
import type { Clock } from '../../ports/clock';
import { jsonObject } from '../../upstream/json-object';
import type { Upstream } from '../../upstream/upstream';
import { type HmsKey, managementToken } from './tokens';

export interface ServerApiSettings extends HmsKey {
  /** `https://api.100ms.live/v2`, without a slash at the end. */
  readonly apiUrl: string;
}

/** What we read of a room; there is more. */
export interface HmsRoom {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** RFC 3339. */
  readonly created_at: string;
  readonly [field: string]: unknown;
}

export interface HmsPeer {
  readonly id: string;
  /** What the client calls itself. */
  readonly name: string;
  /** Of its token, if that names anybody. */
  readonly user_id?: string;
  /** RFC 3339. */
  readonly joined_at: string;
}

/** The vendor's refusal. Its own words are not kept. */
class HmsError extends Error {
  override readonly name = 'HmsError';
  constructor(
    call: string,
    readonly status: number,
    /** Whether it is the vendor who says so: a wrong address answers, too. */
    readonly isVendors: boolean,
  ) {
    super(`100ms ${call}: status ${status}${isVendors ? '' : ', not in the vendor’s shape'}`);
  }
}

/** What is between slashes in an address; `.` and `..` would mean something else there. */
const segment = (id: string): string => encodeURIComponent(id).replace(/^\.+$/, '_');

const queryOf = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();

export class ServerApi {
  constructor(
    private readonly settings: ServerApiSettings,
    private readonly upstream: Upstream,
    private readonly clock: Clock,
  ) {}

  /** The room of that name, made or found, and given these settings. Cost: 1 call. */
  createRoom(room: {
    readonly name: string;
    readonly size: number;
    readonly template_id?: string;
  }): Promise<HmsRoom> {
    return this.call('POST', '/rooms', room);
  }

  /** undefined when there is none. Cost: 1 call. */
  room(id: string): Promise<HmsRoom | undefined> {
    return foundOrUndefined(this.call('GET', `/rooms/${segment(id)}`));
  }

  /** The room of exactly that name, of those that are enabled or of those that are not. Cost: 1 call. */
  async roomCalled(name: string, enabled: boolean): Promise<HmsRoom | undefined> {
    const { data } = await this.call<{ data?: readonly HmsRoom[] }>(
      'GET',
      `/rooms?${queryOf({ name, enabled: String(enabled) })}`,
    );
    return data?.find((room) => room.name === name);
  }

  /** From now on no session begins in it; one that is under way goes on. Cost: 1 call. */
  async disableRoom(id: string): Promise<void> {
    await foundOrUndefined(this.call('POST', `/rooms/${segment(id)}`, { enabled: false }));
  }

  /** Ends the session that is under way, if there is one. Cost: 1 call. */
  async endSession(id: string): Promise<void> {
    await foundOrUndefined(this.call('POST', `/active-rooms/${segment(id)}/end-room`, { lock: true }));
  }

  /** Those who are in it, or of them those of one user. Cost: 1 call. */
  async peers(roomId: string, userId?: string): Promise<readonly HmsPeer[]> {
    const query = userId === undefined ? '' : `?${queryOf({ user_id: userId })}`;
    const call = this.call<{ peers?: Readonly<Record<string, HmsPeer>> | null }>(
      'GET',
      `/active-rooms/${segment(roomId)}/peers${query}`,
    );
    return Object.values((await foundOrUndefined(call))?.peers ?? {});
  }

  /** One who is gone already is fine. Cost: 1 call. */
  async removePeer(roomId: string, peerId: string): Promise<void> {
    const address = `/active-rooms/${segment(roomId)}/remove-peers`;
    await foundOrUndefined(this.call('POST', address, { peer_id: peerId }));
  }

  /**
   * For whoever asks, and for a room in which nobody meets anybody: what the vendor's own SDK tests a connection with.
   * The manual does not have it, so it may be gone: undefined. Cost: 1 call.
   * https://github.com/100mslive/web-sdks/blob/main/packages/hms-video-store/src/diagnostics/HMSDiagnostics.ts
   * @throws FoyerError `try-again`
   */
  async diagnosticsToken(): Promise<string | undefined> {
    const url = `${this.settings.apiUrl}/diagnostics/token`;
    const { status, body } = await this.upstream.request({ method: 'GET', url, headers: {} });
    const token = status === 200 ? jsonObject(body)?.['token'] : undefined;
    return typeof token === 'string' ? token : undefined;
  }

  /** @throws HmsError for a refusal; FoyerError `try-again`. */
  private async call<T>(method: 'GET' | 'POST', path: string, request?: object): Promise<T> {
    const token = managementToken(this.settings, this.clock.now());
    const { status, body } = await this.upstream.request({
      method,
      url: `${this.settings.apiUrl}${path}`,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(request === undefined ? {} : { body: JSON.stringify(request) }),
    });
    const answer = jsonObject(body);
    if (status === 200 && answer !== undefined) return answer as T;
    throw new HmsError(`${method} ${path.split('?')[0]}`, status, answer?.['code'] === status);
  }
}

/** Any other refusal than the vendor's own "there is no such thing" is thrown. */
async function foundOrUndefined<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof HmsError && error.status === 404 && error.isVendors) return undefined;
    throw error;
  }
}
