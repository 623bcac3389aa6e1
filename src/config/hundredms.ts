/** 100ms: the key that we sign with, and what the template calls the roles. */
import type { Variables } from './settings';

export interface HundredMsSettings {
  readonly accessKey: string;
  readonly appSecret: string;
  /** `https://…/v2`, without a slash at the end. */
  readonly apiUrl: string;
  /** On this machine: then clients ask the address that they came to us by where to connect to. */
  readonly isEmulated: boolean;
  /** What rooms are made like; undefined: the account's default. */
  readonly templateId?: string;
  readonly roles: { readonly host: string; readonly guest: string };
}

const API_URL = 'https://api.100ms.live/v2';

/** API_KEY and APP_SECRET are the same by the names of seed 003. */
export function hundredMsSettings(variables: Variables): HundredMsSettings {
  const either = (name: string, seeds: string): string =>
    variables.text(name) || variables.text(seeds) || variables.required(name);
  const templateId = variables.text('HMS_TEMPLATE_ID');
  return {
    accessKey: either('HMS_ACCESS_KEY', 'API_KEY'),
    appSecret: either('HMS_APP_SECRET', 'APP_SECRET'),
    apiUrl: variables.httpUrl('HMS_API_URL', API_URL).replace(/\/+$/, ''),
    isEmulated: variables.text('HMS_API_URL').startsWith('http:'),
    ...(templateId === '' ? {} : { templateId }),
    roles: {
      host: variables.text('HMS_HOST_ROLE') || 'host',
      guest: variables.text('HMS_GUEST_ROLE') || 'guest',
    },
  };
}
