/** The waiting room over Twilio Sync: a document for a guest, a map for the host. */
import './random-uuid';
import type { GuestEntry } from '../../../api/meetings';
import type { BoardView, GuestView } from '../guest-view';
import type { Lobby } from '../lobby';
import { watchBoard } from './board';
import { watch } from './watch';

export const lobby: Lobby = {
  watchAsGuest: (pass, events) =>
    watch(pass, events, async (client, shown) => {
      const document = await client.document({ id: pass.document, mode: 'open_existing' });
      shown(document.data as GuestView);
      document.on('updated', ({ data }) => shown(data as GuestView));
      document.on('removed', () => events.expired());
      const told = (board: BoardView): void => events.board?.(board);
      const closeBoard = pass.board === undefined ? undefined : watchBoard(client, pass.board, told);
      return () => {
        closeBoard?.();
        document.close();
      };
    }),

  watchAsHost: (pass, events) =>
    watch(pass, events, async (client, shown) => {
      const map = await client.map({ id: pass.map, mode: 'open_existing' });
      const guests = new Map<string, GuestEntry>();
      const tell = (): void => shown([...guests.values()]);
      const put = ({ item }: { item: { key: string; data: object } }): void => {
        guests.set(item.key, item.data as GuestEntry);
        tell();
      };
      map.on('itemAdded', put);
      map.on('itemUpdated', put);
      map.on('itemRemoved', ({ key }) => {
        guests.delete(key);
        tell();
      });
      map.on('removed', () => events.expired());
      let page = await map.getItems({ pageSize: 100 });
      for (;;) {
        // What an event has told meanwhile is younger than the page.
        for (const { key, data } of page.items) if (!guests.has(key)) guests.set(key, data as GuestEntry);
        if (!page.hasNextPage) break;
        page = await page.nextPage();
      }
      tell();
      return () => map.close();
    }),
};
