/**
 * The least of a Twilio Video client: joins a room over the vendor's signalling protocol and stays. It sends
 * no media. (twilio-video itself needs a browser.)
 */
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';

interface Message {
  readonly type: string;
  readonly body?: { readonly type: string; readonly code?: number; readonly message?: string };
}

export class VideoClient {
  private constructor(private readonly socket: WebSocket) {}

  /** @throws Error with the vendor's code and message when the room refuses. */
  static async connect(origin: string, token: string, roomName: string): Promise<VideoClient> {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/signaling`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const connect = {
      type: 'connect',
      name: roomName,
      token,
      version: 2,
      participant: { revision: 1, tracks: [] },
      peer_connections: [],
      subscribe: { rules: [{ type: 'include', all: true }], revision: 1 },
      format: 'unified',
    };
    const connected = new Promise<void>((resolve, reject) => {
      socket.on('message', (data: Buffer) => {
        const { body } = JSON.parse(data.toString()) as Message;
        if (body?.type === 'connected') resolve();
        if (body?.type === 'error') reject(new Error(`${body.code}: ${body.message}`));
      });
      socket.once('close', () => reject(new Error('the socket was closed')));
    });
    socket.send(JSON.stringify({ type: 'hello', id: randomUUID(), timeout: 5000, version: 2 }));
    socket.send(JSON.stringify({ type: 'msg', body: connect }));
    await connected;
    return new VideoClient(socket);
  }

  close(): void {
    this.socket.terminate();
  }
}
