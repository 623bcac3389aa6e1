/** One Sync service: its REST resources, the names of our objects in it, and tokens for browsers. */
import V1 from 'twilio/lib/rest/sync/V1';
import type { ServiceContext } from 'twilio/lib/rest/sync/v1/service';
import type { DocumentInstance } from 'twilio/lib/rest/sync/v1/service/document';
import type { Secrets } from '../../../domain/secrets';
import type { Clock } from '../../../ports/clock';
import type { Upstream } from '../../../upstream/upstream';
import { accessToken } from '../access-token';
import { foundOrUndefined, isTwilioError, type TwilioAccount, twilioDomain } from '../client';

export interface SyncSettings {
  readonly account: TwilioAccount;
  readonly serviceSid: string;
  /** `https://sync.twilio.com`, or a local emulator. */
  readonly apiOrigin: string;
  /** Set when the service is emulated: where a browser finds its socket, as it came to us. */
  readonly socketUrl?: string;
  /** Whether the service tells us by webhook when a guest's browser comes and goes. */
  readonly reachabilityWebhooks: boolean;
}

/** Access tokens may live for a day at most, https://www.twilio.com/docs/sync/auth-token */
const MAX_TOKEN_SECONDS = 24 * 3600;
/** Whoever takes a name again and again while we want it gets in nobody's way but the own. */
const MAX_EVICTIONS = 3;

export class SyncService {
  private readonly origin: (rateLimit: 'wait' | 'answer') => ServiceContext;
  private patientService?: ServiceContext;
  private promptService?: ServiceContext;

  constructor(
    readonly settings: SyncSettings,
    private readonly secrets: Secrets,
    readonly clock: Clock,
    readonly upstream: Upstream,
  ) {
    this.origin = (rateLimit) =>
      new V1(twilioDomain(settings.apiOrigin, settings.account, upstream, { rateLimit })).services(
        settings.serviceSid,
      );
  }

  /** Waits out rate limits. */
  get patient(): ServiceContext {
    return (this.patientService ??= this.origin('wait'));
  }

  /** Hands a rate limit (429) back at once, for callers who have somewhere else to go. */
  get prompt(): ServiceContext {
    return (this.promptService ??= this.origin('answer'));
  }

  /**
   * The unique name of one of our objects. Any holder of a Sync token may create objects, so names must not
   * be guessable: else a guest could take a name before us, or forge what we would read.
   */
  name(kind: string, ...parts: readonly string[]): string {
    return `${kind}.${this.secrets.mac('object-name', [kind, ...parts].join('\0')).toString('base64url')}`;
  }

  /**
   * A document under a name of ours, until `expiresAt` (ms since epoch). A guest has seen the name of the
   * document that it watched, and may have made one of that name when ours was gone: that one goes first.
   * @returns undefined when there is one of ours. Cost: 1 call; 2 if the name is taken, 4 if by a browser.
   */
  async createDocument(
    uniqueName: string,
    data: object,
    expiresAt: number,
  ): Promise<DocumentInstance | undefined> {
    for (let evictions = 0; evictions <= MAX_EVICTIONS; evictions += 1) {
      try {
        return await this.patient.documents.create({
          uniqueName,
          data,
          ttl: this.secondsUntil(expiresAt),
        });
      } catch (error) {
        if (!isTwilioError(error, 409)) throw error;
      }
      const existing = await foundOrUndefined(this.patient.documents(uniqueName).fetch());
      if (existing && isOurs(existing)) return undefined;
      if (existing) await foundOrUndefined(this.patient.documents(existing.sid).remove());
    }
    return undefined;
  }

  /** A token that identifies its bearer to this one service, and expires with `expiresAt` (ms since epoch). */
  token(identity: string, expiresAt: number): string {
    const { account, serviceSid } = this.settings;
    const ttl = Math.min(MAX_TOKEN_SECONDS, Math.max(60, this.secondsUntil(expiresAt)));
    return accessToken(account, { identity, ttl, grants: { data_sync: { service_sid: serviceSid } } });
  }

  get connectOptions(): Record<string, unknown> {
    const { socketUrl } = this.settings;
    return socketUrl === undefined ? {} : { twilsock: { uri: socketUrl } };
  }

  /** Whole seconds, at least 1: a TTL of 0 would mean "for ever". */
  secondsUntil(time: number): number {
    return Math.max(1, Math.ceil((time - this.clock.now()) / 1000));
  }
}

/** REST creations are `system`; whatever a browser made under a name of ours is not ours. */
export const isOurs = (object: { readonly createdBy: string }): boolean => object.createdBy === 'system';

export const READ_ONLY = { read: true, write: false, manage: false } as const;
