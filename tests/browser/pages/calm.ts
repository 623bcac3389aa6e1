/** What must hold of every tab after whatever was done in it. */
import type { Tab } from './tab';

/** The rows of a list close up when somebody goes: nobody presses anything while it happens, and all else stays. */
const CLOSING_UP = '<li class="person"';

/** Nothing went wrong, nothing moved by itself, and nothing is beyond the edge of the window. */
export async function isCalm(...tabs: readonly Tab[]): Promise<void> {
  for (const tab of tabs) {
    expect(await tab.faults()).toEqual([]);
    expect((await tab.shifts()).filter((shift) => !shift.includes(CLOSING_UP))).toEqual([]);
    expect(await tab.overflow()).toBeLessThanOrEqual(0);
  }
}
