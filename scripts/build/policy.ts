/**
 * A page's Content-Security-Policy. It stands in the page itself, because Twilio sends assets with headers of
 * its own; so where a page may connect is settled when it is built.
 */

/**
 * What a page's script connects for, beside the origin that it came from: news of what changes, and calls. By which
 * vendor is no page's business.
 */
export type Purpose = 'news' | 'calls';

/** The variables that addresses are read from. */
export type Addresses = Readonly<Record<string, string>>;

/** A vendor who is not configured needs no place: what is built is built anew when that changes. */
const SOURCES: Readonly<Record<Purpose, readonly ((addresses: Addresses) => readonly string[])[]>> = {
  news: [twilioSources],
  calls: [twilioSources, livekitSources, hundredMsSources],
};

export const isPurpose = (name: string): name is Purpose => Object.hasOwn(SOURCES, name);

export function policyOf(connects: readonly Purpose[], addresses: Addresses): string {
  const sources = connects.flatMap((purpose) =>
    SOURCES[purpose].flatMap((sourcesOf) => sourcesOf(addresses)),
  );
  return [
    "default-src 'none'",
    scriptSources(connects),
    "style-src 'self'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "media-src 'self' blob: mediastream:",
    `connect-src ${["'self'", ...new Set(sources)].join(' ')}`,
    "font-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** Noise is taken out of a call by WebAssembly in a worklet, which is bound by the page's policy; workers are not. */
const scriptSources = (connects: readonly Purpose[]): string =>
  connects.includes('calls') ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'";

/** Sync and Video; the account is needed anyway. */
function twilioSources(): readonly string[] {
  return ['https://*.twilio.com', 'wss://*.twilio.com'];
}

/**
 * The socket, and the plain requests by which `livekit-client` asks why one was refused. LiveKit's cloud sends
 * clients on to the host of the nearest region. https://docs.livekit.io/home/cloud/architecture/
 * A server of a local run is reached through the pages' own origin.
 */
function livekitSources({
  LIVEKIT_URL,
  LIVEKIT_SOCKET_URL: url = LIVEKIT_URL,
}: Addresses): readonly string[] {
  if (url === undefined) return [];
  const { protocol, host } = new URL(url);
  const at = host.endsWith('.livekit.cloud') ? '*.livekit.cloud' : host;
  return /^(?:wss|https):$/.test(protocol)
    ? [`https://${at}`, `wss://${at}`]
    : [`http://${at}`, `ws://${at}`];
}

/** Where a client asks for its media server, and that server's socket, in whatever region it is. */
function hundredMsSources({
  HMS_ACCESS_KEY,
  HMS_API_URL = '',
  API_KEY,
  APP_SECRET,
}: Addresses): readonly string[] {
  const isConfigured = HMS_ACCESS_KEY !== undefined || (API_KEY !== undefined && APP_SECRET !== undefined);
  const isElsewhere = isConfigured && !HMS_API_URL.startsWith('http:');
  return isElsewhere ? ['https://*.100ms.live', 'wss://*.100ms.live'] : [];
}
