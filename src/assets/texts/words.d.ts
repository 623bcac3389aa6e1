/** Parts of a language's file, as the build divides it; see scripts/build/languages.ts. */
declare module '*.json?host' {
  const words: Readonly<Record<string, string>>;
  export default words;
}

declare module '*.json?calls' {
  const words: Readonly<Record<string, string>>;
  export default words;
}

declare module '*.json?rooms' {
  const words: Readonly<Record<string, string>>;
  export default words;
}

declare module '*.json?test' {
  const words: Readonly<Record<string, string>>;
  export default words;
}

declare module '*.json?stage' {
  const words: Readonly<Record<string, string>>;
  export default words;
}

declare module '*.json?developers' {
  const words: Readonly<Record<string, string>>;
  export default words;
}
