/** The browsers' protocol spoken by hand, for what no well-behaved SDK would send. */
import { WebSocket } from 'ws';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the wire brings
type Loose = Record<string, any>;

export interface WireFrame {
  readonly header: Loose;
  readonly body: Loose | undefined;
}

export interface Wire {
  readonly socket: WebSocket;
  /** Everything that came, replies included. */
  readonly received: WireFrame[];
  send(header: Loose, body?: unknown): void;
  sendRaw(bytes: string | Buffer): void;
  /** The first frame, past or future, for which it holds. */
  frame(matches: (frame: WireFrame) => boolean): Promise<WireFrame>;
  notification(matches: (body: Loose) => boolean): Promise<Loose>;
  /** Answers the status code of the reply. */
  init(token: string, more?: Loose): Promise<number>;
  /** An HTTP request through the socket. */
  request(method: string, path: string, body?: unknown, more?: Loose): Promise<{ code: number; body: Loose }>;
  subscribe(type: string, sid: string, since: number | null): Promise<Loose>;
  closed: Promise<number>;
  close(): void;
}

export function parseFrame(bytes: Buffer): WireFrame {
  const lineEnd = bytes.indexOf('\r\n');
  const size = Number(bytes.toString('latin1', 0, lineEnd).split(' ')[2]);
  const start = lineEnd + 2;
  const header = JSON.parse(bytes.toString('utf8', start, start + size)) as Loose;
  const payload = bytes.toString('utf8', start + size + 2, start + size + 2 + Number(header['payload_size']));
  return { header, body: payload === '' ? undefined : (JSON.parse(payload) as Loose) };
}

export function frameText(header: Loose, body?: unknown): string {
  const payload = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const text = JSON.stringify({
    payload_type: 'application/json',
    ...header,
    payload_size: Buffer.byteLength(payload),
  });
  return `TWILSOCK V3.0 ${Buffer.byteLength(text)}\r\n${text}\r\n${payload}`;
}

let ids = 0;

export async function openSocket(url: string): Promise<Wire> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const received: WireFrame[] = [];
  const waiting = new Set<{ matches: (frame: WireFrame) => boolean; resolve: (frame: WireFrame) => void }>();
  socket.on('message', (bytes: Buffer, isBinary: boolean) => {
    if (!isBinary) throw new Error('clients choke on text frames');
    const frame = parseFrame(bytes);
    received.push(frame);
    for (const waiter of waiting) {
      if (!waiter.matches(frame)) continue;
      waiting.delete(waiter);
      waiter.resolve(frame);
    }
  });
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));

  const frame: Wire['frame'] = (matches) => {
    const past = received.find(matches);
    return past ? Promise.resolve(past) : new Promise((resolve) => waiting.add({ matches, resolve }));
  };
  const send: Wire['send'] = (header, body) => socket.send(Buffer.from(frameText(header, body)));
  const ask = async (header: Loose, body?: unknown): Promise<WireFrame> => {
    ids += 1;
    const id = `TM${ids}`;
    send({ id, ...header }, body);
    return frame(({ header: reply }) => reply['method'] === 'reply' && reply['id'] === id);
  };
  const request: Wire['request'] = async (method, path, body, more = {}) => {
    const http = { host: 'cds.us1.twilio.com', path, method, params: {}, headers: {}, ...more };
    const reply = await ask({ method: 'message', active_grant: 'data_sync', http_request: http }, body);
    return { code: Number(reply.header['http_status']?.code), body: reply.body ?? {} };
  };
  const notification: Wire['notification'] = async (matches) => {
    const found = await frame(
      ({ header, body }) => header['method'] === 'notification' && matches(body ?? {}),
    );
    return found.body ?? {};
  };
  return {
    socket,
    received,
    send,
    sendRaw: (bytes) => socket.send(bytes),
    frame,
    notification,
    init: async (token, more = {}) => {
      const registrations = [
        { product: 'data_sync', type: 'ers', notification_protocol_version: 0, message_types: [] },
      ];
      const reply = await ask({ method: 'init', token, registrations, capabilities: [], ...more });
      return Number(reply.header['status'].code);
    },
    request,
    subscribe: async (type, sid, since) => {
      ids += 1;
      const wish = { object_sid: sid, object_type: type, last_event_id: since };
      const body = { event_protocol_version: 4, action: 'establish', correlation_id: ids, requests: [wish] };
      await request('POST', '/v4/Subscriptions', body);
      return notification((told) => told['correlation_id'] === body.correlation_id);
    },
    closed,
    close: () => socket.terminate(),
  };
}
