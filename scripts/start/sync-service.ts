/** Makes the Sync service that Foyer needs, over Twilio's REST API, on whatever answers it. */

/**
 * @param webhookUrl called when a client's connection comes or goes; debounced, because a reload is no leaving
 * @returns the service's SID
 * @throws Error when the API refuses
 */
export async function createSyncService(
  apiUrl: string,
  { accountSid, authToken }: { accountSid: string; authToken: string },
  webhookUrl: string | undefined,
): Promise<string> {
  const response = await fetch(`${apiUrl}/v1/Services`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    body: new URLSearchParams({
      FriendlyName: 'foyer',
      AclEnabled: 'true',
      ...(webhookUrl !== undefined && {
        WebhookUrl: webhookUrl,
        ReachabilityWebhooksEnabled: 'true',
        ReachabilityDebouncingEnabled: 'true',
      }),
    }),
  });
  const answer = (await response.json()) as { sid?: string; message?: string };
  if (answer.sid === undefined) throw new Error(`no Sync service: ${answer.message ?? response.status}`);
  return answer.sid;
}
