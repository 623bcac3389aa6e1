/** The front port alone, before functions that run elsewhere. */
import { createFrontPort } from '../../gateway/front-port';
import { createUpstream } from '../../gateway/upstream';
import { answerCalls } from '../child';

const calls = {
  /** @returns its own port of 127.0.0.1 */
  async start({ functionsPort }: { readonly functionsPort: number }): Promise<number> {
    const upstream = createUpstream();
    // No secret: as on Twilio, the functions take requests as they come.
    const front = createFrontPort({ upstream, secret: '', isAsset: () => false });
    await upstream.use(functionsPort);
    return (await front.listen(0, '127.0.0.1')).port;
  },
};

export type FrontPortCalls = typeof calls;

answerCalls(calls);
