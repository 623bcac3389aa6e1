/**
 * How many keys of its indexes MongoDB reads for what it is asked. FerretDB, which stands in for it, reads whole
 * collections; so it follows here from MongoDB's rule for what an index serves: what is equal, then the order, then the
 * range. https://www.mongodb.com/docs/manual/tutorial/equality-sort-range-guideline/
 */
import type { BSON, Collection, Db, Document, Sort } from 'mongodb';

type Query = BSON.Document & { find: string; filter: Document; sort?: Document; limit?: number };

/** More than these are too many, however many they are. */
const MOST = 1_000;

/**
 * @param commands as the server was asked; of these the queries count, but for single documents by their ids
 * @returns the keys that each query reads until its answer is complete. @throws Error for one that no index serves
 */
export function keysExamined(db: Db, commands: readonly BSON.Document[]): Promise<number[]> {
  const queries = commands.filter((command): command is Query => 'find' in command);
  const several = queries.filter(({ filter }) => !('_id' in filter));
  return Promise.all(several.map((query) => keysOf(db.collection(query.find), query)));
}

async function keysOf(collection: Collection, query: Query): Promise<number> {
  const { key, equal, range } = await indexFor(collection, query);
  const within = [...equal, range].filter((field) => field in query.filter);
  const bounds = Object.fromEntries(within.map((field) => [field, query.filter[field]]));
  const idsOf = async (filter: Document, limit: number): Promise<string[]> => {
    const order = { sort: key as Sort, limit, projection: { _id: 1 } };
    return (await collection.find(filter, order).toArray()).map(({ _id }) => String(_id));
  };
  const { filter, limit = MOST } = query;
  const [read, answered] = [await idsOf(bounds, MOST), await idsOf(filter, limit)];
  if (answered.length < limit) return read.length;
  const last = read.indexOf(answered.at(-1) ?? '');
  return last < 0 ? Infinity : last + 1;
}

/** With what it says of the field after those that are equal. */
async function indexFor(collection: Collection, { filter, sort = {} }: Query) {
  const equal = Object.keys(filter).filter((field) => !field.startsWith('$') && isEqual(filter[field]));
  const ordered = JSON.stringify(Object.entries(sort));
  for (const { key } of await collection.indexes()) {
    const fields = Object.entries(key);
    const first = fields.slice(0, equal.length).map(([field]) => field);
    const next = fields.slice(equal.length);
    const isSorted = JSON.stringify(next.slice(0, Object.keys(sort).length)) === ordered;
    const range = next[0]?.[0] ?? '';
    const isRanged = Object.keys(sort).length > 0 || range in filter;
    if (isSorted && isRanged && equal.every((field) => first.includes(field))) return { key, equal, range };
  }
  throw new Error(`no index for ${JSON.stringify({ filter, sort })}`);
}

/** Whether a condition picks single values of a field. */
const isEqual = (condition: unknown): boolean =>
  typeof condition !== 'object' || condition === null || '$in' in condition;
