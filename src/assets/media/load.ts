/** Loads the provider that the server names, and nothing of any other. */
import { JoinFailure, type Provider } from './media';

const PROVIDERS: Readonly<Record<string, () => Promise<Provider>>> = {
  twilio: async () => (await import('./twilio/provider')).provider,
  livekit: async () => (await import('./livekit/provider')).provider,
};

/** @throws JoinFailure when there is no such provider, or its code does not come through */
export async function loadProvider(name: string): Promise<Provider> {
  const load = PROVIDERS[name];
  if (!load) throw new JoinFailure('otherApp');
  try {
    return await load();
  } catch {
    throw new JoinFailure('lost');
  }
}
