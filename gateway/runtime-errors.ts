/**
 * Judges an error that the runtime answered. Ours are passed on; what the runtime makes up by itself, HTML
 * pages and stack traces, is replaced.
 */
import type { IncomingMessage } from 'node:http';
import { TRY_AGAIN, type Refusal } from './answers';
import { LIMITS } from './limits';

/** Reads an error's body; `undefined` when it is longer than any of ours. */
export async function readErrorBody(upstream: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of upstream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LIMITS.errorBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What to say instead of this error, or `undefined` to pass it on as it is. */
export function replacementFor(
  status: number,
  contentType: string | undefined,
  body: Buffer | undefined,
): Refusal | undefined {
  if (body !== undefined && !isHtml(contentType) && !holdsStack(body.toString())) return undefined;
  if (status >= 500) return TRY_AGAIN;
  return { status, message: MESSAGES[status] ?? 'the request was not understood.' };
}

const MESSAGES: Readonly<Record<number, string>> = {
  403: 'this is not public.',
  404: 'there is nothing at this address.',
  413: 'the request is too large.',
};

const isHtml = (contentType: string | undefined): boolean => /\bhtml\b/i.test(contentType ?? '');

/** A `stack` field, as the runtime's error handler writes it, or lines that look like V8's stack frames. */
const holdsStack = (text: string): boolean =>
  /"stack"\s*:/.test(text) || /(^|\n|\\n)\s*at .+:\d+:\d+\)?/.test(text);

/** The runtime's error as a developer can read it in a terminal. */
export function readable(body: string): string {
  try {
    const { stack, message } = JSON.parse(body) as { stack?: string; message?: string };
    return stack ?? message ?? body;
  } catch {
    return body
      .replace(/<style[^]*?<\/style>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  }
}
