/** Words for developers alone, which the build takes out of a language's file; see scripts/build/languages.ts. */
declare module '*.json?developers' {
  const words: Readonly<Record<string, string>>;
  export default words;
}
