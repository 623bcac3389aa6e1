/** A WebSocket to a gateway at the page's own address, where one answers. */
import { Refusal, refusalOf } from '../api/refusal';

/** A gateway lets somebody in within 8 s, or says no. */
const OPEN_MS = 10_000;

/** A refusal closes with 4000 and its HTTP status. These two only want us to come again. */
const COME_AGAIN: ReadonlySet<number> = new Set([4408, 4429]);

export interface GatewaySocket {
  /** What is said to a socket that has just closed is lost. */
  say(message: object): void;
  close(): void;
}

export interface GatewaySocketEvents {
  /** @param message whatever JSON it was; what is none is not heard */
  readonly heard: (message: unknown) => void;
  /** Another has to be opened. @param refusal the server's reason, where it gave one */
  readonly over: (refusal?: Refusal) => void;
}

/** @throws Refusal; `offline` where nobody answers there */
export const openGatewaySocket = (
  parameters: Readonly<Record<string, string | undefined>>,
  { heard, over }: GatewaySocketEvents,
): Promise<GatewaySocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(addressFor(parameters));
    let isOpen = false;
    const patience = setTimeout(() => socket.close(), OPEN_MS);
    socket.addEventListener('open', () => {
      clearTimeout(patience);
      isOpen = true;
      resolve({ say: (message) => socket.send(JSON.stringify(message)), close: () => socket.close() });
    });
    socket.addEventListener('message', ({ data }) => {
      const message = parsed(data);
      if (message !== undefined) heard(message);
    });
    socket.addEventListener('close', ({ code, reason }) => {
      clearTimeout(patience);
      const isRefusal = code >= 4400 && code < 4500 && !COME_AGAIN.has(code);
      const refusal = isRefusal
        ? refusalOf(code - 4000, JSON.stringify({ message: reason }))
        : new Refusal('offline');
      if (isOpen) over(isRefusal ? refusal : undefined);
      else reject(refusal);
    });
  });

/** A browser can send no header with a WebSocket, so a token goes where the gateway takes it, and logs it never. */
function addressFor(parameters: Readonly<Record<string, string | undefined>>): URL {
  const address = new URL('/', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') address.searchParams.set(name, value);
  }
  return address;
}

function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data)) as unknown;
  } catch {
    return undefined;
  }
}
