/**
 * WebRTC connections of the local media server: what each has in common. The stack is werift, in TypeScript alone;
 * it is loaded when somebody joins for the first time.
 */
import type * as Werift from 'werift';
import type { RTCPeerConnection } from 'werift';

export type { RTCPeerConnection, RTCRtpTransceiver, RtpPacket } from 'werift';
export type MediaTrack = Werift.MediaStreamTrack;
export type Stack = typeof Werift;

let stack: Promise<Stack> | undefined;

export const loadStack = (): Promise<Stack> => (stack ??= import('werift'));

/** @param levels whether the loudness of what comes in is asked for */
export function openConnection(
  { RTCPeerConnection: Connection, useAudioLevelIndication, useOPUS, useSdesMid, useVP8 }: Stack,
  { levels }: { readonly levels: boolean },
): RTCPeerConnection {
  return new Connection({
    // One transport for everything that two have to say to each other, as browsers prefer it.
    bundlePolicy: 'max-bundle',
    iceServers: [],
    // Loopback reaches tabs on this machine whatever its network does; other interfaces reach a phone beside it.
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
    iceUseTcp: false,
    // Nothing is transcoded: all must be able to play what any of them sends.
    codecs: { audio: [useOPUS()], video: [useVP8()] },
    headerExtensions: {
      audio: [useSdesMid(), ...(levels ? [useAudioLevelIndication()] : [])],
      video: [useSdesMid()],
    },
  });
}
