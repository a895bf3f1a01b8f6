/** Points said as things on the shelf: "45 分，够换 1 袋大米、1 瓶酱油". */

export interface Offer {
  readonly id: string;
  readonly kind: 'goods' | 'service' | 'loan';
  /** The name as people say it, without a size: two of one name are not offered together. */
  readonly name: string;
  /** Hundredths of a point. */
  readonly price: number;
  readonly stock: number | null;
  /** 1 is taken most often; null: not lately. */
  readonly rank: number | null;
}

export interface Things<T> {
  /** The things that the points suffice for together; empty if they suffice for none. */
  readonly enough: readonly { readonly item: T; readonly count: number }[];
  /** The nearest thing for points that suffice for none. */
  readonly next: { readonly item: T; readonly short: number } | null;
}

const THINGS_MOST = 3;
const PIECES_MOST = 3;
/** Only so many of the things taken most often are spoken of. */
const OFTEN = 12;
/** How much less each next thing in the order of the shelf counts than the one before it. */
const LESS_LIKED = 0.05;
/** How much less each further piece counts: a sack and a bottle say more than three bars of soap. */
const MORE_OF_ONE = 0.25;
/** A second thing is worth its word if so large a share of the points is left, a third for twice as much. */
const WORTH_A_WORD = 0.12;

/**
 * Chooses up to three things that a balance suffices for together, of what is on the shelf: what people take most, in
 * amounts that a household would carry home. `mayHave` says how many pieces of an item this household may still have
 * this month; null: as many as it likes.
 */
export function thingsFor<T extends Offer>(
  balance: number,
  offers: readonly T[],
  mayHave: (offer: T) => number | null = () => null,
): Things<T> {
  const shelf = offers
    .filter((offer) => offer.kind === 'goods' && offer.price > 0)
    .map((item) => ({ item, most: Math.min(item.stock ?? PIECES_MOST, mayHave(item) ?? PIECES_MOST) }))
    .filter(({ most }) => most >= 1)
    .sort((a, b) => (a.item.rank ?? Infinity) - (b.item.rank ?? Infinity) || 0);
  const reached = shelf.filter(({ item }) => item.price <= balance);
  if (reached.length === 0) return { enough: [], next: nearest(balance, shelf) };
  // Things that nobody takes are named only where nothing else is reached.
  const often = reached.filter(({ item }) => item.rank !== null);
  const within = (often.length > 0 ? often : reached).slice(0, OFTEN);
  const enough: { item: T; count: number }[] = [];
  let left = balance;
  while (enough.length < THINGS_MOST && left > balance * WORTH_A_WORD * enough.length) {
    const best = worthiest(
      left,
      within.filter(({ item }) => enough.every((chosen) => chosen.item.name !== item.name)),
    );
    if (!best) break;
    enough.push(best);
    left -= best.item.price * best.count;
  }
  return { enough, next: null };
}

interface Shelved<T> {
  readonly item: T;
  readonly most: number;
}

/** The combination that uses the points best, weighed by how often its things are taken. */
function worthiest<T extends Offer>(points: number, shelf: readonly Shelved<T>[]) {
  const choices = shelf
    .map(({ item, most }, place) => {
      const count = Math.min(PIECES_MOST, most, Math.floor(points / item.price));
      return {
        item,
        count,
        worth: (item.price * count) / (1 + place * LESS_LIKED + (count - 1) * MORE_OF_ONE),
      };
    })
    .filter(({ count }) => count > 0);
  const best = choices.reduce<(typeof choices)[number] | null>(
    (found, choice) => (found === null || choice.worth > found.worth ? choice : found),
    null,
  );
  return best && { item: best.item, count: best.count };
}

function nearest<T extends Offer>(balance: number, shelf: readonly Shelved<T>[]): Things<T>['next'] {
  const cheapest = shelf.reduce<T | null>(
    (found, { item }) => (found === null || item.price < found.price ? item : found),
    null,
  );
  return cheapest && { item: cheapest, short: cheapest.price - balance };
}
