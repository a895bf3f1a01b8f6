import { reactive } from 'vue';
import type { CountReason } from '../../../shared/kiosk/count-reasons.ts';
import type { AnswerOf, BodyOf } from '../../api/index.ts';

export type Counts = NonNullable<BodyOf<'kiosk.signOut'>['counts']>;
type ShelfItem = AnswerOf<'kiosk.shiftCounts'>['items'][number];

/** An item on the screen, as far as it was counted. */
export interface DraftItem extends ShelfItem {
  /** Null: not counted. */
  counted: number | null;
  reason: CountReason | null;
  remark: string;
}

const MOST = 99_999;

/** The pieces that somebody counts at the shelf. It stays while this page is loaded, also when the screen turned to something else. */
export interface CountDraft {
  readonly items: readonly DraftItem[];
  /** Takes over items and the book as they are now; what was counted already stays. */
  readonly show: (items: readonly ShelfItem[]) => void;
  readonly count: (goodsId: string, counted: number | null) => void;
  /** One piece more or less: from what was counted, or from what the book says. */
  readonly step: (goodsId: string, by: 1 | -1) => void;
  readonly explain: (goodsId: string, reason: CountReason, remark: string) => void;
  readonly hasCounted: () => boolean;
  /** The first difference for which no reason was chosen. */
  readonly unexplained: () => DraftItem | undefined;
  /** The counts as they are sent; undefined: nothing was counted. */
  readonly counts: () => Counts | undefined;
}

export function createCountDraft(): CountDraft {
  const state = reactive<{ items: DraftItem[] }>({ items: [] });
  const one = (goodsId: string) => state.items.find((item) => item.goodsId === goodsId);

  function count(goodsId: string, counted: number | null): void {
    const item = one(goodsId);
    if (!item) return;
    const before = Math.sign((item.counted ?? item.booked) - item.booked);
    item.counted = counted === null ? null : Math.max(0, Math.min(MOST, counted));
    // A reason explains one difference, and not the next.
    // A reason for pieces that are missing explains none that are too many.
    const isSame = before === Math.sign((item.counted ?? item.booked) - item.booked);
    if (!isSame) Object.assign(item, { reason: null, remark: '' });
  }

  return {
    get items() {
      return state.items;
    },
    show(items) {
      state.items = items.map((item) => {
        const { counted = null, reason = null, remark = '' } = one(item.goodsId) ?? {};
        return { ...item, counted, reason, remark };
      });
    },
    count,
    step(goodsId, by) {
      const item = one(goodsId);
      if (item) count(goodsId, (item.counted ?? item.booked) + by);
    },
    explain(goodsId, reason, remark) {
      const item = one(goodsId);
      if (item && isDifferent(item)) Object.assign(item, { reason, remark });
    },
    hasCounted: () => state.items.some(({ counted }) => counted !== null),
    unexplained: () => state.items.find((item) => isDifferent(item) && item.reason === null),
    counts() {
      if (!state.items.some(({ counted }) => counted !== null)) return undefined;
      return state.items.map(({ goodsId, counted, booked, reason, remark }) => ({
        ...{ goodsId, counted, shown: booked, reason, remark },
      }));
    },
  };
}

export function isDifferent({ counted, booked }: Pick<DraftItem, 'counted' | 'booked'>): boolean {
  return counted !== null && counted !== booked;
}

/** The drafts of this device, by shift and by what they are for: somebody comes back from the shelf after a minute. */
const drafts = new Map<string, CountDraft>();

export function draftOf(shiftId: string, phase: 'begin' | 'end'): CountDraft {
  const key = `${shiftId} ${phase}`;
  const draft = drafts.get(key) ?? createCountDraft();
  // Another shift has begun: nobody comes back to the drafts before.
  if (!drafts.has(key))
    for (const other of drafts.keys()) if (!other.startsWith(shiftId)) drafts.delete(other);
  drafts.set(key, draft);
  return draft;
}
