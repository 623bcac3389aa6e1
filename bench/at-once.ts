/** Work of which several pieces are under way. */

export const AT_ONCE = 16;

/** Runs `count` pieces, {@link AT_ONCE} at a time. @throws the first failure */
export async function atOnce(count: number, run: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await run(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
