interface Shown {
  readonly price: number;
  readonly available: boolean;
  readonly affordable: boolean;
}

export type Reach = 'now' | 'later' | 'out';

/**
 * Goods that can be had now come first, then those still to be saved for, the nearest first, then those sold out.
 */
export function byReach<T extends Shown>(items: readonly T[]): { reach: Reach; items: T[] }[] {
  const of = (reach: Reach) => items.filter((item) => reachOf(item) === reach);
  const sections = [
    // Sorting keeps the shop's order among equals.
    { reach: 'now' as const, items: of('now') },
    { reach: 'later' as const, items: of('later').sort((a, b) => a.price - b.price) },
    { reach: 'out' as const, items: of('out') },
  ];
  return sections.filter((section) => section.items.length > 0);
}

function reachOf({ available, affordable }: Shown): Reach {
  if (!available) return 'out';
  return affordable ? 'now' : 'later';
}

/** How much of a price a balance makes, in whole percent: 100 only when all of it is there. */
export function percentOf(balance: number, price: number): number {
  if (price <= 0) return 100;
  return Math.min(100, Math.max(0, Math.floor((balance / price) * 100)));
}
