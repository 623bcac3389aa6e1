/**
 * The Sync service that Foyer keeps its state in. Its name is written down before it is made, so that a run that was
 * interrupted finds the service that it made; anybody else's of the same account are left alone.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Twilio } from 'twilio';
import { replaceFile } from './env-edit';

/**
 * Without the ACL any Sync token reads everything. Connections that come and go are told, debounced, because a
 * reload is no leaving; where to is known when there is a deployment.
 */
const NEEDED = {
  aclEnabled: true,
  reachabilityWebhooksEnabled: true,
  reachabilityDebouncingEnabled: true,
} as const;

const noteIn = (root: string): string => join(root, '.foyer', 'setup-sync-service');

/**
 * Makes a service, or finds the one that an interrupted run has made, and hands its SID to `keep`, which has to have
 * it on the disk when it returns. One write; after an interruption one read more.
 */
export async function makeSyncService(
  root: string,
  client: Twilio,
  keep: (sid: string) => void,
): Promise<void> {
  const begun = nameBegun(root);
  const made =
    begun === undefined
      ? undefined
      : (await client.sync.v1.services.list()).find(({ friendlyName }) => friendlyName === begun);
  if (made) keep(made.sid);
  else {
    const friendlyName = begun ?? `foyer-${randomBytes(6).toString('hex')}`;
    mkdirSync(dirname(noteIn(root)), { recursive: true });
    replaceFile(noteIn(root), `${friendlyName}\n`);
    keep((await client.sync.v1.services.create({ friendlyName, ...NEEDED })).sid);
  }
  rmSync(noteIn(root), { force: true });
}

/**
 * Turns on what is off, and changes nothing else. One read, and a write where something was off.
 * @returns what was turned on, in words
 */
export async function repairSyncService(client: Twilio, sid: string): Promise<readonly string[]> {
  const service = await client.sync.v1.services(sid).fetch();
  const repairs = [
    { name: 'aclEnabled', words: 'its ACL' },
    { name: 'reachabilityWebhooksEnabled', words: 'its reachability webhooks' },
    { name: 'reachabilityDebouncingEnabled', words: 'their debouncing' },
  ] as const;
  const off = repairs.filter(({ name }) => !service[name]);
  if (off.length > 0) {
    const update = Object.fromEntries(off.map(({ name }) => [name, NEEDED[name]]));
    await client.sync.v1.services(sid).update(update);
  }
  return off.map(({ words }) => words);
}

function nameBegun(root: string): string | undefined {
  try {
    return readFileSync(noteIn(root), 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
