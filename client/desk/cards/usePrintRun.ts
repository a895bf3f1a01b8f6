import { computed, nextTick, onScopeDispose, proxyRefs, ref, shallowRef } from 'vue';
import { PINS_AT_ONCE } from '../../../shared/households/pin-runs.ts';
import type { AnswerOf, Api, BodyOf, Failure } from '../../api/index.ts';
import { useIntent } from '../../intent/useIntent.ts';
import { inRunSheets, type RunRow, type RunSheet } from './run-sheets.ts';
import { type ListedCard, printed } from './printed-card.ts';
import type { CardCodes } from './useCardCodes.ts';
import type { Printable, Slips } from './usePinSlips.ts';

/** Sheets added to the page at once: some milliseconds of work, so that the page answers between them. */
const SHEETS_AT_ONCE = 3;

/** `making` PINs, `drawing` the sheets, `ready` to be printed. */
type Stage = 'choosing' | 'making' | 'drawing' | 'ready';

export interface RunOrder {
  readonly cards: readonly ListedCard[];
  /** The address that the QR of the cards leads to. */
  readonly origin: string;
  /** Households of these cards that get a PIN first. */
  readonly pinsFor: readonly string[];
  readonly replace: boolean;
}

/** The households that a run makes PINs for: those without one, and if it replaces, those whose PIN cannot be printed. */
export function householdsToGive(
  cards: readonly Pick<ListedCard, 'household' | 'hasPin'>[],
  printable: Printable,
  replace: boolean,
): string[] {
  return cards
    .filter(({ household, hasPin }) => (hasPin ? replace && !printable.has(household.id) : true))
    .map(({ household }) => household.id);
}

/** Both answer null when they failed. */
export interface RunSources {
  readonly takeSlips: (householdIds: readonly string[]) => Promise<Slips | null>;
  readonly takeCodes: (cards: readonly ListedCard[]) => Promise<CardCodes | null>;
}

/** One print run: makes PINs piece by piece, then draws the sheets a few at a time. If it stops, the PINs that were made are kept. */
export function usePrintRun(api: Api, { takeSlips, takeCodes }: RunSources) {
  const stage = ref<Stage>('choosing');
  const failure = shallowRef<Failure | null>(null);
  const piece = useIntent<BodyOf<'households.makePins'>, AnswerOf<'households.makePins'>>({
    send: (body, key) => api.call('households.makePins', { body, key, timeoutMs: 60_000 }),
  });
  const made = ref(0);
  const toMake = ref(0);
  const sheets = shallowRef<readonly RunSheet[]>([]);
  const drawn = ref(0);
  let isLeft = false;
  onScopeDispose(() => (isLeft = true));

  async function makePins({ pinsFor, replace }: RunOrder): Promise<boolean> {
    made.value = 0;
    toMake.value = pinsFor.length;
    // The lost answer of an earlier run needs no asking: what that piece made is among the slips that were read.
    await piece.beginAnew();
    for (let from = 0; from < pinsFor.length; from += PINS_AT_ONCE) {
      if (isLeft) return false;
      const householdIds = pinsFor.slice(from, from + PINS_AT_ONCE);
      if ((await piece.run({ householdIds, replace })) === null) {
        failure.value = piece.failure;
        return false;
      }
      made.value = from + householdIds.length;
    }
    return true;
  }

  async function draw(rows: readonly RunRow[]): Promise<void> {
    stage.value = 'drawing';
    drawn.value = 0;
    sheets.value = inRunSheets(rows);
    while (drawn.value < sheets.value.length && !isLeft) {
      drawn.value = Math.min(sheets.value.length, drawn.value + SHEETS_AT_ONCE);
      await nextTick();
      await breathe();
    }
  }

  /** True once every sheet is on the page. */
  async function run(order: RunOrder): Promise<boolean> {
    failure.value = null;
    sheets.value = [];
    stage.value = 'making';
    const areMade = await makePins(order);
    // PINs made before a failure wait to be taken out, and are not made again.
    const slips = areMade ? await takeSlips(order.cards.map(({ household }) => household.id)) : null;
    const codes = slips !== null && !isLeft ? await takeCodes(order.cards) : null;
    if (slips === null || codes === null || isLeft) {
      stage.value = 'choosing';
      return false;
    }
    await draw(
      order.cards.flatMap((card) => {
        const { id } = card.household;
        const code = codes.get(id);
        const row = code && { card: printed(card, code, order.origin), pin: slips.get(id) ?? null };
        return row ? [row] : [];
      }),
    );
    stage.value = 'ready';
    return !isLeft;
  }

  function reset(): void {
    stage.value = 'choosing';
    sheets.value = [];
    drawn.value = 0;
  }

  return proxyRefs({
    stage,
    failure,
    made,
    toMake,
    drawn,
    sheets,
    shown: computed(() => sheets.value.slice(0, drawn.value)),
    run,
    reset,
  });
}

/** Lets the browser paint and answer. A page in the background is given no frames, so this does not wait for one. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
