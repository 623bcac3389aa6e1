/** One structured line per request. Parameters, tokens and tickets never come near it. */
export interface RequestLine {
  /** The path; never the query. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly upstreamCalls: number;
  readonly requestId: string;
  readonly traceId?: string | undefined;
  /** What went wrong on our side or a vendor's, if anything. */
  readonly error?: unknown;
}

export function logRequest({
  route,
  status,
  ms,
  upstreamCalls,
  requestId,
  traceId,
  error,
}: RequestLine): void {
  const line = {
    route,
    status,
    ms: Math.round(ms * 10) / 10,
    upstream: upstreamCalls,
    request_id: requestId,
    ...(traceId === undefined ? {} : { trace_id: traceId }),
    ...(error === undefined ? {} : { error: describe(error) }),
  };
  // The platform collects what functions print.
  // oxlint-disable-next-line no-console
  console.log(JSON.stringify(line));
}

/** Name and message, and those of the cause. Vendors' messages name things and limits, not credentials. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const cause = error.cause === undefined ? '' : ` <- ${describe(error.cause)}`;
  return `${error.name}: ${error.message}${cause}`;
}
