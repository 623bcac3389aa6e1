/** LiveKit: where its server is, for us and for browsers, and the key that we sign with. */
import type { Variables } from './settings';

export interface LiveKitSettings {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** `https://…`, without a slash at the end. */
  readonly apiUrl: string;
  /** Where browsers connect to; undefined where they do so by the address that they came to us by. */
  readonly socketUrl?: string;
}

/**
 * Of LIVEKIT_URL (for us) and LIVEKIT_SOCKET_URL (for browsers) either stands for the other, and http for ws.
 * LIVEKIT_API_URL is a local server's, which browsers reach through the front port.
 */
export function livekitSettings(variables: Variables): LiveKitSettings {
  const apiKey = variables.required('LIVEKIT_API_KEY');
  const apiSecret = variables.required('LIVEKIT_API_SECRET');
  const local = variables.text('LIVEKIT_API_URL');
  const server = variables.text('LIVEKIT_URL');
  const socket = variables.text('LIVEKIT_SOCKET_URL');
  if (!(local || server || socket)) variables.faults.push('LIVEKIT_URL is missing');
  for (const [name, value] of Object.entries({ LIVEKIT_URL: server, LIVEKIT_SOCKET_URL: socket })) {
    if (value !== '' && !(/^(http|ws)s?:\/\//.test(value) && URL.canParse(value)))
      variables.faults.push(`${name} must be a wss, ws, https or http URL`);
  }
  const bare = (url: string): string => url.replace(/\/+$/, '');
  return {
    apiKey,
    apiSecret,
    apiUrl: bare(local || (server || socket).replace(/^ws/, 'http')),
    ...(local ? {} : { socketUrl: bare((socket || server).replace(/^http/, 'ws')) }),
  };
}
