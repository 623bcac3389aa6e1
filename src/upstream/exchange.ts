/**
 * One HTTP exchange over connections that are kept. By `node:http`, not `fetch`: the first `fetch` of a
 * process loads its machinery for tens of milliseconds, on every cold start that calls a vendor.
 */
import { Agent as HttpAgent, type OutgoingHttpHeaders, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Connections are for all requests of this instance; 64 is twice what one request uses at once. */
const KEPT = { keepAlive: true, maxSockets: 64 } as const;
const httpAgent = new HttpAgent(KEPT);
const httpsAgent = new HttpsAgent(KEPT);

/**
 * @param timeoutMs until the whole answer is there. A timer of our own: the signal of `AbortSignal.timeout` cannot be
 *   taken back, so every exchange would fire one seconds after it has ended.
 * @throws the network's error, or that there was no answer in time. Any status is an answer; redirects are not followed.
 */
export function exchange(
  url: URL,
  {
    timeoutMs,
    ...options
  }: { readonly method: string; readonly headers: OutgoingHttpHeaders; readonly timeoutMs: number },
  body?: string,
): Promise<{ status: number; body: string }> {
  const [send, agent] =
    url.protocol === 'https:' ? [httpsRequest, httpsAgent] : ([httpRequest, httpAgent] as const);
  return new Promise((resolve, reject) => {
    const request = send(url, { ...options, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      });
    });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    request.on('close', () => clearTimeout(timer));
    request.on('error', reject);
    request.end(body);
  });
}
