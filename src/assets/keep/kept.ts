/** What survives a reload. A browser may refuse to keep anything. */

export interface Kept {
  read(): string | undefined;
  keep(value: string): void;
  forget(): void;
}

/**
 * Kept in this tab only, gone when it is closed.
 * @param name of the thing; for things of one meeting, with its number
 */
export const kept = (name: string): Kept => keptIn(() => sessionStorage, name);

/** Kept in this browser, for all its tabs and until somebody clears it. */
export const keptInBrowser = (name: string): Kept => keptIn(() => localStorage, name);

/** The key under which a browser tells tabs of a change. */
export const keyOf = (name: string): string => `foyer.${name}`;

function keptIn(storage: () => Storage, name: string): Kept {
  const key = keyOf(name);
  const without = <Result>(act: () => Result): Result | undefined => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  return {
    read: () => without(() => storage().getItem(key)) ?? undefined,
    keep: (value) => without(() => storage().setItem(key, value)),
    forget: () => without(() => storage().removeItem(key)),
  };
}
