/** A gateway in this process, before functions that run elsewhere. */
import { trustProxies } from '../../gateway/client-address';
import { createFrontPort } from '../../gateway/front-port';
import type { Pace } from '../../gateway/live/limits';
import { LiveSockets } from '../../gateway/live/live-sockets';
import { fixedUpstream } from '../../gateway/upstream';
import { GATEWAY_SECRET } from './spoken-functions';

export interface GatewayUnderTest {
  readonly origin: string;
  readonly reports: string[];
  close(): Promise<void>;
}

export async function startGateway(
  functions: URL,
  { allowedOrigins = [], pace = {} }: { allowedOrigins?: readonly string[]; pace?: Partial<Pace> } = {},
): Promise<GatewayUnderTest> {
  const reports: string[] = [];
  const report = (line: string): void => void reports.push(line);
  const upstream = fixedUpstream(functions);
  const isProxy = trustProxies();
  const trust = { secret: GATEWAY_SECRET, gatewaySecret: GATEWAY_SECRET, isProxy };
  const live = new LiveSockets({ targets: upstream, trust, allowedOrigins, pace, report });
  const front = createFrontPort({
    upstream,
    secret: GATEWAY_SECRET,
    gatewaySecret: GATEWAY_SECRET,
    isProxy,
    isAsset: () => false,
    live,
    report,
  });
  const { port } = await front.listen(0, '127.0.0.1');
  return { origin: `http://127.0.0.1:${port}`, reports, close: () => front.close(100) };
}
