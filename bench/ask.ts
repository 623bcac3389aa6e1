/** One call to a running stack, beside whatever is measured. */

/** @throws Error with the server's words when it refuses */
export async function ask<Answer>(origin: string, path: string, parameters: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(parameters);
  const response = await fetch(`${origin}${path}`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}
