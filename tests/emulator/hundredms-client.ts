/** A client of 100ms by hand: the wire of its SDK over `ws`, and werift where the SDK has the browser's WebRTC. */
import { once } from 'node:events';
import { RTCPeerConnection, type RtpPacket, RtpHeader, RtpPacket as Packet } from 'werift';
import { WebSocket } from 'ws';

type Json = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

export interface HmsClient {
  readonly id: string;
  readonly socket: WebSocket;
  /** What came without having been asked for, in order: `[method, params]`. */
  readonly heard: [string, Json][];
  /** The first such message that is not taken yet. */
  next(method: string): Promise<Json>;
  /** @returns the result. @throws {Refused} */
  ask(method: string, params: object): Promise<Json>;
  tell(method: string, params: object): void;
  /** Takes a place, and answers what it is offered from then on. */
  join(name?: string): Promise<Json>;
  /** Sends a track from now on. */
  publish(kind: 'audio' | 'video', state?: Json): Promise<Published>;
  /** Packets of what others send, by the ids of their tracks. */
  readonly received: Map<string, RtpPacket[]>;
  /** Over the channel of the connection by which it receives. */
  wish(method: string, params: object): Promise<Json>;
  close(): Promise<void>;
}

export interface Published {
  readonly trackId: string;
  /** How often a whole picture was asked for. */
  readonly keyframesAsked: () => number;
  /** Sends so many packets. */
  send(count: number): Promise<void>;
  unpublish(): Promise<void>;
}

export class Refused extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

const PATIENCE_MS = 20_000;

const ON_LOOPBACK: ConstructorParameters<typeof RTCPeerConnection>[0] = {
  iceServers: [],
  bundlePolicy: 'max-bundle',
  iceInterfaceAddresses: { udp4: '127.0.0.1' },
  iceAdditionalHostAddresses: ['127.0.0.1'],
  iceUseIpv6: false,
  iceUseTcp: false,
  iceFilterCandidatePair: ({ localCandidate }) => localCandidate.host === '127.0.0.1',
};

/** werift does not survive another description while its first connection is being made. */
async function stands({ connectionState, connectionStateChange }: RTCPeerConnection): Promise<void> {
  if (connectionState !== 'connected')
    await connectionStateChange.watch((state) => state === 'connected', PATIENCE_MS);
}

export async function connect(endpoint: string, id: string, token: string): Promise<HmsClient> {
  const url = new URL(endpoint);
  url.searchParams.set('peer', id);
  url.searchParams.set('token', token);
  const socket = new WebSocket(url);
  const heard: [string, Json][] = [];
  const answers = new Map<string, (frame: Json) => void>();
  const listeners = new Set<() => void>();
  let asked = 0;
  const sending = new RTCPeerConnection(ON_LOOPBACK);
  const receiving = new RTCPeerConnection(ON_LOOPBACK);
  const received = new Map<string, RtpPacket[]>();
  const announced: Record<string, Json> = {};
  sending.createDataChannel('ion-sfu', { protocol: 'SCTP' });

  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Json;
    if (frame['id'] !== undefined && frame['id'] !== null) return answers.get(String(frame['id']))?.(frame);
    if (frame['method'] === 'offer') void answer(frame['params'] as Json);
    heard.push([String(frame['method'] ?? 'error'), (frame['params'] ?? frame['error']) as Json]);
    for (const listen of listeners) listen();
  });

  const channel = new Promise<{
    readonly send: (text: string) => void;
    onMessage: (hear: (text: string) => void) => void;
  }>((resolve) =>
    receiving.onDataChannel.subscribe((one) =>
      resolve({
        send: (text) => one.send(text),
        onMessage: (hear) => void one.onMessage.subscribe((text) => hear(text.toString())),
      }),
    ),
  );
  const followed = new Set<string>();
  const answer = async ({ type, sdp }: Json): Promise<void> => {
    await receiving.setRemoteDescription({ type, sdp });
    await receiving.setLocalDescription(await receiving.createAnswer());
    for (const section of String(sdp)
      .split(/\r?\nm=/)
      .slice(1)) {
      const trackId = /a=msid:\S+ (\S+)/.exec(section)?.[1];
      const mid = /a=mid:(\S+)/.exec(section)?.[1];
      const key = `${mid} ${trackId}`;
      const place = receiving.getTransceivers().find((one) => one.mid === mid);
      if (trackId === undefined || !place || followed.has(key) || !section.includes('a=sendonly')) continue;
      followed.add(key);
      const packets: RtpPacket[] = [];
      received.set(trackId, packets);
      place.receiver.track.onReceiveRtp.subscribe((packet) => void packets.push(packet));
    }
    client.tell('answer', { desc: { type: 'answer', sdp: receiving.localDescription?.sdp } });
  };
  const offer = async (): Promise<void> => {
    await sending.setLocalDescription(await sending.createOffer());
    const desc = { type: 'offer', sdp: sending.localDescription?.sdp };
    await sending.setRemoteDescription(await client.ask('offer', { desc, tracks: announced }));
  };

  const client: HmsClient = {
    id,
    socket,
    heard,
    received,
    next: (method) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`no ${method}; ${heard.map(([one]) => one).join()}`));
        }, PATIENCE_MS);
        const look = (): void => {
          const at = heard.findIndex(([one]) => one === method);
          if (at < 0) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(heard.splice(at, 1)[0]?.[1] ?? {});
        };
        listeners.add(look);
        look();
      }),
    ask: (method, params) => {
      const key = String((asked += 1));
      socket.send(JSON.stringify({ id: key, jsonrpc: '2.0', method, params }));
      return new Promise((resolve, reject) => {
        answers.set(key, ({ result, error }) => {
          if (error) reject(new Refused(error.code as number, error.message as string));
          else resolve(result as Json);
        });
      });
    },
    tell: (method, params) => socket.send(JSON.stringify({ method, params })),
    async join(name = 'Ann') {
      await sending.setLocalDescription(await sending.createOffer());
      const sdp = sending.localDescription?.sdp;
      const result = await client.ask('join', { name, data: '', offer: { type: 'offer', sdp } });
      await sending.setRemoteDescription(result);
      await Promise.all([stands(sending), stands(receiving)]);
      return result;
    },
    async publish(kind, state = {}) {
      const place = sending.addTransceiver(kind, { direction: 'sendonly' });
      const { sender } = place;
      const trackId = sender.trackId;
      sender.streamIds = [`stream-${id}`];
      announced[trackId] = {
        track_id: trackId,
        stream_id: `stream-${id}`,
        type: kind,
        source: 'regular',
        mute: false,
        description: '',
        ...state,
      };
      let keyframes = 0;
      sender.onPictureLossIndication.subscribe(() => (keyframes += 1));
      await offer();
      let sequenceNumber = 0;
      return {
        trackId,
        keyframesAsked: () => keyframes,
        async send(count) {
          for (let n = 0; n < count; n += 1) {
            sequenceNumber += 1;
            const header = new RtpHeader({ sequenceNumber, timestamp: sequenceNumber * 960, marker: true });
            await sender.sendRtp(new Packet(header, Buffer.from([0x10, 0, 0, sequenceNumber & 255])));
            await new Promise((later) => setTimeout(later, 5));
          }
        },
        async unpublish() {
          delete announced[trackId];
          place.setDirection('inactive');
          await offer();
        },
      };
    },
    async wish(method, params) {
      const { send, onMessage } = await channel;
      const key = `wish-${(asked += 1)}`;
      const answered = new Promise<Json>((resolve) =>
        onMessage((text) => {
          const frame = JSON.parse(text) as Json;
          if (frame['id'] === key) resolve(frame);
        }),
      );
      send(JSON.stringify({ id: key, jsonrpc: '2.0', method, params }));
      return answered;
    },
    async close() {
      socket.terminate();
      await Promise.all([sending.close(), receiving.close()]);
    },
  };
  await once(socket, 'open');
  return client;
}
