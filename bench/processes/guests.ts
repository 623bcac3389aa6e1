/** Guests of several groups, each a socket of this process; notes when each of them hears of a change. */
import { SyncClient } from 'twilio-sync';
import { WebSocket } from 'ws';
import { answerCalls } from '../child';
import { openWire } from '../wire-client';

export interface GuestGroup {
  readonly name: string;
  /** `sdk`: the unmodified `twilio-sync`; `wire`: only what it says; `raw`: a bare `ws` client that parses JSON. */
  readonly kind: 'sdk' | 'wire' | 'raw';
  readonly count: number;
  readonly url: string;
  readonly token: string;
  readonly document: string;
}

interface Hearing {
  readonly count: number;
  /** Of the present round: nanoseconds of the clock that all processes share, one for each guest. */
  times: number[];
  readonly rounds: Float64Array[];
  readonly waiting: ((times: Float64Array) => void)[];
  bytes: number;
}

/** More at once would time each other out. */
const CONNECTING = 25;

const groups = new Map<string, Hearing>();

function hear(group: Hearing, bytes: number): void {
  group.times.push(Number(process.hrtime.bigint()));
  group.bytes = bytes;
  if (group.times.length < group.count) return;
  const round = Float64Array.from(group.times);
  group.times = [];
  const waiting = group.waiting.shift();
  if (waiting) waiting(round);
  else group.rounds.push(round);
}

const connectors: Readonly<Record<GuestGroup['kind'], (g: GuestGroup, heard: Hearing) => Promise<unknown>>> =
  {
    sdk: async ({ url, token, document: id }, heard) => {
      const client = new SyncClient(token, { twilsock: { uri: url } });
      const document = await client.document({ id, mode: 'open_existing' });
      const standing = new Promise((resolve) => document.on('_subscriptionStateChanged', resolve));
      document.on('updated', () => hear(heard, 0));
      await standing;
    },
    wire: ({ url, token, document }, heard) => openWire(url, token, document, (bytes) => hear(heard, bytes)),
    raw: ({ url }, heard) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on('message', (bytes: Buffer) => {
        JSON.parse(bytes.toString());
        hear(heard, bytes.length);
      });
      return new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    },
  };

const calls = {
  /** Resolves when every guest listens. */
  async connect(group: GuestGroup): Promise<void> {
    const hearing: Hearing = { count: group.count, times: [], rounds: [], waiting: [], bytes: 0 };
    groups.set(group.name, hearing);
    for (let begun = 0; begun < group.count; begun += CONNECTING) {
      const batch = Math.min(CONNECTING, group.count - begun);
      await Promise.all(Array.from({ length: batch }, () => connectors[group.kind](group, hearing)));
    }
  },

  /** When each guest of the group heard of the next change, once all have. */
  heard(name: string): Promise<Float64Array> {
    const group = groups.get(name);
    if (!group) throw new Error(`there is no group ${name}`);
    const round = group.rounds.shift();
    return round ? Promise.resolve(round) : new Promise((resolve) => group.waiting.push(resolve));
  },

  /** Bytes of the latest change on the wire, unless the SDK hides them. */
  bytes: (name: string): number => groups.get(name)?.bytes ?? 0,
};

export type GuestsCalls = typeof calls;

answerCalls(calls);
