/** Whose request it is: the network address of the client, also behind proxies that are known to tell the truth. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Whether a peer may speak for somebody else. */
export type ProxyTrust = (address: string) => boolean;

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/**
 * What runs on this machine, a tunnel's client, is trusted always.
 * @param proxies addresses and networks (`10.0.0.0/8`) of proxies elsewhere
 * @throws Error naming what is neither
 */
export function trustProxies(proxies: readonly string[] = []): ProxyTrust {
  const known = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits, ...more] = proxy.split('/');
    const version = isIP(address);
    const family = version === 6 ? 'ipv6' : 'ipv4';
    const length = Number(bits ?? (version === 6 ? 128 : 32));
    if (
      version === 0 ||
      more.length > 0 ||
      !/^\d{1,3}$/.test(bits ?? '0') ||
      length > (version === 6 ? 128 : 32)
    )
      throw new Error(`${proxy} is no address and no network`);
    known.addSubnet(address, length, family);
  }
  const isKnown = (address: string): boolean =>
    isIP(address) > 0 && known.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (address) => isLoopback(address) || isKnown(address);
}

/** The socket's address without the IPv4-in-IPv6 prefix. */
const plain = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/, '');

/** @returns the client, and the chain of addresses to pass on. */
export function forwardedFor(req: IncomingMessage, isProxy: ProxyTrust): { chain: string; client: string } {
  const peer = plain(req.socket.remoteAddress ?? '');
  const header = req.headers['x-forwarded-for'];
  const given = Array.isArray(header) ? header.join(', ') : header;
  if (!isProxy(peer) || !given) return { chain: peer, client: peer };
  // Each entry is what the proxy after it saw: as long as that one is known, it is true. The rest is claims.
  let client = peer;
  for (const entry of given.split(',').toReversed().map(plain)) {
    if (isIP(entry) === 0) break;
    client = entry;
    if (!isProxy(entry)) break;
  }
  return { chain: given, client };
}

/** What limits are counted by: an address, or in IPv6, where one client has a whole network, its first 64 bits. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = '', after] = address.split('::');
  const groups = before === '' ? [] : before.split(':');
  const rest = after === undefined || after === '' ? [] : after.split(':');
  const missing = after === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...rest];
  return `${all
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::`;
}
