import type { WrittenRow } from '../../db/index.ts';
import type { z } from 'zod';
import type { goodsReturn } from '../../shared/kiosk/returns-contract.ts';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import { maskName } from '../../shared/mask-name.ts';
import type { DraftAt } from '../at.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { accountId, type Book, type FactInput, orRefuse, RETURN_KIND } from '../ledger/index.ts';
import { basketTitle } from './basket.ts';
import type { DecidedReturn } from './decide-return.ts';
import { returnFacts } from './redemption-facts.ts';
import type { RedemptionRow } from './redemption-rows.ts';
import { sourceOfRedemption } from './redemption-source.ts';
import { returnRows } from './return-rows.ts';

export type GoodsReturn = z.input<typeof goodsReturn>;

/** The place and the person that take a return: a kiosk in a shift, or the desk. */
export interface ReturnPlace {
  readonly kioskId: string | null;
  readonly shiftId: string | null;
  readonly actorId: string;
  /** Told beside the return: the two people of the desk, or how its row came. */
  readonly beside: readonly FactInput[];
}

interface ReturnOf {
  readonly redemption: RedemptionRow;
  readonly household: { readonly id: string; readonly number: string; readonly head: string };
  readonly decided: DecidedReturn;
}

/** Books a return in one entry: points to the household, pieces to the shelf, their cost to the stock. */
export function bookReturn(
  book: Book,
  at: DraftAt,
  { kioskId, shiftId, actorId, beside }: ReturnPlace,
  { redemption, household, decided }: ReturnOf,
): { readonly rows: readonly WrittenRow[]; readonly answer: GoodsReturn } {
  const { villageId, today: effectiveOn, idempotencyKey } = at;
  const { lines, points, costFen, moved } = decided;
  const id = at.newId();
  const told = { ownerId: household.id, shiftId, lines, redemptionNumber: redemption.journalNumber };
  const drafted = at.ledger.draft(book, [
    {
      ...{ villageId, kind: RETURN_KIND, effectiveOn, idempotencyKey, actorId },
      source: sourceOfRedemption(redemption.id),
      // The note names the slip, in no language.
      text: { title: basketTitle(lines), note: `№${String(redemption.journalNumber)}` },
      lines: moved,
      facts: [...beside, ...returnFacts(told)],
    },
  ]);
  const { rows, entries } = orRefuse(drafted);
  const [entry] = entries;
  if (!entry) throw new Error('a return without its entry');
  const { bookedAtMs, number: journalNumber } = entry;
  const row = {
    ...{ villageId, id, redemptionNumber: redemption.journalNumber, householdId: household.id, kioskId },
    ...{ shiftId, actorId, points, costFen, effectiveOn, bookedAtMs, journalNumber },
  };
  const lineRows = lines.map(({ goodsId, quantity, costFen: share }, index) => {
    return { villageId, journalNumber, line: index + 1, goodsId, quantity, costFen: share };
  });
  const own = accountId(householdAccount(household.id));
  return {
    rows: [...rows, ...returnRows(row, lineRows)],
    answer: {
      ...{ id, redemption: { id: redemption.id, journalNumber: redemption.journalNumber } },
      household: { id: household.id, number: household.number, head: maskName(household.head) },
      lines: lines.map(({ goodsId, name, unit, quantity, price }) => {
        return { goodsId, name, unit, quantity, price };
      }),
      ...{ points, bookedAtMs, journalNumber, digits: publicDigits(entry.hash) },
      balanceAfter: entry.postings.find((posting) => posting.accountId === own)?.balanceAfter ?? null,
    },
  };
}
