/** A LiveKit join token by our route, against a bare function that signs one with LiveKit's own SDK. */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { TokenVerifier, type VideoGrant } from 'livekit-server-sdk';
import type { Build } from '../scripts/build/project';
import { addFunction } from './built-functions';
import { startChild } from './child';
import { KeepAlive, postBytes, type Response } from './keep-alive';
import type { FunctionsRuntimeCalls } from './processes/functions-runtime';
import type { Part } from './report';
import { compare, TURNS } from './turns';

const OURS = '/livekit/join-room';
const BARE = '/bench/livekit-token';
const GOAL = 1.3;

/** As the SDK's own examples do it. */
const BARE_SOURCE = `const { AccessToken } = require('livekit-server-sdk');
exports.handler = (context, event, callback) => {
  const token = new AccessToken(context.LIVEKIT_API_KEY, context.LIVEKIT_API_SECRET, { identity: event.uid, ttl: 3600 });
  token.addGrant({ room: event.roomName, roomJoin: true, canPublish: true, canSubscribe: true, canPublishData: true });
  token.toJwt().then((access_token) => {
    const response = new Twilio.Response();
    response.appendHeader('Content-Type', 'application/json');
    response.setBody({ msg: 'Success', livekit_socket_url: context.LIVEKIT_SOCKET_URL, access_token });
    callback(null, response);
  }, callback);
};
`;

export async function joinToken(build: Build): Promise<Part> {
  addFunction(build, BARE, BARE_SOURCE);
  const runtime = startChild<FunctionsRuntimeCalls>(require.resolve('./processes/functions-runtime.ts'), {
    plainIn: build.folder,
  });
  try {
    const [key, secret] = ['APIbench', randomBytes(24).toString('hex')];
    const variables = {
      LIVEKIT_API_KEY: key,
      LIVEKIT_API_SECRET: secret,
      LIVEKIT_SOCKET_URL: 'wss://livekit.example',
      ALLOW_ANONYMOUS_USERS: 'yes',
    };
    const port = await runtime.call('start', { build, root: process.cwd(), paths: [OURS, BARE], variables });
    const connection = await KeepAlive.open(port);
    const body = { roomName: 'daily', uid: 'ann' };
    const send = (path: string): Buffer => postBytes({ path, body }, `127.0.0.1:${port}`);
    const [ours, bare] = [send(OURS), send(BARE)];
    const verifier = new TokenVerifier(key, secret);
    requireAlike(
      await rights(verifier, await connection.send(ours)),
      await rights(verifier, await connection.send(bare)),
    );
    const measured = await compare([connection, ours], [connection, bare]);
    connection.close();
    const goal = { text: `<= ${GOAL} x`, met: measured.ratio <= GOAL };
    const peer = { name: 'bare function, new AccessToken(…).toJwt()', value: measured.peer };
    return {
      title: 'Join token',
      method: TURNS,
      comparisons: [
        { name: OURS.slice(1), unit: 'ms', ours: measured.ours, peer, ratio: measured.ratio, goal },
      ],
    };
  } finally {
    await runtime.end();
  }
}

/** What the token in an answer lets its bearer do. @throws Error when there is none that LiveKit would take */
async function rights(verifier: TokenVerifier, { status, body }: Response): Promise<VideoGrant> {
  if (status !== 200) throw new Error(`no token but ${status}: ${body}`);
  const { access_token } = JSON.parse(body) as { access_token: string };
  return (await verifier.verify(access_token)).video ?? {};
}

/** A comparison of different tokens would mean nothing. @throws Error */
function requireAlike(ours: VideoGrant, peer: VideoGrant): void {
  if (isDeepStrictEqual(ours, peer)) return;
  throw new Error(`the tokens differ:\n${JSON.stringify(ours)}\n${JSON.stringify(peer)}`);
}
