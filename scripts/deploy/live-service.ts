/**
 * What is live at Twilio: the build and the variables of one environment. twilio-run sets variables before it
 * activates a build, so a deployment that ends in between has changed the live service: it is put back.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Twilio } from 'twilio';
import type { Account } from '../setup/account';

/** Remembers which service was deployed to; twilio-run writes it beside the project that it deploys. */
export const DEPLOY_INFO = '.twiliodeployinfo';

export interface LiveEnvironment {
  readonly serviceSid: string;
  readonly sid: string;
  readonly domain: string;
  /** Null before the first deployment. */
  readonly buildSid: string | null;
  readonly variables: ReadonlyMap<string, { readonly sid: string; readonly value: string }>;
}

/** The service that was deployed from this folder before. */
export function rememberedService(root: string, { accountSid }: Account): string | undefined {
  const path = join(root, DEPLOY_INFO);
  if (!existsSync(path)) return undefined;
  const info = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { serviceSid?: string }>;
  // In the order in which twilio-run looks.
  return info[`${accountSid}:us1`]?.serviceSid ?? info[accountSid]?.serviceSid;
}

/** The service of this unique name in the account. One read a hundred services. */
export async function serviceNamed(client: Twilio, name: string): Promise<string | undefined> {
  const services = await client.serverless.v1.services.list();
  return services.find(({ uniqueName }) => uniqueName === name)?.sid;
}

/**
 * The environment as it is now; undefined where there is none yet. Two reads.
 * @param suffix of its domain, '' for production
 */
export async function readEnvironment(
  client: Twilio,
  serviceSid: string,
  suffix: string,
): Promise<LiveEnvironment | undefined> {
  const service = client.serverless.v1.services(serviceSid);
  const environments = await service.environments.list();
  const found = environments.find(({ domainSuffix }) => (domainSuffix ?? '') === suffix);
  if (!found) return undefined;
  const variables = await service.environments(found.sid).variables.list();
  return {
    serviceSid,
    sid: found.sid,
    domain: found.domainName,
    // Null before the first one, whatever the SDK's types say.
    buildSid: found.buildSid || null,
    variables: new Map(variables.map(({ key, sid, value }) => [key, { sid, value }])),
  };
}

/**
 * Makes the live environment what it was: one write for each variable that differs, and one for the build.
 * @returns what had to be put back, in words
 */
export async function putBack(client: Twilio, before: LiveEnvironment, suffix: string): Promise<string[]> {
  const now = await readEnvironment(client, before.serviceSid, suffix);
  if (!now) return [];
  const environment = client.serverless.v1.services(before.serviceSid).environments(before.sid);
  const changed = [...before.variables].filter(
    ([name, { value }]) => now.variables.get(name)?.value !== value,
  );
  const added = [...now.variables].filter(([name]) => !before.variables.has(name));
  for (const [key, { value }] of changed) {
    const there = now.variables.get(key);
    if (there) await environment.variables(there.sid).update({ value });
    else await environment.variables.create({ key, value });
  }
  for (const [, { sid }] of added) await environment.variables(sid).remove();
  const isOther = before.buildSid !== null && now.buildSid !== before.buildSid;
  // The version that runs belongs with its variables: it comes back after them.
  if (isOther) await environment.deployments.create({ buildSid: before.buildSid ?? '' });
  const count = changed.length + added.length;
  return [
    ...(count > 0 ? [`${count} variable${count > 1 ? 's' : ''}`] : []),
    ...(isOther ? ['the version before'] : []),
  ];
}
