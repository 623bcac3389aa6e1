/** Puts words on the clipboard, which is closed to pages that came by plain http from another machine. */

/**
 * @param select what to select instead, so that the old way of copying works
 * @returns whether they are there; if not, what was selected can be copied by hand
 */
export async function copyText(words: string, select: () => void): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    select();
    return document.execCommand('copy');
  }
}
