/** What must be right before anything is handed to Twilio. */
import { faultsIn, FUNCTION_VARIABLES, identityProviderFaults } from '../environment/variables';

/** Names that lead functions to an emulator: harmless locally, a dead end in production. */
export const EMULATOR_ADDRESSES = ['SYNC_API_URL', 'VIDEO_API_URL'] as const;

const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * Every reason not to deploy, one line each.
 * @param dependencies package.json's: sent to Twilio as they stand
 */
export function deployRefusals(
  variables: Readonly<Record<string, string>>,
  dependencies: Readonly<Record<string, string>>,
): string[] {
  return [
    ...faultsIn(variables, FUNCTION_VARIABLES),
    ...identityProviderFaults(variables),
    ...['ACCOUNT_SID', 'AUTH_TOKEN']
      .filter((name) => variables[name] === undefined)
      .map((name) => `${name} is missing: whose account is this for?`),
    ...(variables['ADMIN_API_KEY'] === undefined && variables['AUTH_JWKS_URL'] === undefined
      ? ['ADMIN_API_KEY is missing: without it or an identity provider nobody could create a meeting']
      : []),
    ...(variables['ALLOW_ANONYMOUS_OPERATORS'] === 'yes'
      ? ['ALLOW_ANONYMOUS_OPERATORS is on: anybody on the internet could act as operator']
      : []),
    ...EMULATOR_ADDRESSES.filter((name) => variables[name] !== undefined).map(
      (name) => `${name} is set: it leads to an emulator, which production cannot reach`,
    ),
    ...(variables['HMS_API_URL']?.startsWith('http:')
      ? ['HMS_API_URL is not https: an emulator’s, which production cannot reach']
      : []),
    ...(variables['MEETINGS_PROVIDER'] === '100ms' && variables['HMS_WEBHOOK_SECRET'] === undefined
      ? ['HMS_WEBHOOK_SECRET is missing: guests who were removed could come back with a token from before']
      : []),
    ...Object.entries(dependencies)
      .filter(([, version]) => !EXACT_VERSION.test(version))
      .map(([name, version]) => `package.json: ${name} "${version}" is not an exact version`),
  ];
}
