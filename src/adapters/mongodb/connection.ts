/**
 * The driver and its one client. It is loaded, and connects, when it is first asked for; a connection that could not
 * be made is tried anew by the next request. What goes wrong is told in words of ours, within a request's time.
 */
import type { Collection, Db, MongoClient } from 'mongodb';
import type * as Driver from 'mongodb';
import type { FoyerError } from '../../domain/errors';
import type { Clock } from '../../ports/clock';
import type { ParticipantDocument, RoomDocument } from './documents';
import { away, told } from './faults';

/** ms: who has waited for a database for so long, by one call or by many, is told that it is away. */
const REQUEST_MS = 4_500;
const SELECTION_MS = 3_000;
/** Of one instance, which serves at most 30 requests at once. */
const CONNECTIONS = 10;
const DATABASE = 'foyer';

export interface Collections {
  readonly rooms: Collection<RoomDocument>;
  readonly participants: Collection<ParticipantDocument>;
}

interface Connected extends Collections {
  readonly client: MongoClient;
}

/** By address: one, outside of tests. */
const connections = new Map<string, Promise<Connected>>();

async function connect(uri: string): Promise<Connected> {
  // Loaded here: 100 ms that who keeps rooms elsewhere need not spend.
  const { MongoClient: Client } = require('mongodb') as typeof Driver;
  const client = new Client(uri, {
    appName: 'foyer',
    serverSelectionTimeoutMS: SELECTION_MS,
    connectTimeoutMS: SELECTION_MS,
    // The driver lets a server that keeps its connection and says nothing take its time.
    socketTimeoutMS: REQUEST_MS,
    maxPoolSize: CONNECTIONS,
    // Whoever was told to try again does not wait for a connection any more.
    waitQueueTimeoutMS: REQUEST_MS,
    // Idle instances keep nothing open for long.
    maxIdleTimeMS: 60_000,
  });
  try {
    await client.connect();
    const db = databaseOf(client, uri);
    const collections = {
      rooms: db.collection<RoomDocument>('rooms'),
      participants: db.collection<ParticipantDocument>('participants'),
    };
    await makeIndexes(collections);
    return { client, ...collections };
  } catch (error) {
    await client.close().catch(() => undefined);
    throw error;
  }
}

/** The one that the address names. */
const databaseOf = (client: MongoClient, uri: string): Db =>
  /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri) ? client.db() : client.db(DATABASE);

/** What is read is found by these, however much there is. Those that are there already are left alone. */
async function makeIndexes({ rooms, participants }: Collections): Promise<void> {
  await Promise.all([
    rooms.createIndex({ createdAt: -1, _id: -1 }),
    // One by one: a server that speaks the protocol may stumble over several that are there already.
    // Of those who have not left, who has come: tokens that nobody came by are not read.
    participants.createIndex({ roomId: 1, leftAt: 1, joinedAt: 1 }),
    participants.createIndex({ roomId: 1, joinedAt: -1, _id: -1 }),
  ]);
}

function connected(uri: string): Promise<Connected> {
  let connection = connections.get(uri);
  if (!connection) {
    connection = connect(uri);
    connections.set(uri, connection);
    connection.catch(() => connections.delete(uri));
  }
  return connection;
}

/** Ends what is open to this address; the next who asks connects anew. */
export async function disconnect(uri: string): Promise<void> {
  const connection = connections.get(uri);
  connections.delete(uri);
  await connection?.then(
    ({ client }) => client.close(),
    () => undefined,
  );
}

/** One request's way to the database: counted, and kept within its time. What the request does beside takes none of it. */
export class Connection {
  /** ms for which calls have been waited for; where several are under way, since when. */
  private waited = 0;
  private underWay = 0;
  private since = 0;

  constructor(
    private readonly uri: string,
    private readonly clock: Clock,
    private readonly counter: { calls: number },
  ) {}

  /**
   * @param run one call of the driver
   * @throws FoyerError `try-again` when the database is away, slow or full; `misconfigured` when it knows us not.
   */
  async call<T>(run: (collections: Collections) => Promise<T>): Promise<T> {
    this.counter.calls += 1;
    const left = this.begin();
    try {
      return await within(left, () => connected(this.uri).then(run));
    } catch (error) {
      throw told(error);
    } finally {
      this.end();
    }
  }

  /** @returns ms that are left to wait */
  private begin(): number {
    const now = this.clock.now();
    if (this.underWay === 0) this.since = now;
    this.underWay += 1;
    return REQUEST_MS - this.waited - (now - this.since);
  }

  private end(): void {
    this.underWay -= 1;
    if (this.underWay === 0) this.waited += this.clock.now() - this.since;
  }
}

/** @throws FoyerError `try-again`; nothing is begun for which there is no time. */
async function within<T>(ms: number, run: () => Promise<T>): Promise<T> {
  const late = (): FoyerError => away(new Error('no answer in time'));
  if (ms <= 0) throw late();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([run(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
