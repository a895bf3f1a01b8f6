import { computed, onScopeDispose, reactive, ref, watch } from 'vue';
import type { GoodsItem } from '../../../shared/contract/goods.ts';
import type { AnswerOf } from '../../api/index.ts';
import { tableOf } from '../../device/device-table.ts';
import type { Intent } from '../../intent/intent.ts';
import type { Slot } from '../../intent/intents.ts';
import type { Desk } from '../desk.ts';
import type { DeskSent } from '../intents/desk-intents.ts';
import {
  emptyList,
  fenOf,
  isWhole,
  keepStockList,
  openRow,
  piecesOf,
  withItem,
  type StockRow,
} from './stock-list.ts';

type StockIn = DeskSent<'goods.stockIn'>;
type Answer = AnswerOf<'goods.stockIn'>;

interface Options {
  readonly words: (row: StockRow) => string;
  /** What is in stock has changed, or may have. */
  readonly changed: () => void;
}

/** A delivery as it is written down: each item of it is an intent of its own. */
export function useDelivery(desk: Desk, { words, changed }: Options) {
  const { session } = desk;
  const kept = keepStockList(
    session.value?.village.id ?? '',
    session.value?.staff.id ?? '',
    tableOf(desk.device, 'drafts'),
  );
  const list = reactive(emptyList());
  const isReady = ref(false);
  const wasChecked = ref(false);
  const hides = new Map<string, () => void>();
  let isTakingIn = false;
  let isGone = false;

  const open = computed(() => list.rows.filter(({ number }) => number === null));
  const busy = computed(() => open.value.some((row) => intentOf(row).busy));
  /** Of one row nobody knows whether it was booked: nothing else is sent before that is known. */
  const isUnclear = computed(() => open.value.some((row) => intentOf(row).unclear !== null));

  function slotOf({ goodsId }: Pick<StockRow, 'goodsId'>): Slot<StockIn, Answer> {
    return desk.intents.slotOf('delivery', goodsId) as unknown as Slot<StockIn, Answer>;
  }

  function intentOf(row: Pick<StockRow, 'goodsId'>): Intent<StockIn, Answer> {
    return slotOf(row).intent;
  }

  /** It is on its way, or nobody knows whether it arrived. */
  function isLocked(row: StockRow): boolean {
    return intentOf(row).busy || intentOf(row).unclear !== null;
  }

  function sentOf(row: StockRow): StockIn {
    const { goodsId, quantity, cost } = row;
    const { source, note } = list;
    const figures = { quantity: piecesOf(row) ?? 0, totalCostFen: fenOf(row) ?? 0 };
    return {
      id: 'goods.stockIn',
      call: { params: { id: goodsId }, body: { ...figures, source, note: note.trim() } },
      words: words(row),
      form: { quantity, cost, source, note },
      hasDraft: true,
    };
  }

  function change(goodsId: string, fields: Partial<StockRow>): void {
    const row = openRow(list.rows, goodsId);
    if (row) Object.assign(row, fields);
  }

  function show(goodsId: string): void {
    const hide = slotOf({ goodsId }).show({
      booked({ journalNumber }, { form }) {
        change(goodsId, { ...typedIn(form), number: journalNumber });
        if (!isTakingIn) changed();
      },
      bookedOtherwise: changed,
    });
    hides.set(goodsId, hide);
  }

  function hide(goodsId: string): void {
    hides.get(goodsId)?.();
    hides.delete(goodsId);
  }

  watch(
    () => open.value.map(({ goodsId }) => goodsId),
    (now) => {
      for (const goodsId of now) if (!hides.has(goodsId)) show(goodsId);
      for (const goodsId of [...hides.keys()]) if (!now.includes(goodsId)) hide(goodsId);
    },
    { flush: 'sync' },
  );
  // What is unclear stands there as it was sent.
  watch(
    () => open.value.map((row) => intentOf(row).unclear),
    (all) => {
      for (const sent of all) if (sent) change(sent.call.params.id, typedIn(sent.form));
    },
    { flush: 'sync' },
  );
  onScopeDispose(() => {
    isGone = true;
    for (const goodsId of [...hides.keys()]) hide(goodsId);
  });

  const opened = kept.load().then((before) => {
    Object.assign(list, before);
    isReady.value = true;
  });
  watch(list, (now) => {
    if (!isReady.value) return;
    if (now.rows.length === 0) void kept.clear();
    else kept.save(now);
  });

  return {
    ...{ list, isReady, opened, open, busy, isUnclear, wasChecked, intentOf, isLocked },
    /** False where the row of this item is on its way. */
    add(item: GoodsItem, pieces = 0): boolean {
      const before = openRow(list.rows, item.id);
      if (before && isLocked(before)) return false;
      list.rows = withItem(list.rows, item, pieces);
      return true;
    },
    remove(row: StockRow): void {
      list.rows = list.rows.filter((one) => one.serial !== row.serial);
    },
    /** Its figures are to be typed anew. */
    empty(row: StockRow): void {
      change(row.goodsId, { quantity: '', cost: '' });
    },
    clear(): void {
      Object.assign(list, emptyList());
    },
    /** Takes in one after the other, up to the first that fails; answers how many are in. */
    async takeIn(): Promise<number> {
      wasChecked.value = true;
      if (busy.value || isUnclear.value || !open.value.every(isWhole)) return 0;
      let taken = 0;
      isTakingIn = true;
      for (const { goodsId } of open.value) {
        // As it is now: somebody may type in it while those above it are taken in.
        const row = openRow(list.rows, goodsId);
        if (!row || !isWhole(row)) continue;
        if ((await intentOf(row).run(sentOf(row))) === null) break;
        taken += 1;
        // The page that is opened next finds what is left, and goes on when it is told to.
        if (isGone) break;
      }
      isTakingIn = false;
      wasChecked.value = false;
      changed();
      return taken;
    },
  };
}

function typedIn(form: unknown): Pick<StockRow, 'quantity' | 'cost'> {
  const { quantity, cost } = form as Pick<StockRow, 'quantity' | 'cost'>;
  return { quantity, cost };
}
