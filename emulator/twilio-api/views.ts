/** How the API of 2010 shows things: dates as in mail (RFC 2822), pages by relative address. */
import type { RestRequest } from '../twilio/rest-server';
import { DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE } from './limits';

export interface ApiKey {
  readonly sid: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly updated: number;
}

const mailDate = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');

export const keyView = ({ sid, name, created, updated }: ApiKey): object => ({
  sid,
  friendly_name: name,
  date_created: mailDate(created),
  date_updated: mailDate(updated),
});

export const accountView = ({ accountSid }: { readonly accountSid: string }): object => ({
  sid: accountSid,
  friendly_name: 'Emulated account',
  status: 'active',
  type: 'Full',
  uri: `/2010-04-01/Accounts/${accountSid}.json`,
});

export function pageOfKeys(keys: readonly ApiKey[], { path, query }: RestRequest): object {
  const number = (name: string, fallback: number): number =>
    Math.trunc(Number(query.get(name) ?? fallback)) || 0;
  const size = Math.min(Math.max(number('PageSize', DEFAULT_PAGE_SIZE), 1), LARGEST_PAGE_SIZE);
  const page = Math.max(number('Page', 0), 0);
  const address = (index: number): string => `${path}?PageSize=${size}&Page=${index}`;
  return {
    keys: keys.slice(page * size, (page + 1) * size).map(keyView),
    page,
    page_size: size,
    start: page * size,
    end: Math.min((page + 1) * size, keys.length) - 1,
    uri: address(page),
    first_page_uri: address(0),
    previous_page_uri: page > 0 ? address(page - 1) : null,
    next_page_uri: (page + 1) * size < keys.length ? address(page + 1) : null,
  };
}
