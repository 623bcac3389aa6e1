/** What `npm start` was asked to do, from `.env` and the environment; every fault is found before anything starts. */
import { randomBytes } from 'node:crypto';
import { readVariables } from '../environment/env-file';
import {
  ACCOUNT_VARIABLES,
  BRAND_VARIABLES,
  faultsIn,
  FUNCTION_VARIABLES,
  identityProviderFaults,
  listed,
  LIVEKIT_VARIABLES,
  START_VARIABLES,
} from '../environment/variables';

export interface Settings {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The account comes from the developer, so Twilio itself is used; else the emulators are. */
  readonly realAccount: boolean;
  /** LiveKit comes from the developer; else a server on this machine is started, or the emulator. */
  readonly realLiveKit: boolean;
  /** 100ms comes from the developer; else the emulator is started. */
  readonly realHundredMs: boolean;
  /** Whose pages may open WebSockets; none: anybody's. */
  readonly allowedOrigins: readonly string[];
  /** Which proxies may say whose request it is. */
  readonly trustedProxies: readonly string[];
  /** Variables for the functions, as far as they are known before anything runs. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that say whose pages they are, for builds. */
  readonly brand: Readonly<Record<string, string>>;
  /** What a newcomer should know about who may do what, one line each. */
  readonly remarks: readonly string[];
}

export type SettingsOrFaults = { readonly settings: Settings } | { readonly faults: readonly string[] };

export function readSettings(root: string, environment: NodeJS.ProcessEnv): SettingsOrFaults {
  const checks = { ...START_VARIABLES, ...FUNCTION_VARIABLES };
  const variables = readVariables(root, environment, Object.keys(checks));
  const brand = readVariables(root, environment, Object.keys(BRAND_VARIABLES));
  const { HOST: host = '127.0.0.1', PORT, ALLOWED_ORIGINS, TRUSTED_PROXIES, ...configured } = variables;
  const faults = faultsIn({ ...variables, ...brand }, { ...checks, ...BRAND_VARIABLES });

  const account = Object.keys(ACCOUNT_VARIABLES);
  const missing = account.filter((name) => configured[name] === undefined);
  const realAccount = missing.length === 0;
  if (!realAccount && missing.length < account.length) {
    faults.push(
      `For a real Twilio account these are missing: ${missing.join(', ')} (none of the five: emulators)`,
    );
  }
  faults.push(
    ...identityProviderFaults(configured),
    ...liveKitFaults(configured),
    ...hundredMsFaults(configured),
  );
  if (faults.length > 0) return { faults };

  const { open, remarks } = openedRoutes(configured, host);
  return {
    settings: {
      host,
      port: Number(PORT ?? 3000),
      realAccount,
      realLiveKit: Object.keys(LIVEKIT_VARIABLES).some((name) => configured[name] !== undefined),
      realHundredMs: wantsHundredMs(configured),
      allowedOrigins: listed(ALLOWED_ORIGINS),
      trustedProxies: listed(TRUSTED_PROXIES),
      variables: {
        GATEWAY_SECRET: randomBytes(24).toString('hex'),
        ...configured,
        ...open,
        FRONT_PORT_SECRET: randomBytes(24).toString('hex'),
      },
      brand,
      remarks,
    },
  };
}

/** Of the two addresses either stands for the other. */
function liveKitFaults(configured: Readonly<Record<string, string>>): string[] {
  const { LIVEKIT_API_KEY, LIVEKIT_API_SECRET, LIVEKIT_URL, LIVEKIT_SOCKET_URL } = configured;
  const needed = { LIVEKIT_API_KEY, LIVEKIT_API_SECRET, LIVEKIT_URL: LIVEKIT_URL ?? LIVEKIT_SOCKET_URL };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === 0 || missing.length === 3) return [];
  return [`For a LiveKit of your own these are missing: ${missing.join(', ')} (none of them: a local one)`];
}

/** API_KEY and APP_SECRET are anybody's names: either of them alone, in a shell, need not be about 100ms. */
const wantsHundredMs = (configured: Readonly<Record<string, string>>): boolean => {
  const { HMS_ACCESS_KEY, HMS_APP_SECRET, HMS_API_URL, API_KEY, APP_SECRET } = configured;
  const isNamed = [HMS_ACCESS_KEY, HMS_APP_SECRET, HMS_API_URL].some((value) => value !== undefined);
  return isNamed || (API_KEY !== undefined && APP_SECRET !== undefined);
};

function hundredMsFaults(configured: Readonly<Record<string, string>>): string[] {
  const { API_KEY, APP_SECRET, HMS_ACCESS_KEY = API_KEY, HMS_APP_SECRET = APP_SECRET } = configured;
  const missing = Object.entries({ HMS_ACCESS_KEY, HMS_APP_SECRET }).flatMap(([name, value]) =>
    value === undefined ? [name] : [],
  );
  if (missing.length === 0 || !wantsHundredMs(configured)) return [];
  return [`For 100ms these are missing: ${missing.join(', ')} (none of them, nor HMS_API_URL: the emulator)`];
}

const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * Without any key or identity provider nobody could do anything. That is right on a network, and useless on a
 * newcomer's own machine: there, and only there, the routes are opened unless the developer said otherwise.
 */
function openedRoutes(
  configured: Readonly<Record<string, string>>,
  host: string,
): { open: Record<string, string>; remarks: string[] } {
  const { ADMIN_API_KEY, AUTH_JWKS_URL } = configured;
  const wanted = [
    { name: 'ALLOW_ANONYMOUS_OPERATORS', who: 'operator', closed: !ADMIN_API_KEY && !AUTH_JWKS_URL },
    { name: 'ALLOW_ANONYMOUS_USERS', who: 'user', closed: !AUTH_JWKS_URL },
  ].filter(({ name, closed }) => closed && configured[name] === undefined);
  if (wanted.length === 0) return { open: {}, remarks: openedByChoice(configured, host) };

  const whom = wanted.map(({ who }) => who).join(' and ');
  if (!isLoopbackHost(host)) {
    const remark = `Nobody may act as ${whom}: HOST is ${host}, and no ADMIN_API_KEY or AUTH_JWKS_URL says who may`;
    return { open: {}, remarks: [remark, ...openedByChoice(configured, host)] };
  }
  return {
    open: Object.fromEntries(wanted.map(({ name }) => [name, 'yes'])),
    remarks: [
      `Anybody on this machine may act as ${whom}: nothing is configured to tell who they are (${wanted
        .map(({ name }) => `${name}=yes`)
        .join(', ')})`,
    ],
  };
}

/** A switch that was set for one's own machine is easily forgotten when HOST is opened to a network. */
function openedByChoice(configured: Readonly<Record<string, string>>, host: string): string[] {
  if (isLoopbackHost(host) || configured['ALLOW_ANONYMOUS_OPERATORS'] !== 'yes') return [];
  return [`Anybody who reaches ${host} may act as operator: ALLOW_ANONYMOUS_OPERATORS=yes`];
}
