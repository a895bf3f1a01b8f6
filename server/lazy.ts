/**
 * Loads a heavy, seldom needed library at its first use. A server that nobody asks for a spreadsheet need not hold
 * the library that reads them. It loads synchronously, because a transaction may await nothing but the database.
 */
export function onFirstUse<T>(load: () => T): () => T {
  let loaded: { readonly value: T } | undefined;
  return () => (loaded ??= { value: load() }).value;
}
