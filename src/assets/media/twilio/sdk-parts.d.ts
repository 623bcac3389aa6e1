/** Parts of the SDK that it does not describe, as they are in the version that package.json names. */
declare module 'twilio-video/es5/preflight/getturncredentials' {
  /** Rejects when the server does not answer, or refuses the token. */
  export function getTurnCredentials(token: string, wsServer: string): Promise<RTCIceServer[]>;
}

declare module 'twilio-video/es5/util/constants' {
  export function WS_SERVER(environment: string, region: string): string;
}
