/**
 * Mailboxes: lists that a gateway reads, and nobody else. Whatever functions want its sockets to be told, they put
 * there. They have no names, only SIDs that the gateway's record holds, so nobody can take one's place.
 */
import { createHash } from 'node:crypto';
import { foundOrUndefined } from '../client';
import { READ_ONLY, type SyncService } from './sync-service';

/** Sync takes 20 writes a second of one list, in bursts of ten seconds' worth; a call makes three. */
const MAILBOXES_PER_GATEWAY = 8;
const LIFE_MS = 24 * 3_600_000;
/** Renewed when less than this is left: long before anything in them could go with them. */
const LEAST_LIFE_MS = 12 * 3_600_000;
/** A gateway that was cut off for so long begins anew. */
const ITEM_SECONDS = 120;

export interface MailboxSet {
  /** SIDs. */
  readonly mailboxes: readonly string[];
  /** ms since epoch; when they expire. */
  readonly mailboxesUntil: number;
}

export const gatewayIdentity = (gateway: string): string => `gateway.${gateway}`;

export class Mailboxes {
  constructor(private readonly sync: SyncService) {}

  /** Those that there are, and they live on; new ones where they are gone. Cost: none; at times 8 calls; 16 for new ones. */
  async open(gateway: string, current: MailboxSet | undefined): Promise<MailboxSet> {
    const now = this.sync.clock.now();
    if (current && current.mailboxesUntil > now + LEAST_LIFE_MS) return current;
    const until = now + LIFE_MS;
    if (current && (await this.extend(current.mailboxes, until))) {
      return { mailboxes: current.mailboxes, mailboxesUntil: until };
    }
    const mailboxes = await Promise.all(
      Array.from({ length: MAILBOXES_PER_GATEWAY }, () => this.create(gatewayIdentity(gateway), until)),
    );
    return { mailboxes, mailboxesUntil: until };
  }

  /** @returns false when one is gone. */
  private async extend(mailboxes: readonly string[], until: number): Promise<boolean> {
    const ttl = this.sync.secondsUntil(until);
    const lists = mailboxes.map((sid) => foundOrUndefined(this.sync.patient.syncLists(sid).update({ ttl })));
    return (await Promise.all(lists)).every((list) => list !== undefined);
  }

  private async create(reader: string, until: number): Promise<string> {
    const lists = this.sync.patient.syncLists;
    const { sid } = await lists.create({ ttl: this.sync.secondsUntil(until) });
    await this.sync.patient.syncLists(sid).syncListPermissions(reader).update(READ_ONLY);
    return sid;
  }

  /**
   * @param topic what it is about: items of one topic stay in their order.
   * @returns false when there is no such mailbox any more. Cost: 1 write.
   */
  async post({ mailboxes }: Pick<MailboxSet, 'mailboxes'>, topic: string, data: object): Promise<boolean> {
    const index = createHash('sha256').update(topic).digest().readUInt32BE() % mailboxes.length;
    const items = this.sync.patient.syncLists(mailboxes[index] ?? '').syncListItems;
    return (await foundOrUndefined(items.create({ data, itemTtl: ITEM_SECONDS }))) !== undefined;
  }
}
