/** A WebSocket to a gateway at the page's own address. */
import type { CallEvent } from '../../../api/calls';
import { Refusal, refusalOf } from '../../api/refusal';
import { userToken } from '../../api/user-token';
import { newsIn, type OpenWire } from './wire';

/** A gateway lets somebody in within 8 s, or says no. */
const OPEN_MS = 10_000;

/** A refusal closes with 4000 and its HTTP status. These two only want us to come again. */
const COME_AGAIN: ReadonlySet<number> = new Set([4408, 4429]);

export const openSocket: OpenWire = (me, lastEventId, events) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(
      addressFor({ ...me, last_event_id: lastEventId, access_token: userToken() }),
    );
    let isOpen = false;
    const patience = setTimeout(() => socket.close(), OPEN_MS);
    socket.addEventListener('open', () => {
      clearTimeout(patience);
      isOpen = true;
      resolve({ via: 'socket', close: () => socket.close() });
    });
    socket.addEventListener('message', ({ data }) => {
      const event = eventIn(data);
      if (event) events.told(newsIn(event));
    });
    socket.addEventListener('close', ({ code, reason }) => {
      clearTimeout(patience);
      const isRefusal = code >= 4400 && code < 4500 && !COME_AGAIN.has(code);
      const refusal = isRefusal
        ? refusalOf(code - 4000, JSON.stringify({ message: reason }))
        : new Refusal('offline');
      if (isOpen) events.over(isRefusal ? refusal : undefined);
      else reject(refusal);
    });
  });

/** A browser can send no header with a WebSocket, so the token goes where the gateway takes it, and logs it never. */
function addressFor(parameters: Readonly<Record<string, string | undefined>>): URL {
  const address = new URL('/', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') address.searchParams.set(name, value);
  }
  return address;
}

function eventIn(data: unknown): CallEvent | undefined {
  try {
    const event = JSON.parse(String(data)) as Partial<CallEvent>;
    return event.id && event.type && event.call ? (event as CallEvent) : undefined;
  } catch {
    return undefined;
  }
}
