import { DEEDS_A_SLIDE } from '../../shared/notices/states.ts';
import type { Board } from './composables/useBoard.ts';
import { pagesOf } from './pages-of.ts';

export type Deed = Board['deeds'][number];
export type NoticeDeed = Board['notices'][number]['deeds'][number];
export type Goods = Board['goods'][number];

/** One picture of the board's round, as large as the screen. */
export type Slide =
  | { readonly kind: 'deed'; readonly deed: Deed }
  | { readonly kind: 'deeds'; readonly deeds: readonly Deed[] }
  | {
      readonly kind: 'notice';
      readonly notice: Board['notices'][number];
      readonly deeds: readonly NoticeDeed[];
    }
  | { readonly kind: 'shelf'; readonly goods: readonly Goods[] }
  | { readonly kind: 'goods'; readonly goods: readonly Goods[] }
  | { readonly kind: 'workdays' }
  | { readonly kind: 'month' }
  | { readonly kind: 'thanks'; readonly thanks: Board['thanks'] };

/** Deeds that get a picture of their own; the others share lists. */
const DEEDS_ALONE = 2;
const DEEDS_A_LIST = 7;
export const GOODS_ON_SHELF = 9;
const GOODS_A_LIST = 15;
const THANKS_A_PAGE = 6;

/**
 * The round of pictures: each theme comes once, and of a long list one page a round, so that the screen keeps its
 * rhythm however much there is to tell.
 */
export function slidesOf(board: Board, round: number): Slide[] {
  const alone = largestOfWeek(board);
  const others = board.deeds.filter((deed) => !alone.includes(deed));
  const shelf = shelfOrder(board.goods);
  const first = shelf.slice(0, GOODS_ON_SHELF);
  return [
    ...alone.map((deed) => ({ kind: 'deed', deed }) as const),
    ...pageOfRound(others, DEEDS_A_LIST, round).map((deeds) => ({ kind: 'deeds', deeds }) as const),
    ...board.notices.flatMap((notice) =>
      pageOfRound(notice.deeds, DEEDS_A_SLIDE, round).map(
        (deeds) => ({ kind: 'notice', notice, deeds }) as const,
      ),
    ),
    ...(board.workdays.length > 0 ? [{ kind: 'workdays' } as const] : []),
    ...(first.length > 0 ? [{ kind: 'shelf', goods: first } as const] : []),
    ...pageOfRound(shelf.slice(GOODS_ON_SHELF), GOODS_A_LIST, round).map(
      (goods) => ({ kind: 'goods', goods }) as const,
    ),
    { kind: 'month' },
    ...pageOfRound(board.thanks, THANKS_A_PAGE, round).map((thanks) => ({ kind: 'thanks', thanks }) as const),
  ];
}

/** Goods on the shelf come before sold-out ones. Sorting keeps the order of the answer among equals. */
export function shelfOrder(goods: readonly Goods[]): Goods[] {
  return [...goods].sort((a, b) => Number(b.available) - Number(a.available));
}

/** The deeds that were booked in the week and that most households did, the newest first among equals. */
function largestOfWeek({ deeds, weekFrom }: Board): Deed[] {
  return deeds
    .filter(({ bookedOn }) => bookedOn >= weekFrom)
    .sort((a, b) => b.households - a.households)
    .slice(0, DEEDS_ALONE);
}

function pageOfRound<T>(items: readonly T[], perPage: number, round: number): T[][] {
  const pages = pagesOf(items, perPage);
  const page = pages[round % pages.length];
  return page ? [page] : [];
}
