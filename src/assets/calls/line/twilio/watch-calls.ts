/** Calls over Twilio Sync: a list of everything that happens, and a document that shows the call as it stands. */
import '../../../lobby/twilio/random-uuid';
import type { CallEvent, CallResponse, ConnectUserResponse } from '../../../../api/calls';
import type { Watch, WatchEvents } from '../../../lobby/lobby';
import { watch } from '../../../lobby/twilio/watch';
import { type News, newsIn } from '../wire';

/** Of what happened while nobody listened, as much as can still matter. */
const RECENT = 50;

export const watchCalls = (pass: ConnectUserResponse, events: WatchEvents<News>): Watch =>
  watch<News>(pass, events, async (client, shown) => {
    const [list, document] = await Promise.all([
      client.list({ id: pass.list, mode: 'open_existing' }),
      client.document({ id: pass.document, mode: 'open_existing' }),
    ]);
    const show = (data: object): void => {
      const news = newsShown(data);
      if (news) shown(news);
    };
    list.on('itemAdded', ({ item }) => shown(newsIn(item.data as CallEvent)));
    document.on('updated', ({ data }) => show(data));
    for (const gone of [list, document]) gone.on('removed', () => events.expired());
    const { items } = await list.getItems({ order: 'desc', pageSize: RECENT });
    for (const news of latestOf(items.map(({ data }) => newsIn(data as CallEvent)))) shown(news);
    show(document.data);
    return () => {
      list.close();
      document.close();
    };
  });

/** Of each call how it stands by now: what it was before need not ring any more. @param newestFirst as they came */
function latestOf(newestFirst: readonly News[]): readonly News[] {
  const latest = new Map<string, News>();
  for (const news of newestFirst) if (!latest.has(news.call.id)) latest.set(news.call.id, news);
  return [...latest.values()].toReversed();
}

/** The document is empty before somebody's first call. */
function newsShown(data: object): News | undefined {
  const { eventId, ...call } = data as CallResponse & { readonly eventId?: string };
  return eventId === undefined ? undefined : { id: eventId, call };
}
