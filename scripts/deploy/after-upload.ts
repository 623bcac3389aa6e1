/** The last steps: is what was deployed there, and does Sync tell it who comes and goes? */
import { setTimeout as sleep } from 'node:timers/promises';
import { RequestClient, type Twilio } from 'twilio';

/** A new version is served a few seconds after it was activated. */
const PATIENCE_MS = 45_000;
const PAUSE_MS = 1_000;

/**
 * Asks the deployed `/health` until the version that was deployed answers.
 * @param signal ends the asking, once the answer under way is there
 * @returns undefined then, else what was answered last, in words
 */
export async function awaitHealth(
  origin: string,
  version: string,
  patienceMs = PATIENCE_MS,
  signal = new AbortController().signal,
): Promise<string | undefined> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const last = await healthOf(origin, version);
    if (last === undefined || Date.now() > deadline || signal.aborted) return last;
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function healthOf(origin: string, version: string): Promise<string | undefined> {
  try {
    // The SDK's, without credentials: it goes through HTTP_PROXY, which fetch does not.
    const answer = await new RequestClient({ timeout: 12_000 }).request<unknown>({
      method: 'get',
      uri: `${origin}/health`,
    });
    const body = typeof answer.body === 'string' ? (JSON.parse(answer.body) as unknown) : answer.body;
    const { status, version: served } = (body ?? {}) as { status?: unknown; version?: unknown };
    if (answer.statusCode !== 200 || status !== 'ok') return `it answers ${answer.statusCode}`;
    return served === version ? undefined : `it answers with version ${String(served)}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `it does not answer${typeof code === 'string' ? ` (${code})` : ''}`;
  }
}

/**
 * Has the Sync service call the deployed `/webhooks/sync`. One read, and a write where it was called elsewhere.
 * @returns the address that was called before, where it was another
 */
export async function pointWebhooks(
  client: Twilio,
  serviceSid: string,
  origin: string,
): Promise<string | undefined> {
  const webhookUrl = `${origin}/webhooks/sync`;
  const service = client.sync.v1.services(serviceSid);
  const before = await service.fetch();
  const isOn = before.reachabilityWebhooksEnabled && before.reachabilityDebouncingEnabled;
  if (!isOn || before.webhookUrl !== webhookUrl)
    await service.update({
      webhookUrl,
      reachabilityWebhooksEnabled: true,
      reachabilityDebouncingEnabled: true,
    });
  return before.webhookUrl && before.webhookUrl !== webhookUrl ? before.webhookUrl : undefined;
}
