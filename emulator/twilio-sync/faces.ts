/** The two faces that every object has: the REST API's and the one that client SDKs see. */
import { page, paginate } from '../twilio/paging';
import type { RestRequest } from '../twilio/rest-server';
import { CLIENT_SERVICES_URL } from './events';
import type { Face } from './world';

/** REST gives whole seconds. */
export const restDate = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

export const restFace = (request: RestRequest): Face => ({
  servicesUrl: `${request.origin}/v1/Services`,
  forClient: false,
  date: restDate,
  page: (listing) => page(request, listing),
});

export const clientFace = (query: URLSearchParams): Face => ({
  servicesUrl: CLIENT_SERVICES_URL,
  forClient: true,
  date: (ms) => (ms === null ? null : new Date(ms).toISOString()),
  page: (listing) => {
    const { rows, size, previous, next } = paginate(query, listing);
    const meta = { key: listing.key, page_size: size, previous_token: previous, next_token: next };
    return { status: 200, body: { [listing.key]: rows.map((row) => listing.view(row)), meta } };
  },
});
