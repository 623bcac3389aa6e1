/** What survives a reload. What a browser refuses to keep is known until the page is left. */

export interface Kept {
  read(): string | undefined;
  keep(value: string): void;
  forget(): void;
}

/** What the browser has refused to keep, by key. */
type Refused = Map<string, string>;
const refusedInTab: Refused = new Map();
const refusedInBrowser: Refused = new Map();

/**
 * Kept in this tab only, gone when it is closed.
 * @param name of the thing; for things of one meeting, with its number
 */
export const kept = (name: string): Kept => keptIn(() => sessionStorage, refusedInTab, name);

/** Kept in this browser, for all its tabs and until somebody clears it. */
export const keptInBrowser = (name: string): Kept => keptIn(() => localStorage, refusedInBrowser, name);

/** The key under which a browser tells tabs of a change. */
export const keyOf = (name: string): string => `foyer.${name}`;

function keptIn(storage: () => Storage, refused: Refused, name: string): Kept {
  const key = keyOf(name);
  /** @returns undefined, too, where the browser refuses */
  const without = <Result>(act: () => Result): Result | undefined => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  return {
    read: () => refused.get(key) ?? without(() => storage().getItem(key)) ?? undefined,
    keep(value) {
      refused.set(key, value);
      without(() => {
        storage().setItem(key, value);
        refused.delete(key);
      });
    },
    forget() {
      refused.delete(key);
      without(() => storage().removeItem(key));
    },
  };
}
