/** Calls over the memory adapters. */
import { MemoryCallEvents } from '../../src/adapters/memory/call-events';
import { MemoryCallStore } from '../../src/adapters/memory/call-store';
import { MemoryGateways } from '../../src/adapters/memory/gateways';
import { MemoryLines } from '../../src/adapters/memory/lines';
import { MemoryMediaServer } from '../../src/adapters/memory/media-server';
import { MemoryUserDirectory } from '../../src/adapters/memory/user-directory';
import type { Clock } from '../../src/ports/clock';
import type { CallServices } from '../../src/ports/services';

export const RING_MS = 45_000;
export const GRACE_MS = 10_000;

/** Their own types, so that a test can look into them. */
export function memoryCallServices(clock: Clock) {
  const gateways = new MemoryGateways(clock);
  return {
    calls: new MemoryCallStore(clock),
    lines: new MemoryLines(clock),
    directory: new MemoryUserDirectory(clock),
    events: new MemoryCallEvents(clock, gateways),
    gateways,
    media: new MemoryMediaServer(clock),
    clock,
    settings: { ringMs: RING_MS, graceMs: GRACE_MS },
  } satisfies CallServices;
}

export type MemoryCallServices = ReturnType<typeof memoryCallServices>;
