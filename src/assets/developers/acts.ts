/** Does the steps of an example for real: requests by the client that this server hands out, sockets, documents. */
import type * as client from '../../../client/foyer';
import { asOperator } from '../api/operator-key';
import { Refusal, refusalOf } from '../api/refusal';
import { userToken } from '../api/user-token';
import { type GatewaySocket, openGatewaySocket } from '../live/gateway-socket';
import { type GuestPass, loadLobby } from '../lobby/lobby';
import type { Watch } from '../lobby/lobby';
import { eventIn } from '../rooms/wire';
import {
  type Asking,
  type Connecting,
  isGiven,
  type News,
  type Saying,
  type Step,
  type Value,
  type Values,
  type Watching,
} from './example';
import { parsed } from './shown';
import type { Entry } from './trial';

type Answer = Readonly<Record<string, unknown>>;

/** The very file that others import; not bundled. */
const CLIENT = '/foyer-client.js';

export interface Shows {
  /** @returns to say more about it later */
  readonly put: (entry: Entry) => (more: Partial<Entry>) => void;
  readonly show: (news: News) => void;
}

export interface Acts {
  /** @throws whatever keeps it from being done; the entry tells */
  act(step: Step): Promise<void>;
  /** Whether what it needs of earlier steps is there. */
  isPossible(step: Step): boolean;
  /** Everything that is open. */
  close(): void;
}

export function createActs({ put, show }: Shows): Acts {
  const answers = new Map<string, Answer>();
  const sockets = new Map<string, GatewaySocket>();
  const watches: Watch[] = [];
  const present = new Set<string>();
  let isClosed = false;

  const valueOf = (value: Value): unknown => (isGiven(value) ? answers.get(value.of)?.[value.field] : value);
  const fill = (values: Values): Record<string, unknown> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueOf(value)]));

  const ask = async (step: Asking): Promise<void> => {
    const { verb, path, takes, as, caller, shows } = step;
    const { createFoyer } = (await import(CLIENT)) as typeof client;
    const sent = fill(takes);
    const attempt = async (key: string | undefined): Promise<void> => {
      const say = put({ step, line: `${verb} ${path}`, sent });
      const foyer = createFoyer({ ...(key !== undefined && { key }), tries: 1, fetch: recorded(say) });
      const send = foyer[verb === 'GET' ? 'get' : 'post'] as (path: string, takes: object) => Promise<Answer>;
      try {
        const answer = await send(path, sent);
        if (as !== undefined) answers.set(as, answer);
        for (const news of shows?.(answer) ?? []) show(news);
      } catch (error) {
        throw refusalIn(error, say);
      }
    };
    if (caller === 'operator') await asOperator(({ key }) => attempt(key));
    else await attempt(caller === 'user' ? userToken() : undefined);
  };

  const watch = async ({ pass, as, row }: Watching): Promise<void> => {
    const lobby = await loadLobby();
    watches.push(
      lobby.watchAsGuest(answers.get(pass) as unknown as GuestPass, {
        shown: (view) => {
          if (view.state === 'admitted') answers.set(as, { ...view });
          show({ row, value: view.state });
        },
        connection: () => undefined,
        expired: () => undefined,
      }),
    );
  };

  const connect = async (step: Connecting): Promise<void> => {
    const { as, user, row } = step;
    const query = user ? `?${new URLSearchParams(user).toString()}` : '';
    const say = put({ step, line: `WebSocket /${query}` });
    const begun = performance.now();
    try {
      const socket = await openGatewaySocket(
        { ...user, access_token: userToken() },
        { heard: (message) => !isClosed && hear(step, row, message), over: () => sockets.delete(as) },
      );
      sockets.set(as, socket);
      say({ status: 101, ms: performance.now() - begun });
    } catch (error) {
      throw refusalIn(error, say);
    }
  };

  const hear = (step: Connecting, row: string | undefined, message: unknown): void => {
    put({ step, line: step.as, isNews: true, answer: message });
    if (row === undefined) return;
    const { type } = message as { readonly type?: string };
    if (step.user && type !== undefined) return show({ row, value: type });
    const event = eventIn(message);
    if (event?.type === 'room') {
      present.clear();
      for (const userId of event.userIds) present.add(userId);
    } else if (event?.type === 'update') {
      if (event.action === 'joined') present.add(event.userId);
      else present.delete(event.userId);
    } else return;
    show({ row, value: String(present.size) });
  };

  const say = (step: Saying): void => {
    const message = { event: step.event, data: fill(step.data) };
    put({ step, line: `WebSocket → ${step.event}`, sent: message, status: 101 });
    sockets.get(step.socket)?.say(message);
  };

  return {
    async act(step) {
      if (step.does === 'ask') await ask(step);
      else if (step.does === 'watch') await watch(step);
      else if (step.does === 'connect') await connect(step);
      else say(step);
    },
    isPossible(step) {
      if (step.does === 'say' && !sockets.has(step.socket)) return false;
      const values = step.does === 'ask' ? step.takes : step.does === 'say' ? step.data : {};
      return Object.values(values).every((value) => valueOf(value) !== undefined);
    },
    close() {
      isClosed = true;
      for (const one of watches) one.close();
      for (const socket of sockets.values()) socket.close();
    },
  };
}

/** Says what came back, and how long it took. */
const recorded =
  (say: (more: Partial<Entry>) => void): typeof fetch =>
  async (...request) => {
    const begun = performance.now();
    const response = await fetch(...request);
    const ms = performance.now() - begun;
    say({ status: response.status, ms, answer: parsed(await response.clone().text()) });
    return response;
  };

/** The client is another copy of the module, so its errors are known by their fields. */
function refusalIn(error: unknown, say: (more: Partial<Entry>) => void): unknown {
  const { status, body } = error as { readonly status?: number; readonly body?: string };
  if (status !== undefined && body !== undefined) return refusalOf(status, body);
  say({ status: 0, answer: (error as Error).message });
  return error instanceof Refusal ? error : new Refusal('offline', String(error));
}
