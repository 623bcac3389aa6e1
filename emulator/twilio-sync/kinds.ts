/** The four kinds of object, as data: what tells their paths, SIDs, fields and refusals apart. */
import { VendorError } from '../twilio/errors';

export type ObjectType = 'document' | 'map' | 'list' | 'stream';

export interface Kind {
  readonly type: ObjectType;
  /** The path segment that the kind lives under. */
  readonly collection: 'Documents' | 'Maps' | 'Lists' | 'Streams';
  readonly sidPrefix: string;
  /** How webhook parameters begin: `DocumentSid`. */
  readonly title: string;
  readonly notFound: () => VendorError;
  /** What an item, or the document itself, answers to a stale `If-Match`. */
  readonly stale: () => VendorError;
  /** What a missing `Data` is answered with. */
  readonly noData: () => VendorError;
  /** The name of what addresses an item. */
  readonly itemId?: 'key' | 'index';
}

const refusal = (status: number, code: number, message: string) => () =>
  new VendorError(status, code, message);

export const KINDS = {
  document: {
    type: 'document',
    collection: 'Documents',
    sidPrefix: 'ET',
    title: 'Document',
    notFound: refusal(404, 54100, 'Document not found'),
    stale: refusal(412, 54103, 'The revision of the Document does not match the expected revision'),
    noData: refusal(400, 54101, 'Invalid Document data'),
  },
  map: {
    type: 'map',
    collection: 'Maps',
    sidPrefix: 'MP',
    title: 'Map',
    notFound: refusal(404, 54200, 'Map not found'),
    stale: refusal(412, 54205, 'The revision of the Map Item does not match the expected revision'),
    noData: refusal(400, 54206, 'Invalid Map Item data'),
    itemId: 'key',
  },
  list: {
    type: 'list',
    collection: 'Lists',
    sidPrefix: 'ES',
    title: 'List',
    notFound: refusal(404, 54150, 'List not found'),
    stale: refusal(412, 54155, 'The revision of the List Item does not match the expected revision'),
    noData: refusal(400, 54156, 'Invalid List Item data'),
    itemId: 'index',
  },
  stream: {
    type: 'stream',
    collection: 'Streams',
    sidPrefix: 'TO',
    title: 'Stream',
    notFound: refusal(404, 54250, 'Message Stream not found'),
    stale: refusal(412, 54103, 'The revision of the Stream does not match the expected revision'),
    noData: refusal(400, 54251, 'Invalid Stream Message data'),
  },
} as const satisfies Readonly<Record<ObjectType, Kind>>;

export const SID_PATTERN = /^[A-Z]{2}[a-f0-9]{32}$/;

export function kindOfCollection(collection: string | undefined): Kind | undefined {
  return Object.values(KINDS).find((kind) => kind.collection === collection);
}

export function kindOfType(type: unknown): Kind | undefined {
  return Object.values(KINDS).find((kind) => kind.type === type);
}
