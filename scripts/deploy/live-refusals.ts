/** What must be right about what is live already, and about the Sync service that it counts on. */
import type { Twilio } from 'twilio';
import { FUNCTION_VARIABLES } from '../environment/variables';
import { statusOf } from '../setup/account';
import type { LiveEnvironment } from './live-service';

type Named = Readonly<Record<string, string>>;

/** With its ACL off, which is how Twilio makes it, every guest's token could read everything. One read. */
export async function syncRefusal(client: Twilio, sid: string): Promise<string | undefined> {
  try {
    const { aclEnabled } = await client.sync.v1.services(sid).fetch();
    return aclEnabled
      ? undefined
      : 'The Sync service has its ACL off: any guest could read everything in it. npm run setup turns it on';
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    return 'The account has no Sync service with the SYNC_SERVICE_SID in .env. npm run doctor says what else is wrong';
  }
}

const SWITCHES = { ALLOW_ANONYMOUS_OPERATORS: 'operator', ALLOW_ANONYMOUS_USERS: 'user' } as const;

/** twilio-run takes no variable away: a switch could still be on from another deployment. */
export function openSwitch(before: LiveEnvironment | undefined, variables: Named): string | undefined {
  const open = Object.entries(SWITCHES).find(
    ([name]) => before?.variables.get(name)?.value === 'yes' && variables[name] === undefined,
  );
  if (open === undefined) return undefined;
  const [name, whom] = open;
  return `${name} is on in the live environment: anybody on the internet may act as ${whom}. Put ${name}=no into .env`;
}

/** One line for variables of ours that were taken out of `.env`, and live on. */
export function leftOver(before: LiveEnvironment | undefined, variables: Named): readonly string[] {
  const names = [...(before?.variables.keys() ?? [])].filter(
    (name) => FUNCTION_VARIABLES[name] !== undefined && variables[name] === undefined,
  );
  if (names.length === 0) return [];
  return [
    `Live, though not in .env: ${names.toSorted().join(', ')}. A deployment takes no variable away: Twilio's console does`,
  ];
}
