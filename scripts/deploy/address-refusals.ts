/** Addresses that are right on a developer's machine or network, and a dead end for what runs at Twilio. */
import { FUNCTION_VARIABLES } from '../environment/variables';

type Named = Readonly<Record<string, string>>;

/** Names that lead functions to an emulator: harmless locally, a dead end in production. */
export const EMULATOR_ADDRESSES = [
  'SYNC_API_URL',
  'VIDEO_API_URL',
  'TWILIO_API_URL',
  'SMS_OUTBOX_URL',
  'LIVEKIT_API_URL',
] as const;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/i;
/** RFC 1918, 3927, 4193 and 4291; names that no public resolver knows, and one word, as containers call each other. */
const PRIVATE =
  /^(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|169\.254(\.\d{1,3}){2}|\[f[cde][0-9a-f:]*\]|.*\.(local|internal|lan|home\.arpa)|[a-z0-9-]+)$/i;

/** Browsers go there, who may be in a network of their own; functions do not. */
const isForBrowsers = (name: string, { LIVEKIT_URL }: Named): boolean =>
  name === 'FRONTEND_URL' || (name === 'LIVEKIT_SOCKET_URL' && LIVEKIT_URL !== undefined);

export function addressRefusals(variables: Named): string[] {
  const insecure = variables['HMS_API_URL']?.startsWith('http:') ?? false;
  return [
    ...EMULATOR_ADDRESSES.filter((name) => variables[name] !== undefined).map(
      (name) => `${name} is set: it leads to an emulator, which production cannot reach. Unset it`,
    ),
    ...(insecure
      ? ['HMS_API_URL is not https: an emulator’s, which production cannot reach. Take it out of .env']
      : []),
    ...Object.entries(variables)
      .filter(([name]) => FUNCTION_VARIABLES[name] !== undefined && !(insecure && name === 'HMS_API_URL'))
      .flatMap(([name, value]) => {
        const whose = nearbyHost(value, isForBrowsers(name, variables));
        return whose === undefined
          ? []
          : [
              `${name} is an address of ${whose}, which production cannot reach. Put the public one into .env`,
            ];
      }),
  ];
}

/** MongoDB's addresses name several hosts, which URL does not take: each is looked at. */
function nearbyHost(value: string, mayBePrivate: boolean): string | undefined {
  const [, authority = ''] = /^[a-z+]+:\/\/(?:[^@/]*@)?([^/?#]+)/i.exec(value) ?? [];
  const hosts = authority.split(',').map((host) => host.replace(/:\d+$/, ''));
  if (hosts.some((host) => LOOPBACK.test(host))) return 'this machine';
  return !mayBePrivate && hosts.some((host) => PRIVATE.test(host)) ? 'a private network' : undefined;
}
