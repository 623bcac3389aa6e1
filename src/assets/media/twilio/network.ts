/**
 * The way to Twilio: asks its signalling for relays, as a call does, and sends through them from this page to itself. The
 * SDK has a test like it, `runPreflight`, which tells Twilio about everybody who runs it and not how much can be sent.
 */
// Where this file is read by itself, nobody has told of that one.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./sdk-parts.d.ts" />
import { getTurnCredentials } from 'twilio-video/es5/preflight/getturncredentials';
import { WS_SERVER } from 'twilio-video/es5/util/constants';
import { measureSending, pause } from '../measure';
import type { JoinPass } from '../media';
import type { NetworkReport } from '../network';
import { createTestSignal, type TestSignal } from '../test-signal';

/** A network that lets nothing through often does not say so. */
const ANSWER_MS = 12_000;
const CONNECT_MS = 12_000;

/** @throws when `signal` is aborted */
export async function testNetwork(
  { token, connect_options }: JoinPass,
  signal: AbortSignal,
): Promise<NetworkReport> {
  const { wsServer = WS_SERVER('prod', 'gll'), iceServers } = connect_options as {
    readonly wsServer?: string;
    /** Of a server that needs none. */
    readonly iceServers?: RTCIceServer[];
  };
  const relays = await Promise.race([
    getTurnCredentials(token, wsServer).catch(() => undefined),
    pause(ANSWER_MS, signal).then(() => undefined),
  ]);
  if (!relays) return { reached: 'nothing' };
  const loop = new Loop(iceServers ?? relays);
  try {
    if (!(await loop.connect(signal))) return { reached: 'provider' };
    return await measureSending(async () => [await loop.sender.getStats()], signal);
  } finally {
    loop.close();
  }
}

/** Two ends in one page, with the provider's relays between them. */
class Loop {
  readonly sender: RTCPeerConnection;
  readonly #receiver: RTCPeerConnection;
  readonly #signal: TestSignal = createTestSignal();

  constructor(iceServers: RTCIceServer[]) {
    const hasRelay = iceServers.some(({ urls }) => [urls].flat().some((url) => /^turns?:/.test(url)));
    this.sender = new RTCPeerConnection({ iceServers, iceTransportPolicy: hasRelay ? 'relay' : 'all' });
    this.#receiver = new RTCPeerConnection({ iceServers });
    pass(this.sender, this.#receiver);
    pass(this.#receiver, this.sender);
    this.sender.addTrack(this.#signal.picture);
    this.sender.addTrack(this.#signal.sound);
  }

  /** @returns whether it did */
  async connect(signal: AbortSignal): Promise<boolean> {
    await this.sender.setLocalDescription();
    await this.#receiver.setRemoteDescription(this.sender.localDescription as RTCSessionDescription);
    await this.#receiver.setLocalDescription();
    await this.sender.setRemoteDescription(this.#receiver.localDescription as RTCSessionDescription);
    const connected = new Promise<boolean>((resolve) => {
      const look = (): void => {
        if (this.sender.connectionState === 'connected') resolve(true);
        if (this.sender.connectionState === 'failed') resolve(false);
      };
      this.sender.addEventListener('connectionstatechange', look);
      look();
    });
    return await Promise.race([connected, pause(CONNECT_MS, signal).then(() => false)]);
  }

  close(): void {
    this.sender.close();
    this.#receiver.close();
    this.#signal.stop();
  }
}

function pass(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) void to.addIceCandidate(candidate).catch(() => undefined);
  });
}
