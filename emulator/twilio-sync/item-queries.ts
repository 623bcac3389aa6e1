/** `GET …/Items`: a collection's items in order, from where the caller wants them. */
import { MOST_ROWS, pagePosition } from '../twilio/paging';
import type { RestResponse } from '../twilio/rest-server';
import { livingItem, livingItems, viewItem } from './collections';
import { invalidBounds, invalidOrder } from './errors';
import type { Place } from './ordered-items';
import type { Item, SyncObject } from './state';
import { PAGE_REFUSALS, type SyncRequest, type World } from './world';

/**
 * @param only an item's id that a client asks for alone; the page then has one item, or none
 * @param from where the first page starts, whether there is such an item or not
 */
export function queryItems(
  world: World,
  request: SyncRequest,
  object: SyncObject,
  only: string | number | undefined,
  from: string | number | undefined,
): RestResponse {
  const { face, query } = request;
  const descending = oneOf(query, 'Order', ['asc', 'desc'], invalidOrder) === 'desc';
  const inclusive = oneOf(query, 'Bounds', ['inclusive', 'exclusive'], invalidBounds) === 'inclusive';
  const place = placeOf(pagePosition(query) ?? from, descending);
  const rows =
    only === undefined
      ? livingItems(world, object, place, ROWS_IN_SIGHT)
      : lone(livingItem(world, object, only));
  if (descending) rows.reverse();
  return face.page({
    key: 'items',
    rows,
    positionOf: (item) => item.id,
    view: (item) => viewItem(world, request, object, item, true),
    descending,
    start: from === undefined ? 0 : firstFrom(rows, from, descending, inclusive),
    refusals: PAGE_REFUSALS,
  });
}

/** On either side of where a page begins or ends: those of the page, the one named there, and whether more follow. */
const ROWS_IN_SIGHT = MOST_ROWS + 2;

function placeOf(id: string | number | undefined, descending: boolean): Place {
  return id === undefined ? { end: descending ? 'last' : 'first' } : { id };
}

const lone = (item: Item | undefined): Item[] => (item ? [item] : []);

function firstFrom(
  rows: readonly Item[],
  from: string | number,
  descending: boolean,
  inclusive: boolean,
): number {
  const index = rows.findIndex(({ id }) => {
    if (id === from) return inclusive;
    return descending ? id < from : id > from;
  });
  return index < 0 ? rows.length : index;
}

/** The first of the choices is what an absent parameter means. */
function oneOf(
  query: URLSearchParams,
  name: string,
  choices: readonly string[],
  refusal: () => Error,
): string | undefined {
  const given = query.get(name);
  if (given === null || given === '') return choices[0];
  if (!choices.includes(given)) throw refusal();
  return given;
}
