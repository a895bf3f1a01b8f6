/** Cuts a list into pages that fit the screen; no page for an empty list. */
export function pagesOf<T>(items: readonly T[], perPage: number): T[][] {
  const pages: T[][] = [];
  for (let from = 0; from < items.length; from += perPage) pages.push(items.slice(from, from + perPage));
  return pages;
}
