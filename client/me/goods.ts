interface Shown {
  readonly category: string;
  readonly available: boolean;
  readonly affordable: boolean;
}

/** Categories in the shop's order; within each, what can be had now, then what is too dear, then what is sold out. */
export function byCategory<T extends Shown>(items: readonly T[]): { category: string; items: T[] }[] {
  const rank = (item: T) => (!item.available ? 2 : item.affordable ? 0 : 1);
  return [...new Set(items.map((item) => item.category))].map((category) => ({
    category,
    // Sorting keeps the shop's order among equals.
    items: items.filter((item) => item.category === category).sort((a, b) => rank(a) - rank(b)),
  }));
}
