/**
 * How a call moves. Every change is one compare-and-set on its record. What follows from a change (lines, messages)
 * comes after it, and the record says up to which step that is complete: whoever wants to change a call first
 * completes what the step before has left undone. So messages keep their order, and nothing is lost with a
 * request that died.
 */
import {
  type Call,
  type CallEvent,
  changeCall,
  dueEvent,
  failedCall,
  isLive,
  isPlacing,
  isPlacingDue,
} from '../domain/call';
import { FoyerError } from '../domain/errors';
import { together } from '../domain/in-parallel';
import type { Line, LineHolder } from '../domain/line';
import type { Presence } from '../domain/presence';
import { claimLine, type Held, inOrder, releaseLine } from './claim-line';
import { presencesOf, vanishesAt } from './parties';
import type { CallServices } from './services';
import { LOOK_EVERY_MS, tellCall } from './tell-call';

/** Whoever made a change is most likely still telling of it. */
const HELP_AFTER_MS = 2_000;

export const noSuchCall = (): FoyerError => new FoyerError('not-found', 'there is no such call (any more).');

/** What was read before, which saves reading it again. */
export interface Known {
  readonly parties?: readonly Presence[];
  readonly lines?: readonly Line[];
  /** Both lines are the call's. */
  readonly hasBoth?: boolean;
}

/** What came of placing a call. */
export interface Placed {
  readonly call: Call;
  /** The live call that was in its way. */
  readonly obstacle?: Held;
}

/**
 * Takes both lines and rings, or comes to nothing because somebody is busy. Again, and by anybody, is fine.
 * @throws FoyerError `try-again`.
 * Cost: 2 writes after each other, unless it has the lines already; telling, 1 write.
 */
export async function placeCall(services: CallServices, call: Call, known: Known = {}): Promise<Placed> {
  const { lines } = services;
  const resolve = (holder: LineHolder) => resolveHolder(services, holder);
  for (const userId of known.hasBoth ? [] : inOrder(call)) {
    const read = known.lines?.find((line) => line.userId === userId);
    const { obstacle } = await claimLine(lines, userId, call, read, resolve);
    if (obstacle) return giveUp(services, call, userId, obstacle);
  }
  return { call: await finish(services, call, known.parties) };
}

/**
 * This user's line is another call's: this one comes to nothing.
 * Cost: 1 write, 2 reads at once, 1 write for each line that was taken.
 */
async function giveUp(services: CallServices, call: Call, busyId: string, obstacle: Held): Promise<Placed> {
  const { calls } = services;
  const isCaller = busyId === call.caller.id;
  const errMsg = isCaller ? 'you are in another call.' : 'the other side is in another call.';
  const failed = await calls.replace(call, failedCall(call, errMsg));
  const now = failed ?? (await calls.find(call.id)) ?? gone();
  await letGo(services, now);
  return { call: now, ...(failed ? { obstacle } : {}) };
}

/** What was taken for a call that is over, perhaps after somebody else has ended it. Cost: 2 reads, at most 2 writes. */
export async function letGo({ lines }: Pick<CallServices, 'lines'>, call: Call): Promise<void> {
  if (!isLive(call)) await together(inOrder(call).map((id) => releaseLine(lines, id, call.id)));
}

/**
 * What has become of the call that has a line: whatever time or somebody's going has decided, and what its last
 * step means completed, such as placing it.
 * @returns undefined when nothing is known of it any more.
 * Cost: 1 read, what {@link lookAtCall} costs; what is left to do for one whose last step is not complete.
 */
export async function resolveHolder(services: CallServices, holder: LineHolder): Promise<Held | undefined> {
  const found = await recordOf(services, holder);
  if (!found) return undefined;
  const call = await settleCall(services, await lookAtCall(services, found));
  return { call, wasUnsettled: found.settled < found.step };
}

/** One without a record has got no further than that: it is made. Cost: 1 read; 1 write for such a one. */
async function recordOf(
  { calls, clock }: CallServices,
  { id, draft }: LineHolder,
): Promise<Call | undefined> {
  const found = await calls.find(id);
  if (found) return found;
  const record = isPlacingDue(draft, clock.now()) ? failedCall(draft, NOT_PLACED) : draft;
  return (await calls.create(record)) ?? calls.find(id);
}

const NOT_PLACED = 'the call could not be placed.';

/** Completes what the call's last step has left undone. */
async function settleCall(services: CallServices, call: Call, parties?: readonly Presence[]): Promise<Call> {
  if (call.settled === call.step) return call;
  if (isPlacing(call)) return (await placeCall(services, call)).call;
  return finish(services, call, parties);
}

/** Tells, and puts down that everybody was told. */
async function finish(services: CallServices, call: Call, parties?: readonly Presence[]): Promise<Call> {
  const { calls } = services;
  await tellCall(services, call, parties);
  const settled = await calls.replace(call, { ...call, settled: call.step });
  if (settled) return settled;
  const now = (await calls.find(call.id)) ?? gone();
  // What we said may have come after the last word of those who went on: it is said again.
  if (now.step > call.step && !isLive(now)) await tellCall(services, now);
  return now;
}

/**
 * Brings `event` about; what time alone has decided by now comes first.
 * @throws FoyerError `conflict`, with the call as it stands, where it is refused; `not-found`; `try-again`.
 * Cost: 1 write beside 2 reads, telling, 1 write. A race that is lost costs 1 read, and starts it over.
 */
export async function moveCall(services: CallServices, found: Call, event: CallEvent): Promise<Call> {
  const { calls, clock } = services;
  let call = found;
  for (;;) {
    // Whoever is refused may be the one whose request was cut off when it had brought this about.
    if (!isLive(call)) call = await settleCall(services, call);
    const due = dueEvent(call, clock.now());
    if (isLive(call) && call.settled < call.step && due === undefined) {
      call = await settleCall(services, call);
      continue;
    }
    const next = changeCall(call, due ?? event, clock.now(), due === 'fail' ? NOT_PLACED : undefined);
    const [stored, parties] = await together([calls.replace(call, next), presencesOf(services, call)]);
    call = stored ? await settleCall(services, stored, parties) : ((await calls.find(call.id)) ?? gone());
    if (stored && (due === undefined || due === event)) return call;
  }
}

function gone(): never {
  throw noSuchCall();
}

/**
 * The call as it stands now that time has passed: nobody need have kept a timer. What a request that died has
 * left undone is completed.
 * @throws FoyerError `try-again`.
 * Cost: none for one that is over; else 2 reads at once, and what a change costs where one was due.
 */
export const lookAtCall = async (services: CallServices, call: Call): Promise<Call> =>
  (await watchCall(services, call)).call;

/** As {@link lookAtCall}. @returns `again`: when it has to be looked at again, ms since epoch; Infinity for one that is over. */
export async function watchCall(
  services: CallServices,
  found: Call,
): Promise<{ readonly call: Call; readonly again: number }> {
  const now = services.clock.now();
  if (!isLive(found)) return { call: await completed(services, found), again: Infinity };
  const due = dueEvent(found, now);
  const vanishes = due ? Infinity : await vanishesAt(services, found);
  const event = due ?? (vanishes <= now ? 'vanish' : undefined);
  const call = event ? await moveOrLeave(services, found, event) : await completed(services, found);
  if (!isLive(call)) return { call, again: Infinity };
  const rings = call.status === 'DIALLING' ? call.deadline : Infinity;
  return { call, again: Math.min(rings, event ? Infinity : vanishes, now + LOOK_EVERY_MS) };
}

const completed = async (services: CallServices, call: Call): Promise<Call> =>
  services.clock.now() >= call.changedAt + HELP_AFTER_MS ? settleCall(services, call) : call;

/** Whoever was first with something else has made it so. */
async function moveOrLeave(services: CallServices, call: Call, event: CallEvent): Promise<Call> {
  try {
    return await moveCall(services, call, event);
  } catch (error) {
    if (!(error instanceof FoyerError) || error.code !== 'conflict') throw error;
    return (await services.calls.find(call.id)) ?? gone();
  }
}
