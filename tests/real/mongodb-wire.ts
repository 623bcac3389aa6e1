/**
 * A wire to a server of MongoDB's protocol, which remembers what was asked and how much was answered, can be slow, and
 * refuse every change.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { BSON } from 'mongodb';

/** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/: length, id, what it answers, kind. */
const HEADER_BYTES = 16;
const OP_MSG = 2013;
/** Header, flags, and the kind of the section that comes first, which is the command. */
const COMMAND_AT = HEADER_BYTES + 4 + 1;
const CHANGES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'findAndModify']);
/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
export const NO_PLACE = { code: 14_031, codeName: 'OutOfDiskSpace', errmsg: 'No space left on device' };
export const NOT_ALLOWED = { code: 13, codeName: 'Unauthorized', errmsg: 'not authorized on rooms' };

export interface MongoWire {
  /** What to use instead of the server's own. */
  readonly uri: string;
  /** What the server was asked, in its own words. */
  readonly commands: BSON.Document[];
  /** Of all answers. */
  answeredBytes: number;
  /** Every answer takes so many ms more. */
  delayMs: number;
  /** What is answered to changes, none of which reaches the server then. */
  refusal: typeof NO_PLACE | undefined;
  /** Of the changes only these, by the name of the command; all by default. */
  refused: ReadonlySet<string>;
  close(): Promise<void>;
}

export async function mongoWire(to: string): Promise<MongoWire> {
  const { hostname, port, pathname } = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const [one, other] of [[client, upstream] as const, [upstream, client] as const]) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    const answer = inTurn((bytes) => client.write(bytes), wire);
    upstream.on('data', (bytes: Buffer) => {
      wire.answeredBytes += bytes.length;
      answer(bytes);
    });
    eachMessage(client, (message) => {
      const command = commandIn(message);
      if (command) wire.commands.push(command);
      if (command && wire.refusal && isOf(wire.refused, command))
        answer(answerTo(message, { ok: 0, ...wire.refusal }));
      else upstream.write(message);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const wire: MongoWire = {
    uri: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    commands: [],
    answeredBytes: 0,
    delayMs: 0,
    refusal: undefined,
    refused: CHANGES,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return wire;
}

/** Hands on what comes, each after the delay and the one before. */
function inTurn(write: (bytes: Buffer) => void, wire: Pick<MongoWire, 'delayMs'>): (bytes: Buffer) => void {
  let last = Promise.resolve();
  return (bytes) => {
    const due = new Promise((resolve) => setTimeout(resolve, wire.delayMs));
    last = last.then(() => due).then(() => write(bytes));
  };
}

function eachMessage(socket: Socket, hear: (message: Buffer) => void): void {
  let bytes: Buffer = Buffer.alloc(0);
  socket.on('data', (more: Buffer) => {
    bytes = Buffer.concat([bytes, more]);
    while (bytes.length >= HEADER_BYTES && bytes.length >= bytes.readInt32LE(0)) {
      const length = bytes.readInt32LE(0);
      hear(bytes.subarray(0, length));
      bytes = bytes.subarray(length);
    }
  });
}

function commandIn(message: Buffer): BSON.Document | undefined {
  if (message.readInt32LE(12) !== OP_MSG) return undefined;
  return BSON.deserialize(message.subarray(COMMAND_AT, COMMAND_AT + message.readInt32LE(COMMAND_AT)));
}

const isOf = (names: ReadonlySet<string>, command: BSON.Document): boolean =>
  names.has(Object.keys(command)[0] ?? '');

function answerTo(message: Buffer, answer: BSON.Document): Buffer {
  const body = Buffer.concat([Buffer.alloc(5), BSON.serialize(answer)]);
  const header = Buffer.alloc(HEADER_BYTES);
  [HEADER_BYTES + body.length, 0, message.readInt32LE(4), OP_MSG].forEach((value, index) =>
    header.writeInt32LE(value, 4 * index),
  );
  return Buffer.concat([header, body]);
}
