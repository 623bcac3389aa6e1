/**
 * Messages to people's devices in Sync: by the mailboxes of their gateways, and by the list and the document of
 * those who are on Sync themselves.
 */
import type { CallMessage } from '../../../domain/call';
import { inParallel } from '../../../domain/in-parallel';
import { type Channel, gatewaysOf, type Presence } from '../../../domain/presence';
import { type ShownCall, shownCall, staysShown } from '../../../domain/shown-call';
import type { CallEvents, ChannelPass, Reminder } from '../../../ports/call-events';
import { keyInDeviceIdentity, newDeviceIdentity } from './device-identity';
import { GatewayLeases } from './gateway-leases';
import { Mailboxes } from './mailboxes';
import type { SyncService } from './sync-service';
import { UserChannels } from './user-channels';
import { userRecords } from './user-directory';

/** A working day. Whoever stays longer asks for another token. */
const TOKEN_MS = 12 * 3_600_000;
/** Where nobody tells us that a browser has gone, it is believed in no longer; the vendor advises no less. */
const TOKEN_UNTOLD_MS = 30 * 60_000;
/** A browser that has got its token connects within that time, or is not there. */
const CONNECT_MS = 60_000;

/** What goes into a mailbox; at least one of the two. */
interface MailboxItem {
  readonly to?: { readonly users: readonly string[] };
  readonly message?: CallMessage;
  readonly check?: { readonly callId: string; readonly at: number };
}

export class SyncCallEvents implements CallEvents {
  private readonly leases: GatewayLeases;
  private readonly mailboxes: Mailboxes;
  private readonly channels: UserChannels;

  constructor(private readonly sync: SyncService) {
    this.leases = new GatewayLeases(sync);
    this.mailboxes = new Mailboxes(sync);
    this.channels = new UserChannels(sync);
  }

  async deliver(to: readonly Presence[], message: CallMessage, reminder?: Reminder): Promise<void> {
    const told = [...new Set(to.flatMap(gatewaysOf))];
    const only = remindedOf(reminder).filter((gateway) => !told.includes(gateway));
    const check = reminder && checkOf(reminder);
    await inParallel(
      [
        ...told.map((gateway) => () => {
          const users = to.filter((presence) => gatewaysOf(presence).includes(gateway));
          const reminded = check && remindedOf(reminder).includes(gateway) ? { check } : {};
          const item = { to: { users: users.map(({ user }) => user.id) }, message, ...reminded };
          return this.post(gateway, message.call.id, item);
        }),
        ...only.map((gateway) => () => this.post(gateway, message.call.id, check ? { check } : {})),
        ...to.flatMap((presence) => this.onChannel(presence, message)),
      ],
      (send) => send(),
    );
  }

  async remind(reminder: Reminder): Promise<void> {
    const check = checkOf(reminder);
    await inParallel(remindedOf(reminder), (gateway) => this.post(gateway, reminder.callId, { check }));
  }

  /** A gateway whose lease is over has nobody to tell; its people connect anew, and learn then. */
  private async post(gateway: string, callId: string, item: MailboxItem): Promise<void> {
    // Not waited for where it is known: whoever is to ring goes before all that is asked for beside it.
    const record = this.leases.lasting(gateway) ?? (await this.leases.find(gateway));
    if (!record || record.until <= this.sync.clock.now()) return;
    await this.mailboxes.post(record, callId, item);
  }

  /** Also for devices that went, as long as they may come back: the list keeps what they miss. */
  private onChannel({ channel, devices }: Presence, message: CallMessage): (() => Promise<unknown>)[] {
    const now = this.sync.clock.now();
    const isOn = Object.values(devices).some((device) => device.via === 'sync' && device.tokenUntil > now);
    if (!channel || !isOn) return [];
    const next = shownCall(message);
    return [
      () => this.channels.tell(channel, message),
      () => this.channels.show<ShownCall>(channel, next, (shown) => staysShown(shown, next)),
    ];
  }

  async open(userId: string, known?: Channel, identity?: string): Promise<ChannelPass> {
    const device = identity ?? newDeviceIdentity(userRecords(this.sync).keyOf(userId));
    const channel = await this.channels.open(known, device);
    const { clock, settings } = this.sync;
    const now = clock.now();
    const tokenUntil = now + (settings.reachabilityWebhooks ? TOKEN_MS : TOKEN_UNTOLD_MS);
    return {
      ...channel,
      identity: device,
      token: this.sync.token(device, tokenUntil),
      connectOptions: this.sync.connectOptions,
      until: settings.reachabilityWebhooks ? now + CONNECT_MS : tokenUntil,
      tokenUntil,
    };
  }

  async close(channel: Channel, identity: string): Promise<void> {
    await this.channels.revoke(channel, identity);
  }

  isDeviceOf(identity: string, userId: string): boolean {
    return keyInDeviceIdentity(identity) === userRecords(this.sync).keyOf(userId);
  }
}

const remindedOf = (reminder: Reminder | undefined): string[] => [
  ...new Set(reminder?.of.flatMap(gatewaysOf)),
];

const checkOf = ({ callId, at }: Reminder): { callId: string; at: number } => ({ callId, at });
