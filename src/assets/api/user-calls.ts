/** What those who call each other ask of the server. */
import type {
  CallResponse,
  CallTokenResponse,
  ConnectUserResponse,
  DisconnectUserResponse,
  UserEntry,
  UsersResponse,
} from '../../api/calls';
import { call } from './call';
import { userToken } from './user-token';

const asUser = <Answer>(path: string, parameters: object): Promise<Answer> =>
  call<Answer>(path, parameters, { key: userToken() });

/** As many as a page of the list has, and as many as anybody looks through. */
const PAGE = 1_000;
const MOST = 10_000;

/** @throws Refusal, as do all of these; `conflict` brings the call as it stands */
export async function listUsers(): Promise<UsersResponse> {
  const all: UserEntry[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await asUser<UsersResponse>('/users', { limit: PAGE, ...(last && { after: last.id }) });
    all.push(...page);
    if (page.length < PAGE || all.length >= MOST) return all;
  }
}

export const startCall = (callerId: string, receiverId: string): Promise<CallResponse> =>
  asUser('/calls/start', { callerId, receiverId });

export const answerCall = (
  callId: string,
  answer: 'ACCEPT' | 'DECLINE',
  userId: string,
): Promise<CallResponse> => asUser('/calls/answer', { callId, answer, userId });

export const endCall = (callId: string, userId: string): Promise<CallResponse> =>
  asUser('/calls/end', { callId, userId });

export const lookAtCall = (callId: string, userId: string): Promise<CallResponse> =>
  asUser('/calls/info', { callId, userId });

export const joinCall = (callId: string, userId: string): Promise<CallTokenResponse> =>
  asUser('/token', { room: callId, id: userId });

/** @param identity what an earlier answer named this device */
export const connectUser = (me: UserEntry, identity: string | undefined): Promise<ConnectUserResponse> =>
  asUser('/users/connect', { ...me, ...(identity === undefined ? {} : { identity }) });

/** Goes through even when the page is about to close. */
export function disconnectUser(id: string, identity: string): void {
  const token = userToken();
  void fetch('/users/disconnect', {
    method: 'POST',
    keepalive: true,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ id, identity } satisfies DisconnectUserResponse & { identity: string }),
  }).catch(() => undefined);
}
