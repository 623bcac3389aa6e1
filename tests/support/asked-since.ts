/** What a stand-in was asked since this was last called: the counts that have grown, by name. */
export function askedSince(stats: () => Readonly<Record<string, number>>): () => Record<string, number> {
  let before: Readonly<Record<string, number>> = {};
  return () => {
    const now = stats();
    const fresh = Object.entries(now).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
    before = now;
    return Object.fromEntries(fresh.filter(([, count]) => count > 0));
  };
}
