/** Tells screen readers what changed. The regions are there from the start, or nobody would listen to them. */

/** @param urgent interrupts what is being read */
export function announce(words: string, urgent = false): void {
  const region = document.getElementById(urgent ? 'alerts' : 'status');
  if (!region) return;
  // The same words twice in a row would not be read twice.
  region.textContent = region.textContent === words ? `${words}\u00a0` : words;
}
