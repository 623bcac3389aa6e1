/**
 * What a user's devices on Sync listen to: a list of events and a document that shows the call as it stands. Both
 * are the user's, shared by the devices; each device has an identity of its own that may read them and nothing
 * else. They have no names, only SIDs that the user's record holds, so nobody can take one's place.
 */
import type { DocumentInstance } from 'twilio/lib/rest/sync/v1/service/document';
import { together } from '../../../domain/in-parallel';
import type { Channel } from '../../../domain/presence';
import { busy } from '../../../upstream/upstream';
import { foundOrUndefined, isTwilioError } from '../client';
import { READ_ONLY, type SyncService } from './sync-service';

/** Four times as long as any token of a device lives. */
const LIFE_SECONDS = 48 * 3600;
/** Longer than any call rings. */
const ITEM_SECONDS = 15 * 60;
const MAX_CONFLICTS = 10;

export class UserChannels {
  constructor(private readonly sync: SyncService) {}

  /**
   * A channel that the device of this identity may read: the one that is known, unless it is gone, or a new one.
   * Cost: 4 calls.
   */
  async open(known: Channel | undefined, identity: string): Promise<Channel> {
    if (known) {
      const [extended, permitted] = await together([this.extend(known), this.permit(known, identity)]);
      if (extended && permitted) return { list: known.list, document: known.document };
    }
    const channel = await this.create();
    if (!(await this.permit(channel, identity))) throw busy();
    return channel;
  }

  private async create(): Promise<Channel> {
    const [list, document] = await together([
      this.sync.patient.syncLists.create({ ttl: LIFE_SECONDS }),
      this.sync.patient.documents.create({ data: {}, ttl: LIFE_SECONDS }),
    ]);
    return { list: list.sid, document: document.sid };
  }

  /** It lives as long again. @returns false when it is gone. */
  private async extend({ list, document }: Channel): Promise<boolean> {
    const ttl = LIFE_SECONDS;
    return all(
      this.sync.patient.syncLists(list).update({ ttl }),
      this.sync.patient.documents(document).update({ ttl }),
    );
  }

  /** @returns false when the channel is gone. */
  private permit({ list, document }: Channel, identity: string): Promise<boolean> {
    return all(
      this.sync.patient.syncLists(list).syncListPermissions(identity).update(READ_ONLY),
      this.sync.patient.documents(document).documentPermissions(identity).update(READ_ONLY),
    );
  }

  /** Cost: 2 calls at once. */
  async revoke({ list, document }: Channel, identity: string): Promise<void> {
    await all(
      this.sync.patient.syncLists(list).syncListPermissions(identity).remove(),
      this.sync.patient.documents(document).documentPermissions(identity).remove(),
    );
  }

  /** A channel that is gone is fine. Cost: 1 write. */
  async tell({ list }: Channel, event: object): Promise<void> {
    const items = this.sync.patient.syncLists(list).syncListItems;
    await foundOrUndefined(items.create({ data: event, itemTtl: ITEM_SECONDS }));
  }

  /** Shows `data` in the document, unless what is there is to stay. A channel that is gone is fine. Cost: 1 read, 1 write. */
  async show<T extends object>(
    channel: Channel,
    data: T,
    stays: (shown: Partial<T>) => boolean,
  ): Promise<void> {
    const document = this.sync.patient.documents(channel.document);
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const current = await foundOrUndefined(document.fetch());
      if (!current || stays(current.data as Partial<T>)) return;
      if (await this.replace(current, data)) return;
      await this.sync.upstream.pause(1);
    }
    throw busy();
  }

  private async replace({ sid, revision }: DocumentInstance, data: object): Promise<boolean> {
    try {
      await this.sync.patient.documents(sid).update({ data, ifMatch: revision });
      return true;
    } catch (error) {
      if (isTwilioError(error, 412) || isTwilioError(error, 404)) return false;
      throw error;
    }
  }
}

/** Whether the vendor knows of both. */
async function all(...calls: readonly Promise<unknown>[]): Promise<boolean> {
  const outcomes = await together(calls.map(foundOrUndefined));
  return outcomes.every((outcome) => outcome !== undefined);
}
