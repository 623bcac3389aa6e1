/** How people's devices are told of their calls, wherever they are connected. */
import type { CallMessage } from '../domain/call';
import type { Channel, Presence } from '../domain/presence';

/** The gateways of these look at the call again at `at`, ms since epoch, and so make what time has done be seen. */
export interface Reminder {
  readonly callId: string;
  readonly at: number;
  readonly of: readonly Presence[];
}

/** What a browser needs to watch its user's list and document, and nothing else of ours. */
export interface ChannelPass extends Channel {
  /** The SDK identity inside the token: the name of this one device. */
  readonly identity: string;
  readonly token: string;
  /** Options for the SDK's constructor; `{}` on the vendor's own cloud. */
  readonly connectOptions: Readonly<Record<string, unknown>>;
  /** ms since epoch: the device counts as connected until then, unless we hear of it. */
  readonly until: number;
  /** ms since epoch. */
  readonly tokenUntil: number;
}

export interface CallEvents {
  /**
   * Tells all devices of these people: by the mailboxes of their gateways, whose lease lasts, and by list and
   * document of those who are on the push channel. The same again does no harm: receivers drop, and a document
   * keeps, by the message's id, whatever is not later than what they have. Messages of one call keep their order.
   * @param to as the directory handed them out, each user once
   * Cost: 1 write for each gateway of theirs, 3 calls for each user on the push channel, all at once.
   */
  deliver(to: readonly Presence[], message: CallMessage, reminder?: Reminder): Promise<void>;

  /** A reminder on its own. Cost: 1 write for each gateway. */
  remind(reminder: Reminder): Promise<void>;

  /**
   * Somebody's list and document, made on first need, and a token for one device.
   * @param known the user's, where they are known
   * @param identity of the device, where it wants another token
   * Cost: 4 calls, also where the channel is known: it lives on, and the device may read it.
   */
  open(userId: string, known?: Channel, identity?: string): Promise<ChannelPass>;

  /** The device may not read any more; again is fine. Cost: 2 calls at once. */
  close(channel: Channel, identity: string): Promise<void>;

  /** Whether this is the identity of a device of this user. Cost: none. */
  isDeviceOf(identity: string, userId: string): boolean;
}
