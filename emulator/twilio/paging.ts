/** Pages of a Twilio list resource: https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information */
import { invalidParameter, VendorError } from './errors';
import type { RestRequest, RestResponse } from './rest-server';

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 100;

/** What a row is ordered by; unique among the rows, and never changed while the row lives. */
export type Position = string | number;

export interface Listing<Row> {
  /** The property that carries the rows, and `meta.key`. */
  readonly key: string;
  /** All rows, already in the order of the answer. */
  readonly rows: readonly Row[];
  readonly positionOf: (row: Row) => Position;
  readonly view: (row: Row) => unknown;
  /** True if the rows run from the greatest position to the least. */
  readonly descending?: boolean;
}

/**
 * Answers one page. A page token names the row it continues after (`PA…`) or ends before (`PB…`), so rows that
 * come or go between two requests neither repeat nor hide others.
 *
 * @throws {VendorError} 400 for a page size outside 1 to 100, or a token that is not one of ours
 */
export function page<Row>(request: RestRequest, listing: Listing<Row>): RestResponse {
  const { key, rows, positionOf, view } = listing;
  const size = pageSize(request.query.get('PageSize'));
  const start = startOf(listing, request.query.get('PageToken'), size);
  const shown = rows.slice(start, start + size);
  const number = Math.max(Number.parseInt(request.query.get('Page') ?? '0', 10) || 0, 0);
  const url = (index: number, token?: string): string => pageUrl(request, size, index, token);
  const first = shown[0];
  const last = shown.at(-1);
  const hasNext = last !== undefined && start + size < rows.length;
  const hasPrevious = first !== undefined && start > 0;
  const meta = {
    key,
    page: number,
    page_size: size,
    first_page_url: url(0),
    previous_page_url: hasPrevious ? url(Math.max(number - 1, 0), encode('PB', positionOf(first))) : null,
    url: url(number, request.query.get('PageToken') ?? undefined),
    next_page_url: hasNext ? url(number + 1, encode('PA', positionOf(last))) : null,
  };
  return { status: 200, body: { [key]: shown.map((row) => view(row)), meta } };
}

/**
 * Stricter than the vendor may be where its pages contradict each other: its API descriptions say 100 at most, and
 * what works with this answer works with either.
 *
 * @throws {VendorError} 400, 20007 if it is too large: https://www.twilio.com/docs/api/errors/20007
 */
export function pageSize(given: string | null): number {
  if (given === null || given === '') return DEFAULT_PAGE_SIZE;
  if (!/^\d+$/.test(given) || Number(given) < 1) {
    throw invalidParameter('PageSize must be a whole number from 1 to 100');
  }
  if (Number(given) > LARGEST_PAGE_SIZE) throw new VendorError(400, 20007, 'Page size too large');
  return Number(given);
}

function startOf<Row>(
  { rows, positionOf, descending }: Listing<Row>,
  token: string | null,
  size: number,
): number {
  if (token === null || token === '') return 0;
  const { kind, position } = decode(token);
  const past = (row: Row): boolean => {
    const at = positionOf(row);
    if (typeof at !== typeof position) throw invalidParameter('Invalid PageToken');
    if (at === position) return kind === 'PB';
    return descending ? at < position : at > position;
  };
  const index = rows.findIndex(past);
  const boundary = index < 0 ? rows.length : index;
  return kind === 'PA' ? boundary : Math.max(boundary - size, 0);
}

const encode = (kind: 'PA' | 'PB', position: Position): string =>
  kind + Buffer.from(JSON.stringify(position)).toString('base64url');

function decode(token: string): { kind: string; position: Position } {
  const kind = token.slice(0, 2);
  try {
    const position: unknown = JSON.parse(Buffer.from(token.slice(2), 'base64url').toString());
    const isPosition = typeof position === 'string' || typeof position === 'number';
    if (isPosition && (kind === 'PA' || kind === 'PB')) return { kind, position };
  } catch {
    // Falls through: a token that cannot be read was not given out here.
  }
  throw invalidParameter('Invalid PageToken');
}

/** Filters travel on in the query, or the next page would be one of another list. */
function pageUrl(request: RestRequest, size: number, number: number, token?: string): string {
  const query = new URLSearchParams(request.query);
  query.set('PageSize', String(size));
  query.set('Page', String(number));
  query.delete('PageToken');
  if (token !== undefined) query.set('PageToken', token);
  return `${request.origin}${request.path}?${query.toString()}`;
}
