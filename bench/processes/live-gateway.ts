/** A gateway alone, before functions that run elsewhere. */
import { trustProxies } from '../../gateway/client-address';
import { createFrontPort } from '../../gateway/front-port';
import { LiveSockets } from '../../gateway/live/live-sockets';
import { fixedUpstream } from '../../gateway/upstream';
import { answerCalls } from '../child';
import { bytesInUse, type Memory } from '../memory-in-use';

const calls = {
  /** @returns its origin */
  async start({
    functions,
    secret,
  }: {
    readonly functions: string;
    readonly secret: string;
  }): Promise<string> {
    const upstream = fixedUpstream(new URL(functions));
    const trust = { secret, gatewaySecret: secret, isProxy: trustProxies() };
    const live = new LiveSockets({ targets: upstream, trust });
    const front = createFrontPort({ upstream, ...trust, isAsset: () => false, live });
    const { port } = await front.listen(0, '127.0.0.1');
    await live.ready();
    return `http://127.0.0.1:${port}`;
  },
  memory: (): Memory => bytesInUse(),
};

export type LiveGatewayCalls = typeof calls;

answerCalls(calls);
