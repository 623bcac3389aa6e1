/** A guest's browser reduced to what it says on the wire: hello, which document, and then it listens. */
import { WebSocket } from 'ws';

type Header = Readonly<Record<string, unknown>>;

const ERS = { product: 'data_sync', type: 'ers', notification_protocol_version: 0 };
const DOCUMENT_MESSAGES = ['com.twilio.rtd.cds.document', 'twilio.sync.event'];

/**
 * Resolves when the subscription stands.
 * @param heard told the size in bytes of each change
 */
export function openWire(
  url: string,
  token: string,
  documentSid: string,
  heard: (bytes: number) => void,
): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  socket.on('open', () => {
    const registrations = [{ ...ERS, message_types: DOCUMENT_MESSAGES }];
    socket.send(encode({ method: 'init', id: 'TM1', token, registrations, capabilities: [] }));
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the emulator closed the socket')));
    socket.on('message', (bytes: Buffer) => {
      const { header, payload } = decode(bytes);
      if (header['id'] === 'TM1' && header['method'] === 'reply') socket.send(subscribing(documentSid));
      if (header['method'] !== 'notification') return;
      socket.send(encode({ method: 'reply', id: header['id'], status: { code: 200, status: 'OK' } }));
      const type = (JSON.parse(payload) as { event_type: string }).event_type;
      if (type === 'document_updated') heard(bytes.length);
      if (type === 'subscription_established') resolve(socket);
      if (type === 'subscription_failed') reject(new Error(payload));
    });
  });
}

const subscribing = (documentSid: string): Buffer =>
  encode(
    {
      method: 'message',
      id: 'TM2',
      active_grant: 'data_sync',
      http_request: { host: 'cds.twilio.com', path: '/v4/Subscriptions', method: 'POST' },
    },
    JSON.stringify({
      event_protocol_version: 4,
      action: 'establish',
      correlation_id: 1,
      requests: [{ object_sid: documentSid, object_type: 'document', last_event_id: 1 }],
    }),
  );

function encode(header: Header, payload = ''): Buffer {
  const size = Buffer.byteLength(payload);
  const text = JSON.stringify({ ...header, payload_size: size, payload_type: 'application/json' });
  const frame = `TWILSOCK V3.0 ${Buffer.byteLength(text)}\r\n${text}\r\n`;
  return Buffer.from(size === 0 ? frame : `${frame}${payload}\r\n`);
}

function decode(bytes: Buffer): { header: Header; payload: string } {
  const [start = '', header = '{}', payload = ''] = bytes.toString().split('\r\n');
  if (!start.startsWith('TWILSOCK V3.0 ')) throw new Error(`not a frame: ${start}`);
  return { header: JSON.parse(header) as Header, payload };
}
