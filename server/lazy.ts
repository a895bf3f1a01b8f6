/**
 * Loads what is heavy and seldom needed when it is first used: a server that nobody asks for a spreadsheet need
 * not hold the library that reads them. In one step, not awaited: a transaction waits for nothing but the database.
 */
export function onFirstUse<T>(load: () => T): () => T {
  let loaded: { readonly value: T } | undefined;
  return () => (loaded ??= { value: load() }).value;
}
