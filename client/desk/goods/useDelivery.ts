import { computed, onScopeDispose, reactive, ref, watch } from 'vue';
import type { GoodsItem } from '../../../shared/goods/contract.ts';
import type { AnswerOf } from '../../api/index.ts';
import { tableOf } from '../../device/device-table.ts';
import type { Intent } from '../../intent/intent.ts';
import type { Screen, Slot } from '../../intent/intents.ts';
import type { Desk } from '../desk.ts';
import type { DeskIntents, DeskSent } from '../intents/desk-intents.ts';
import {
  donorIn,
  emptyList,
  fenOf,
  isWhole,
  keepStockList,
  openRow,
  piecesOf,
  withItem,
  type StockList,
  type StockRow,
} from './stock-list.ts';

type StockIn = DeskSent<'goods.stockIn'>;
type Answer = AnswerOf<'goods.stockIn'>;

interface Options {
  readonly words: (row: StockRow) => string;
  /** The stock has changed, or may have. */
  readonly changed: () => void;
}

/** A delivery as it is written down: each item of it is an intent of its own. */
export function useDelivery(desk: Desk, { words, changed }: Options) {
  const { list, isReady, opened, isGone } = useKeptList(desk);
  const wasChecked = ref(false);
  const isTakingIn = ref(false);
  const open = computed(() => list.rows.filter(({ number }) => number === null));
  const intentOf = useRowIntents(desk.intents, () => open.value, {
    change,
    booked: () => (isTakingIn.value ? undefined : changed()),
    bookedOtherwise: changed,
  });

  /** It is on its way, or nobody knows whether it arrived. */
  function isLocked(row: StockRow): boolean {
    return intentOf(row).busy || intentOf(row).unclear !== null;
  }

  function change(goodsId: string, fields: Partial<StockRow>): void {
    Object.assign(openRow(list.rows, goodsId) ?? {}, fields);
  }

  return {
    ...{ list, isReady, opened, open, wasChecked, intentOf, isLocked },
    busy: computed(() => open.value.some((row) => intentOf(row).busy)),
    /** Nobody knows whether one of the rows was booked. Nothing else is sent before that is known. */
    isUnclear: computed(() => open.value.some((row) => intentOf(row).unclear !== null)),
    /** False where the row of this item is on its way. */
    add(item: GoodsItem, pieces = 0): boolean {
      const before = openRow(list.rows, item.id);
      if (before && isLocked(before)) return false;
      list.rows = withItem(list.rows, item, pieces, intentOf({ goodsId: item.id }).key);
      return true;
    },
    remove(row: StockRow): void {
      list.rows = list.rows.filter((one) => one.serial !== row.serial);
    },
    /** Its figures are to be typed anew. */
    empty: (row: StockRow) => change(row.goodsId, { quantity: '', cost: '', key: intentOf(row).key }),
    clear: () => void Object.assign(list, emptyList()),
    /** Takes in one after the other, up to the first that fails; answers how many are in. */
    async takeIn(): Promise<number> {
      wasChecked.value = true;
      if (open.value.some(isLocked) || !open.value.every(isWhole)) return 0;
      let taken = 0;
      isTakingIn.value = true;
      for (const { goodsId } of open.value) {
        // Read anew: somebody may type in this row while the rows above it are taken in.
        const row = openRow(list.rows, goodsId);
        if (!row || !isWhole(row)) continue;
        if ((await intentOf(row).run(sentOf(row, list, words(row)))) === null) break;
        taken += 1;
        // The page that is opened next finds what is left, and goes on when it is told to.
        if (isGone.value) break;
      }
      isTakingIn.value = false;
      wasChecked.value = false;
      changed();
      return taken;
    },
  };
}

/** The list of this person, as it was left on this computer. */
function useKeptList({ session, device }: Desk) {
  const { village, staff } = session ?? {};
  const kept = keepStockList(village?.id ?? '', staff?.id ?? '', tableOf(device, 'drafts'));
  const list = reactive(emptyList());
  const isReady = ref(false);
  const isGone = ref(false);
  const opened = kept.load().then((before) => {
    Object.assign(list, before);
    isReady.value = true;
  });
  watch(list, (now) => {
    if (!isReady.value) return;
    if (now.rows.length === 0) void kept.clear();
    else kept.save(now);
  });
  onScopeDispose(() => (isGone.value = true));
  return { list, isReady, opened, isGone };
}

interface RowHandlers {
  readonly change: (goodsId: string, fields: Partial<StockRow>) => void;
  readonly booked: () => void;
  readonly bookedOtherwise: () => void;
}

/** The intents of the rows that are not in yet; what is unclear stands in its row as it was sent. */
function useRowIntents(
  intents: DeskIntents,
  open: () => readonly StockRow[],
  { change, booked, bookedOtherwise }: RowHandlers,
) {
  const hides = new Map<string, () => void>();

  function slotOf({ goodsId }: Pick<StockRow, 'goodsId'>): Slot<StockIn, Answer> {
    return intents.slotOf('goods.stockIn', goodsId) as unknown as Slot<StockIn, Answer>;
  }

  function show(goodsId: string): void {
    const screen: Screen<StockIn, Answer> = {
      booked({ journalNumber }, { form }) {
        change(goodsId, { ...typedIn(form), number: journalNumber });
        booked();
      },
      bookedOtherwise() {
        change(goodsId, { key: slotOf({ goodsId }).intent.key });
        bookedOtherwise();
      },
    };
    hides.set(goodsId, slotOf({ goodsId }).show(screen));
  }

  function hide(goodsId: string): void {
    hides.get(goodsId)?.();
    hides.delete(goodsId);
  }

  watch(
    () => open().map(({ goodsId }) => goodsId),
    (now) => {
      for (const goodsId of now) if (!hides.has(goodsId)) show(goodsId);
      for (const goodsId of [...hides.keys()]) if (!now.includes(goodsId)) hide(goodsId);
    },
    { flush: 'sync' },
  );
  watch(
    () => open().map((row) => slotOf(row).intent.unclear),
    (all) => {
      for (const sent of all) if (sent) change(sent.call.params.id, typedIn(sent.form));
    },
    { flush: 'sync' },
  );
  onScopeDispose(() => {
    for (const goodsId of [...hides.keys()]) hide(goodsId);
  });
  return (row: Pick<StockRow, 'goodsId'>): Intent<StockIn, Answer> => slotOf(row).intent;
}

function typedIn(form: unknown): Pick<StockRow, 'quantity' | 'cost'> {
  const { quantity, cost } = form as Pick<StockRow, 'quantity' | 'cost'>;
  return { quantity, cost };
}

function sentOf(row: StockRow, list: StockList, words: string): StockIn {
  const { goodsId, quantity, cost } = row;
  const { source, note } = list;
  const figures = { quantity: piecesOf(row) ?? 0, totalCostFen: fenOf(row) ?? 0 };
  return {
    id: 'goods.stockIn',
    call: { params: { id: goodsId }, body: { ...figures, source, note: note.trim(), ...donorIn(list) } },
    words,
    form: { quantity, cost, source, note },
    draftKey: row.key,
  };
}
