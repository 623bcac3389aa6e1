/** A gateway that ends sends its clients to others: not all in one moment, where they would all come back at once. */
import type { Pace } from './limits';
import type { LiveSocket } from './live-socket';
import { CLOSE } from './refusal';

const TICK_MS = 20;
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, TICK_MS));

/** @param open the sockets that there are; who has gone leaves it. Resolves when it is empty, or those left are cut off. */
export async function sendElsewhere(
  open: ReadonlySet<LiveSocket>,
  { drainMs, farewellMs }: Pace,
): Promise<void> {
  const sockets = [...open];
  const slice = Math.ceil((sockets.length * TICK_MS) / drainMs);
  const deadline = Date.now() + drainMs + farewellMs;
  for (let from = 0; from < sockets.length; from += slice) {
    for (const socket of sockets.slice(from, from + slice)) {
      socket.end(CLOSE.restart, 'this gateway ends; connect again.');
    }
    await tick();
  }
  while (open.size > 0 && Date.now() < deadline) await tick();
  for (const socket of open) socket.cut();
}
