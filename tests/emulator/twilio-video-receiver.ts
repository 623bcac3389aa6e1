/** Receives status callbacks; signatures are checked by the vendor's own SDK. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { validateRequest } from 'twilio';
import { CREDENTIALS } from './twilio-video-account';

export interface Received {
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly signed: boolean;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** Called for each request before it is answered. */
  delay: () => Promise<void>;
  /** Resolves when what was received satisfies. */
  until(holds: (received: readonly Received[]) => boolean): Promise<readonly Received[]>;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      received.push(await read(request));
      server.emit('received');
      await receiver.delay();
      response.end();
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?of=rooms`,
    received,
    delay: () => Promise.resolve(),
    until: async (holds) => {
      while (!holds(received)) await once(server, 'received');
      return received;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return receiver;
}

async function read(request: IncomingMessage): Promise<Received> {
  const body = Buffer.concat(await request.toArray()).toString();
  const url = `http://${request.headers.host}${request.url}`;
  const isGet = request.method === 'GET';
  const form = Object.fromEntries(new URLSearchParams(body));
  const signature = String(request.headers['x-twilio-signature']);
  return {
    method: request.method ?? '',
    params: isGet ? Object.fromEntries(new URL(url).searchParams) : form,
    signed: validateRequest(CREDENTIALS.authToken, signature, url, isGet ? {} : form),
  };
}
