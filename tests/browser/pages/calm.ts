/** What must hold of every tab after whatever was done in it. */
import type { Tab } from './tab';

/**
 * The rows of a list close up when somebody goes, and what is below them in a sheet follows; an initial stands in the
 * middle of its tile, whatever size that one takes on; a word may make place as it goes. All else stays.
 */
const CLOSING_UP = /<li class="person"|<div class="side-foot"|<div class="tile-face"|^0\.00\d+ <gone$/;

/** What has moved by itself, and should not have. */
export const movedIn = async (tab: Tab): Promise<string[]> =>
  (await tab.shifts()).filter((shift) => !CLOSING_UP.test(shift));

/** Nothing went wrong, nothing moved by itself, and nothing is beyond the edge of the window. */
export async function isCalm(...tabs: readonly Tab[]): Promise<void> {
  for (const tab of tabs) {
    expect(await tab.faults()).toEqual([]);
    expect(await movedIn(tab)).toEqual([]);
    expect(await tab.overflow()).toBeLessThanOrEqual(0);
  }
}
