/** What survives a reload: kept in this tab only, gone when it is closed. A browser may refuse to keep anything. */

export interface Kept {
  read(): string | undefined;
  keep(value: string): void;
  forget(): void;
}

/** @param name of the thing; for things of one meeting, with its number */
export function kept(name: string): Kept {
  const key = `foyer.${name}`;
  const without = <Result>(act: () => Result): Result | undefined => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  return {
    read: () => without(() => sessionStorage.getItem(key)) ?? undefined,
    keep: (value) => without(() => sessionStorage.setItem(key, value)),
    forget: () => without(() => sessionStorage.removeItem(key)),
  };
}
