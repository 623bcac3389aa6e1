/** Taking somebody's line for a call, and letting go of it. */
import { type Call, isLive } from '../domain/call';
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

/**
 * Takes the line for this call, unless a live one has it. Again is fine.
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
    // Even if the call is over by now: it had the line.
    if (holder?.id === draft.id) return { line };
    if (holder && !holder.isOver) {
      const held = await resolve(holder);
      if (held && isLive(held.call)) return { line, obstacle: held };
    }
    const taken = await lines.replace(line, { ...line, call: { id: draft.id, isOver: false, draft } });
    if (taken) return { line: taken };
    line = await lines.find(userId);
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
