/** Puts words on the clipboard, which is closed to pages that came by plain http from another machine. */

/** @param select what to select instead, so that the old way of copying works */
export async function copyText(words: string, select: () => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    select();
    document.execCommand('copy');
  }
}
