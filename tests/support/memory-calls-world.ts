/** Calls over the memory adapters, for the contracts. */
import type { Clock } from '../../src/ports/clock';
import { memoryCallServices } from './call-world';
import type { CallsWorld } from './calls-world';
import { ManualTime } from './manual-time';

export function memoryCallsWorld(clock: ManualTime & Clock = new ManualTime()): Promise<CallsWorld> {
  const services = memoryCallServices(clock);
  const { events } = services;
  return Promise.resolve({
    services: () => services,
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    mailboxes: (lists) =>
      Promise.resolve(
        lists
          .flatMap((list) => events.mailbox(list.replace('mailbox-', '')))
          .map(({ to, ...letter }) => ({ ...(to ? { to: { users: to } } : {}), ...letter })),
      ),
    list: ({ list }) => Promise.resolve([...events.list(list)]),
    document: ({ document }) => Promise.resolve(events.document(document)),
    close: () => Promise.resolve(),
  });
}
