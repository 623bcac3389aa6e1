/** Pages of a Twilio list resource: https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information */
import { invalidParameter, VendorError } from './errors';
import type { RestRequest, RestResponse } from './rest-server';

const DEFAULT_PAGE_SIZE = 50;
/** What may be asked for, and how many rows the answer has at most. */
const LARGEST_PAGE_SIZE = 1000;
export const MOST_ROWS = 100;

/** What a row is ordered by; unique among the rows, and never changed while the row lives. */
export type Position = string | number;

export interface Listing<Row> {
  /** The property that carries the rows, and `meta.key`. */
  readonly key: string;
  /** All rows, already in the order of the answer; of many, those around the page's place ({@link pagePosition}). */
  readonly rows: readonly Row[];
  readonly positionOf: (row: Row) => Position;
  readonly view: (row: Row) => unknown;
  /** True if the rows run from the greatest position to the least. */
  readonly descending?: boolean;
  /** Where the first page begins, as an index into the rows; 0 if left out. */
  readonly start?: number;
  /** A product's own words for a bad `PageSize` or `PageToken`. */
  readonly refusals?: PageRefusals;
}

export interface PageRefusals {
  pageSize(): VendorError;
  pageToken(): VendorError;
}

/** https://www.twilio.com/docs/api/errors/20007 */
const REFUSALS: PageRefusals = {
  pageSize: () => new VendorError(400, 20007, 'Page size too large'),
  pageToken: () => invalidParameter('Invalid PageToken'),
};

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly size: number;
  /** Tokens of the neighbours; null where there is none. */
  readonly previous: string | null;
  readonly next: string | null;
}

/**
 * One page of the rows. A token names the row it continues after (`PA…`) or ends before (`PB…`), so rows that come
 * or go between two requests neither repeat nor hide others.
 *
 * @throws {VendorError} 400 for a page size outside 1 to 1000 (above 100, 100 rows come), or a token not given out here
 */
export function paginate<Row>(query: URLSearchParams, listing: Listing<Row>): Page<Row> {
  const { rows, positionOf, refusals = REFUSALS } = listing;
  const size = pageSize(query.get('PageSize'), refusals);
  const start = startOf(listing, query.get('PageToken'), size);
  const shown = rows.slice(start, start + size);
  const first = shown[0];
  const last = shown.at(-1);
  return {
    rows: shown,
    size,
    previous: first !== undefined && start > 0 ? encode('PB', positionOf(first)) : null,
    next: last !== undefined && start + size < rows.length ? encode('PA', positionOf(last)) : null,
  };
}

/** The same as a REST answer, with the absolute URLs that the SDKs follow. @throws {VendorError} as `paginate` does */
export function page<Row>(request: RestRequest, listing: Listing<Row>): RestResponse {
  const { rows, size, previous, next } = paginate(request.query, listing);
  const number = Math.max(Number.parseInt(request.query.get('Page') ?? '0', 10) || 0, 0);
  const url = (index: number, token: string | null): string => pageUrl(request, size, index, token);
  const meta = {
    key: listing.key,
    page: number,
    page_size: size,
    first_page_url: url(0, null),
    previous_page_url: previous === null ? null : url(Math.max(number - 1, 0), previous),
    url: url(number, request.query.get('PageToken')),
    next_page_url: next === null ? null : url(number + 1, next),
  };
  return { status: 200, body: { [listing.key]: rows.map((row) => listing.view(row)), meta } };
}

function pageSize(given: string | null, refusals: PageRefusals): number {
  if (given === null || given === '') return DEFAULT_PAGE_SIZE;
  const size = /^\d+$/.test(given) ? Number(given) : 0;
  if (size < 1 || size > LARGEST_PAGE_SIZE) throw refusals.pageSize();
  return Math.min(size, MOST_ROWS);
}

function startOf<Row>(listing: Listing<Row>, token: string | null, size: number): number {
  const { rows, positionOf, descending, start = 0, refusals = REFUSALS } = listing;
  if (token === null || token === '') return start;
  const { kind, position } = decode(token, refusals);
  const past = (row: Row): boolean => {
    const at = positionOf(row);
    if (typeof at !== typeof position) throw refusals.pageToken();
    if (at === position) return kind === 'PB';
    return descending ? at < position : at > position;
  };
  const index = rows.findIndex(past);
  const boundary = index < 0 ? rows.length : index;
  return kind === 'PA' ? boundary : Math.max(boundary - size, 0);
}

const encode = (kind: 'PA' | 'PB', position: Position): string =>
  kind + Buffer.from(JSON.stringify(position)).toString('base64url');

/** The row that a page begins after or ends before; undefined for a first page, and for a token not given out here. */
export const pagePosition = (query: URLSearchParams): Position | undefined =>
  readToken(query.get('PageToken') ?? '')?.position;

function decode(token: string, refusals: PageRefusals): PageToken {
  const read = readToken(token);
  if (!read) throw refusals.pageToken();
  return read;
}

interface PageToken {
  readonly kind: 'PA' | 'PB';
  readonly position: Position;
}

function readToken(token: string): PageToken | undefined {
  const kind = token.slice(0, 2);
  if (kind !== 'PA' && kind !== 'PB') return undefined;
  try {
    const position: unknown = JSON.parse(Buffer.from(token.slice(2), 'base64url').toString());
    return typeof position === 'string' || typeof position === 'number' ? { kind, position } : undefined;
  } catch {
    return undefined;
  }
}

/** Filters travel on in the query, or the next page would be one of another list. */
function pageUrl(request: RestRequest, size: number, number: number, token: string | null): string {
  const query = new URLSearchParams(request.query);
  query.set('PageSize', String(size));
  query.set('Page', String(number));
  query.delete('PageToken');
  if (token !== null) query.set('PageToken', token);
  return `${request.origin}${request.path}?${query.toString()}`;
}
