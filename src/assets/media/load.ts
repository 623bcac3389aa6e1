/** Loads the provider that the server names, and nothing of any other. */
import { JoinFailure, type Provider } from './media';

const PROVIDERS: Readonly<Record<string, () => Promise<Provider>>> = {
  twilio: async () => (await import('./twilio/provider')).provider,
  livekit: async () => (await import('./livekit/provider')).provider,
  '100ms': async () => (await import('./hundredms/provider')).provider,
};

/** @throws JoinFailure when there is no such provider, or its code does not come through */
export async function loadProvider(name: string): Promise<Provider> {
  const load = Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;
  if (!load) throw new JoinFailure('unable');
  try {
    return await load();
  } catch {
    throw new JoinFailure('lost');
  }
}
