/**
 * A page's Content-Security-Policy. It stands in the page itself, because Twilio sends assets with headers of
 * its own; so where a page may connect is settled when it is built.
 */

/** Whom a page's script may speak to, beside the origin that it came from. */
export type Vendor = 'twilio' | 'livekit';

/** The variables that addresses are read from. */
export type Addresses = Readonly<Record<string, string>>;

const SOURCES: Readonly<Record<Vendor, (addresses: Addresses) => readonly string[]>> = {
  twilio: () => ['https://*.twilio.com', 'wss://*.twilio.com'],
  livekit: ({ LIVEKIT_SOCKET_URL, LIVEKIT_URL }) => livekitSources(LIVEKIT_SOCKET_URL ?? LIVEKIT_URL),
};

export const isVendor = (name: string): name is Vendor => Object.hasOwn(SOURCES, name);

export function policyOf(connects: readonly Vendor[], addresses: Addresses): string {
  const sources = connects.flatMap((vendor) => SOURCES[vendor](addresses));
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
const scriptSources = (connects: readonly Vendor[]): string =>
  connects.length > 0 ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'";

/**
 * The socket, and the plain requests by which `livekit-client` asks why one was refused. LiveKit's cloud sends
 * clients on to the host of the nearest region. https://docs.livekit.io/home/cloud/architecture/
 * @param url undefined for a server of a local run, which is reached through the pages' own origin
 */
function livekitSources(url: string | undefined): readonly string[] {
  if (url === undefined) return [];
  const { protocol, host } = new URL(url);
  const at = host.endsWith('.livekit.cloud') ? '*.livekit.cloud' : host;
  return /^(?:wss|https):$/.test(protocol)
    ? [`https://${at}`, `wss://${at}`]
    : [`http://${at}`, `ws://${at}`];
}
