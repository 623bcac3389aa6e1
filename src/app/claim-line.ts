/** Taking somebody's line for a call, and letting go of it. */
import { type Call, isLive } from '../domain/call';
import { together } from '../domain/in-parallel';
import type { Line, LineHolder } from '../domain/line';
import type { Lines } from '../ports/lines';

/** The call that has a line, as it stands by now. */
export interface Held {
  readonly call: Call;
  /** What its last step means was not complete when it was met, and is by now: a request was cut off, or goes on. */
  readonly wasUnsettled: boolean;
}

export interface Claim {
  readonly line: Line;
  /** A live call has the line already. */
  readonly obstacle?: Held;
}

/** Calls take lines in one order, so two that want the same two lines never wait for each other. */
export const inOrder = ({ caller, receiver }: Pick<Call, 'caller' | 'receiver'>): [string, string] =>
  caller.id < receiver.id ? [caller.id, receiver.id] : [receiver.id, caller.id];

const isFree = ({ call }: Line): boolean => call === undefined || call.isOver;

/**
 * Takes both lines at once where both are free, as mostly they are; else, or where somebody is faster, they are taken
 * in order. The second is taken on condition that the first is: until then anybody may take it away, see `isVoid`.
 * @param read the two, as they were read before
 * @returns `hasBoth`; and what is known of them after this, for {@link claimLine}
 * Cost: 2 writes at once, or none.
 */
export async function claimBoth(
  lines: Lines,
  draft: Call,
  read: readonly Line[],
): Promise<{ readonly hasBoth: boolean; readonly known: readonly Line[] }> {
  if (!read.every(isFree)) return { hasBoth: false, known: read };
  const [first] = inOrder(draft);
  const taken = await together(
    read.map((line) => {
      const holder: LineHolder = { id: draft.id, isOver: false, draft };
      const isFirst = line.userId === first;
      return lines.replace(line, { ...line, call: isFirst ? holder : { ...holder, isTentative: true } });
    }),
  );
  const known = taken.filter((line) => line !== undefined);
  return { hasBoth: known.length === read.length, known };
}

/**
 * Takes the line for this call, unless a live one has it. Again is fine. Of the two lines the first comes first.
 * @param read the line, where it was read before
 * @param resolve what has become of the call that has a line; undefined when nothing is known of it any more
 * Cost: 1 write; 1 read where the line was not read before; where somebody has it, what `resolve` costs.
 */
export async function claimLine(
  lines: Lines,
  userId: string,
  draft: Call,
  read: Line | undefined,
  resolve: (holder: LineHolder) => Promise<Held | undefined>,
): Promise<Claim> {
  let line = read ?? (await lines.find(userId));
  for (;;) {
    const holder = line.call;
    const isOurs = holder?.id === draft.id;
    // Even if the call is over by now: it had the line.
    if (isOurs && (holder.isOver || !holder.isTentative)) return { line };
    if (holder && !isOurs && !holder.isOver && !(await isVoid(lines, holder))) {
      const held = await resolve(holder);
      if (held && isLive(held.call)) return { line, obstacle: held };
    }
    const taken = await lines.replace(line, { ...line, call: { id: draft.id, isOver: false, draft } });
    if (taken) return { line: taken };
    line = await lines.find(userId);
  }
}

/**
 * Whether a line was taken by a call that has not got the line before it; then it is made sure that the request that
 * tried to take both at once cannot get it any more. (A call that is given the first line later takes the second
 * again, by a write that whoever takes it away now makes fail, or that makes theirs fail.)
 * Cost: none for most; else 1 read, 1 write.
 */
async function isVoid(lines: Lines, { id, draft, isTentative }: LineHolder): Promise<boolean> {
  if (!isTentative) return false;
  for (;;) {
    const first = await lines.find(inOrder(draft)[0]);
    if (first.call?.id === id) return false;
    // It was free when the two were to be taken: whoever has it has changed it since.
    if (!isFree(first)) return true;
    if (await lines.replace(first, { ...first })) return true;
  }
}

/** The call is over: its line is free. A line that another call has is left alone. Cost: 1 read, 1 write. */
export async function releaseLine(lines: Lines, userId: string, callId: string): Promise<void> {
  for (;;) {
    const line = await lines.find(userId);
    if (line.call?.id !== callId || line.call.isOver) return;
    if (await lines.replace(line, { ...line, call: { ...line.call, isOver: true } })) return;
  }
}
