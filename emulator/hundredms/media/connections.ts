/**
 * WebRTC connections of the local media server: what each has in common. The stack is werift, in TypeScript alone;
 * it is loaded when somebody joins for the first time.
 */
import { networkInterfaces } from 'node:os';
import type * as Werift from 'werift';
import type { RTCPeerConnection } from 'werift';

export type { RTCPeerConnection, RTCRtpTransceiver, RtpPacket } from 'werift';
export type MediaTrack = Werift.MediaStreamTrack;
export type Stack = typeof Werift;

let stack: Promise<Stack> | undefined;

export const loadStack = (): Promise<Stack> => (stack ??= import('werift'));

export interface MediaServer {
  readonly stack: Stack;
  /** Of this machine, by which a client reaches it; see {@link addressFor}. */
  readonly address: string;
}

/**
 * Where a client finds us that came by this host: on one address, so that there is one way and no choice of ways, which
 * busy machines find slowly.
 */
export function addressFor(host: string): string {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  const name = host.replace(/:\d+$/, '');
  if (own.includes(name)) return name;
  const isHere = name === 'localhost' || name === '[::1]' || name.startsWith('127.');
  // By a name or through a tunnel: from elsewhere in the network, as far as anybody knows.
  return isHere ? LOOPBACK : (own[0] ?? LOOPBACK);
}

const LOOPBACK = '127.0.0.1';

/** What is told of a connection: the one way to it. */
export const describe = ({ localDescription }: RTCPeerConnection, { address }: MediaServer): string =>
  (localDescription?.sdp ?? '')
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') || line.includes(` ${address} `))
    .join('\r\n');

/** @param levels whether the loudness of what comes in is asked for */
export function openConnection(
  { stack, address }: MediaServer,
  { levels }: { readonly levels: boolean },
): RTCPeerConnection {
  const { RTCPeerConnection: Connection, useAudioLevelIndication, useOPUS, useSdesMid, useVP8 } = stack;
  return new Connection({
    // One transport for everything that two have to say to each other, as browsers prefer it.
    bundlePolicy: 'max-bundle',
    iceServers: [],
    // RFC 8445, 2.5: we are where we say, and leave it to clients to find their way.
    iceLite: true,
    iceInterfaceAddresses: { udp4: address },
    iceAdditionalHostAddresses: [address],
    iceUseIpv6: false,
    iceUseTcp: false,
    // Nothing is transcoded: all must be able to play what any of them sends.
    codecs: { audio: [useOPUS()], video: [useVP8()] },
    // Packets go on without any: they would be read by numbers that mean something else to who receives.
    headerExtensions: levels
      ? { audio: [useSdesMid(), useAudioLevelIndication()], video: [useSdesMid()] }
      : { audio: [], video: [] },
  });
}
