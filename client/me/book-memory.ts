/** The last entry of a village's book, as /me, board, slips and notices show it. */
export interface BookHead {
  readonly number: number;
  readonly digits: string;
}

interface SeenHead extends BookHead {
  readonly restoredAtMs: number | null;
}

/** The part of a village's book that a phone remembers. */
export interface KeptBook {
  readonly last: SeenHead;
  /** Set when the book went back, until somebody has read it. */
  readonly wentBack: { readonly from: SeenHead; readonly to: BookHead } | null;
}

/** The book has fewer entries than this phone has seen, or another one in the place of the last. */
export interface WentBack {
  readonly from: BookHead;
  readonly to: BookHead;
  /** A restore from a backup explains it; null: nothing does. */
  readonly restoredAtMs: number | null;
}

/** The part of a phone's memory that is about books. */
interface Books {
  readonly books: Readonly<Record<string, KeptBook>>;
  keepBook(villageId: string, book: KeptBook): void;
}

interface Heard {
  readonly villageId: string;
  readonly book: BookHead | null;
  readonly restoredAtMs: number | null;
}

/**
 * Call before the village is asked: the answer is compared with what was known then. An answer that was overtaken by a
 * newer one would look like a book that went back.
 */
export function beginHearing(memory: Books): (heard: Heard) => WentBack | null {
  const then = memory.books;
  return ({ villageId, book, restoredAtMs }) => {
    const known = then[villageId]?.last;
    const kept = memory.books[villageId];
    const heard = { number: book?.number ?? 0, digits: book?.digits ?? '', restoredAtMs };
    const isBack = known !== undefined && isBehind(heard, known);
    const isLate = !isBack && kept !== undefined && isBehind(heard, kept.last);
    const last = isLate ? kept.last : heard;
    const wentBack = kept?.wentBack ?? (isBack ? { from: known, to: heard } : null);
    memory.keepBook(villageId, { last, wentBack });
    return wentBack && told(wentBack, restoredAtMs);
  };
}

/** Somebody has read that the book went back. */
export function settleBook(memory: Books, villageId: string): void {
  const kept = memory.books[villageId];
  if (kept) memory.keepBook(villageId, { ...kept, wentBack: null });
}

function isBehind(heard: BookHead, known: BookHead): boolean {
  return heard.number < known.number || (heard.number === known.number && heard.digits !== known.digits);
}

/** A restore explains it if this phone did not know of it when the book was still ahead. */
function told({ from, to }: NonNullable<KeptBook['wentBack']>, restoredAtMs: number | null): WentBack {
  return { from, to, restoredAtMs: restoredAtMs === from.restoredAtMs ? null : restoredAtMs };
}
