/** What must be right before anything is built: the variables, and what package.json names. */
import {
  ACCOUNT_VARIABLES,
  faultsIn,
  FUNCTION_VARIABLES,
  identityProviderFaults,
} from '../environment/variables';
import {
  ALL_VARIABLES_BYTES,
  LONGEST_VARIABLE_BYTES,
  MOST_DEPENDENCIES,
  RUNTIME_HANDLER,
  SHORTEST_OPERATOR_KEY,
} from './limits';
import { addressRefusals } from './address-refusals';
import { vendorRefusals } from './vendor-refusals';

/** Of the account's, which the platform knows by itself: never uploaded. */
const NOT_UPLOADED: readonly string[] = ['ACCOUNT_SID', 'AUTH_TOKEN'];

const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

type Named = Readonly<Record<string, string>>;

/**
 * Every reason not to deploy, one line each, with how to mend it.
 * @param dependencies package.json's: sent to Twilio as they stand
 */
export function deployRefusals(variables: Named, dependencies: Named): string[] {
  return [
    ...faultsIn(variables, FUNCTION_VARIABLES),
    ...identityProviderFaults(variables),
    ...accountRefusals(variables),
    ...vendorRefusals(variables),
    ...operatorRefusals(variables),
    ...addressRefusals(variables),
    ...(variables['MEETINGS_PROVIDER'] === '100ms' && variables['HMS_WEBHOOK_SECRET'] === undefined
      ? [
          'HMS_WEBHOOK_SECRET is missing: guests who were removed could come back with a token from before. Choose one, and name it to 100ms as .env.example says',
        ]
      : []),
    ...sizeRefusals(variables),
    ...dependencyRefusals(dependencies),
  ];
}

/** Half an account is deployed easily, and answers nobody. */
function accountRefusals(variables: Named): string[] {
  return Object.keys(ACCOUNT_VARIABLES)
    .filter((name) => variables[name] === undefined)
    .map((name) => `${name} is missing. npm run setup puts it into .env`);
}

function operatorRefusals(variables: Named): string[] {
  const key = variables['ADMIN_API_KEY'];
  return [
    ...(key !== undefined && key.length < SHORTEST_OPERATOR_KEY
      ? [
          `ADMIN_API_KEY has ${key.length} characters, and could be guessed. Put a random one of ${SHORTEST_OPERATOR_KEY} or more into .env: openssl rand -hex 24 makes one`,
        ]
      : []),
    ...(key === undefined && variables['AUTH_JWKS_URL'] === undefined
      ? [
          'ADMIN_API_KEY is missing: without it or an identity provider nobody could create a meeting. Put a long random one into .env',
        ]
      : []),
    ...(variables['ALLOW_ANONYMOUS_OPERATORS'] === 'yes'
      ? [
          'ALLOW_ANONYMOUS_OPERATORS is on: anybody on the internet could act as operator. Take it out of .env',
        ]
      : []),
  ];
}

function sizeRefusals(variables: Named): string[] {
  const uploaded = Object.entries(variables).filter(([name]) => !NOT_UPLOADED.includes(name));
  const all = uploaded.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  return [
    ...uploaded
      .map(([name, value]) => ({ name, bytes: Buffer.byteLength(value) }))
      .filter(({ bytes }) => bytes > LONGEST_VARIABLE_BYTES)
      .map(
        ({ name, bytes }) =>
          `${name} has ${bytes} bytes: Twilio takes ${LONGEST_VARIABLE_BYTES} a variable. Put a shorter one into .env`,
      ),
    ...(all > ALL_VARIABLES_BYTES
      ? [
          `All variables have ${all} bytes with their names: Twilio takes about ${ALL_VARIABLES_BYTES}. Take those out of .env that are not needed`,
        ]
      : []),
  ];
}

function dependencyRefusals(dependencies: Named): string[] {
  const handler = dependencies['@twilio/runtime-handler'];
  const count = Object.keys(dependencies).length;
  return [
    ...Object.entries(dependencies)
      .filter(([, version]) => !EXACT_VERSION.test(version))
      .map(
        ([name, version]) =>
          `package.json: ${name} "${version}" is not an exact version. npm install --save-exact ${name} makes it one`,
      ),
    ...(handler === RUNTIME_HANDLER
      ? []
      : [
          `package.json: @twilio/runtime-handler is ${handler ?? 'missing'}, and the platform takes ${RUNTIME_HANDLER}. npm install --save-exact @twilio/runtime-handler@${RUNTIME_HANDLER}`,
        ]),
    ...(count > MOST_DEPENDENCIES
      ? [
          `package.json: ${count} dependencies, and Twilio takes ${MOST_DEPENDENCIES}. Make those that are bundled devDependencies`,
        ]
      : []),
  ];
}
