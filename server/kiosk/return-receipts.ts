import { and, asc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { maskName } from '../../shared/mask-name.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { digitsOf, linesUpTo } from '../ledger/index.ts';
import type { GoodsReturn } from './book-return.ts';

/** A return as its slip says it. */
export interface ReturnReceipt extends Omit<GoodsReturn, 'redemption'> {
  /** The entry of the redemption of which it gives back a part. */
  readonly redemptionNumber: number;
  readonly volunteer: string;
}

/** A return that this kiosk took, with the balance after it; undefined if the kiosk took none with this id. */
export async function returnById(
  reader: Reader,
  { villageId, kioskId }: { readonly villageId: string; readonly kioskId: string },
  id: string,
): Promise<ReturnReceipt | undefined> {
  const { returns, households, volunteers } = reader.t;
  const [found] = await reader.db
    .select({
      row: returns,
      household: { id: households.id, number: households.number, head: households.head },
      volunteer: volunteers.name,
    })
    .from(returns)
    .innerJoin(
      households,
      and(eq(households.villageId, returns.villageId), eq(households.id, returns.householdId)),
    )
    .innerJoin(
      volunteers,
      and(eq(volunteers.villageId, returns.villageId), eq(volunteers.id, returns.actorId)),
    )
    .where(and(eq(returns.villageId, villageId), eq(returns.id, id), eq(returns.kioskId, kioskId)));
  if (!found) return undefined;
  const { row, household, volunteer } = found;
  const { points, bookedAtMs, journalNumber, redemptionNumber } = row;
  const digits = await digitsOf(reader, villageId, [journalNumber]);
  const page = { entry: journalNumber, limit: 1 };
  const [line] = await linesUpTo(reader, villageId, householdAccount(household.id), page);
  return {
    ...{ id, points, bookedAtMs, journalNumber, redemptionNumber, volunteer },
    household: { ...household, head: maskName(household.head) },
    lines: await linesOf(reader, villageId, row),
    digits: digits.get(journalNumber) ?? '',
    balanceAfter: line?.balanceAfter ?? null,
  };
}

/** The pieces that came back, named and priced as they were handed out. */
async function linesOf(
  { db, t: { returnLines, redemptionLines } }: Reader,
  villageId: string,
  { journalNumber, redemptionNumber }: { readonly journalNumber: number; readonly redemptionNumber: number },
): Promise<GoodsReturn['lines']> {
  return db
    .select({
      goodsId: returnLines.goodsId,
      name: redemptionLines.name,
      unit: redemptionLines.unit,
      quantity: returnLines.quantity,
      price: redemptionLines.price,
    })
    .from(returnLines)
    .innerJoin(
      redemptionLines,
      and(
        eq(redemptionLines.villageId, returnLines.villageId),
        eq(redemptionLines.journalNumber, redemptionNumber),
        eq(redemptionLines.goodsId, returnLines.goodsId),
      ),
    )
    .where(and(eq(returnLines.villageId, villageId), eq(returnLines.journalNumber, journalNumber)))
    .orderBy(asc(returnLines.line));
}
