/**
 * The API key that signs what browsers get. Twilio shows its secret once, in the answer that makes it, so the name
 * it will have is written down before it is asked for: a key of that name whose secret did not reach `.env` is of no
 * use to anybody, and is taken away before another is made.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Twilio } from 'twilio';
import { replaceFile } from './env-edit';

interface ApiKey {
  readonly sid: string;
  readonly secret: string;
}

const noteIn = (root: string): string => join(root, '.foyer', 'setup-key');

/** The name of a key that an earlier run began to make; undefined where none is left over. */
function begun(root: string): string | undefined {
  try {
    return readFileSync(noteIn(root), 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes a key and hands it to `keep`, which has to have it on the disk when it returns. One write, and where an
 * earlier run was interrupted one read and a delete more.
 */
export async function makeApiKey(root: string, client: Twilio, keep: (key: ApiKey) => void): Promise<void> {
  await takeAwayLost(root, client, undefined);
  const friendlyName = `foyer-${randomBytes(6).toString('hex')}`;
  mkdirSync(dirname(noteIn(root)), { recursive: true });
  replaceFile(noteIn(root), `${friendlyName}\n`);
  const { sid, secret } = await client.newKeys.create({ friendlyName });
  if (!secret) throw new Error('Twilio made an API key without showing its secret');
  keep({ sid, secret });
  rmSync(noteIn(root), { force: true });
}

/**
 * Takes away what an interrupted run has left at Twilio.
 * @param kept the key in `.env`, which stays whatever its name is
 */
export async function takeAwayLost(root: string, client: Twilio, kept: string | undefined): Promise<void> {
  const name = begun(root);
  if (name === undefined) return;
  for (const { sid, friendlyName } of await client.keys.list()) {
    if (friendlyName === name && sid !== kept) await client.keys(sid).remove();
  }
  rmSync(noteIn(root), { force: true });
}
