/** What can be seen without asking anybody: values that cannot be right, who may do what, who can read `.env`. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  BRAND_VARIABLES,
  faultsIn,
  FUNCTION_VARIABLES,
  identityProviderFaults,
} from '../environment/variables';
import { SHORTEST_OPERATOR_KEY } from '../deploy/limits';
import { absent, type Finding, type Variables, works, wrong } from './finding';

export function configurationFindings(root: string, variables: Variables): Finding[] {
  const faults = [
    ...faultsIn(variables, { ...FUNCTION_VARIABLES, ...BRAND_VARIABLES }),
    ...identityProviderFaults(variables),
  ];
  return [
    envFile(root),
    ...faults.map((fault) => wrong('Variables', fault, 'correct it in .env: .env.example says what each is')),
    operators(variables),
    users(variables),
    textMessages(variables),
  ];
}

function envFile(root: string): Finding {
  const stat = statSync(join(root, '.env'), { throwIfNoEntry: false });
  if (!stat) return absent('.env', 'not there: npm start emulates every vendor, npm run setup makes it');
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    return wrong('.env', 'others on this machine can read it', 'chmod 600 .env');
  return works('.env', 'there, and only you can read it');
}

function operators({ ADMIN_API_KEY, AUTH_JWKS_URL, ALLOW_ANONYMOUS_OPERATORS }: Variables): Finding {
  if (ALLOW_ANONYMOUS_OPERATORS === 'yes')
    return wrong(
      'Operators',
      'anybody may act as operator where there is neither key nor identity provider',
      'take ALLOW_ANONYMOUS_OPERATORS out of .env: it is never deployed',
    );
  if (ADMIN_API_KEY !== undefined && ADMIN_API_KEY.length < SHORTEST_OPERATOR_KEY)
    return wrong(
      'Operators',
      'ADMIN_API_KEY could be guessed: it is not deployed',
      `put one of ${SHORTEST_OPERATOR_KEY} characters or more into .env: openssl rand -hex 24 makes one`,
    );
  const ways = [
    ...(ADMIN_API_KEY === undefined ? [] : ['ADMIN_API_KEY']),
    ...(AUTH_JWKS_URL === undefined ? [] : ["the identity provider's tokens"]),
  ];
  return ways.length > 0
    ? works('Operators', `known by ${ways.join(' and ')}`)
    : absent('Operators', 'nobody but on this machine: ADMIN_API_KEY is missing for a deployment');
}

function users({ AUTH_JWKS_URL, ALLOW_ANONYMOUS_USERS }: Variables): Finding {
  if (AUTH_JWKS_URL !== undefined) return works('Users', "known by the identity provider's tokens");
  return ALLOW_ANONYMOUS_USERS === 'yes'
    ? works('Users', 'anybody, by choice (ALLOW_ANONYMOUS_USERS)')
    : absent('Users', 'of calls and rooms: nobody but on this machine, without an identity provider');
}

/** Not asked live: only a message that is sent and paid would say whether its sender is good. */
function textMessages({ MESSAGING_SERVICE_SID, SMS_FROM }: Variables): Finding {
  if (MESSAGING_SERVICE_SID !== undefined) return works('Text messages', 'by MESSAGING_SERVICE_SID, untried');
  return SMS_FROM === undefined
    ? absent('Text messages', 'not configured: MESSAGING_SERVICE_SID or SMS_FROM is missing for a deployment')
    : works('Text messages', 'by SMS_FROM, untried');
}
