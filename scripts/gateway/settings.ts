/** What `npm run gateway` was asked to do; every fault is found before anything starts. */
import type { LivekitKey } from '../../gateway/livekit-webhook';
import { faultsIn, GATEWAY_VARIABLES, listed } from '../environment/variables';

export interface GatewaySettings {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly functions: URL;
  readonly secret: string;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  /** What LiveKit signs its webhooks with; without it none is taken. */
  readonly livekitKey: LivekitKey | undefined;
}

export function readGatewaySettings(
  environment: NodeJS.ProcessEnv,
): { readonly settings: GatewaySettings } | { readonly faults: readonly string[] } {
  const given = Object.keys(GATEWAY_VARIABLES).map(
    (name) => [name, environment[name]?.trim() ?? ''] as const,
  );
  const variables: Readonly<Record<string, string>> = Object.fromEntries(
    given.filter(([, value]) => value !== ''),
  );
  const { FUNCTIONS_URL, GATEWAY_SECRET, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = variables;
  const missing = Object.entries({ FUNCTIONS_URL, GATEWAY_SECRET }).flatMap(([name, value]) =>
    value === undefined ? [`${name} is required: ${WHY[name as keyof typeof WHY]}`] : [],
  );
  const faults = [...missing, ...faultsIn(variables, GATEWAY_VARIABLES)];
  if (faults.length > 0) return { faults };
  return {
    settings: {
      host: variables['HOST'] ?? '127.0.0.1',
      port: Number(variables['PORT'] ?? 3000),
      functions: new URL(FUNCTIONS_URL ?? ''),
      secret: GATEWAY_SECRET ?? '',
      allowedOrigins: listed(variables['ALLOWED_ORIGINS']),
      trustedProxies: listed(variables['TRUSTED_PROXIES']),
      livekitKey:
        LIVEKIT_API_KEY !== undefined && LIVEKIT_API_SECRET !== undefined
          ? { apiKey: LIVEKIT_API_KEY, apiSecret: LIVEKIT_API_SECRET }
          : undefined,
    },
  };
}

const WHY = {
  FUNCTIONS_URL: 'where the functions are, like https://foyer-1234.twil.io',
  GATEWAY_SECRET: 'the same as the functions have',
};
