import { and, asc, desc, eq, getTableColumns, inArray, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, Tables } from '../../db/index.ts';
import type { redemption } from '../../shared/kiosk/redemption-contract.ts';
import { UNDO_WITHIN_MS } from '../../shared/kiosk/undo-limit.ts';
import { maskName } from '../../shared/mask-name.ts';
import { Refusal } from '../../shared/errors.ts';
import { returnedPieces } from '../goods/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { digitsOf, notReversed, passbook } from '../ledger/index.ts';

export type Receipt = z.input<typeof redemption>;

const RECENT_MAX = 50;
/** A slip with the balance is printed minutes after its entry: few lines can have come since. */
const LINES_SINCE = 20;

/** Whether a redemption can still be undone: the kiosk's latest, not undone, and young. */
export function mayUndo(
  one: { isLatest: boolean; undone: boolean; bookedAtMs: number },
  nowMs: number,
): boolean {
  return one.isLatest && !one.undone && nowMs - one.bookedAtMs <= UNDO_WITHIN_MS;
}

/** The last redemptions of a kiosk, newest first. */
export async function recentReceipts(
  reader: Reader,
  villageId: string,
  kioskId: string,
  nowMs: number,
): Promise<Receipt[]> {
  const found = await receiptsOf(reader, villageId, eq(reader.t.redemptions.kioskId, kioskId));
  return found.map(({ receipt }, index) => ({
    ...receipt,
    mayUndo: isWhole(receipt) && mayUndo({ ...receipt, isLatest: index === 0 }, nowMs),
  }));
}

/** The redemption whose slip has this number, and its day. Refuses with redemption.not_found. */
export async function slipByNumber(
  reader: Reader,
  villageId: string,
  number: number,
): Promise<{ readonly receipt: Receipt; readonly effectiveOn: string }> {
  const [found] = await receiptsOf(reader, villageId, eq(reader.t.redemptions.journalNumber, number));
  if (!found) throw new Refusal('redemption.not_found', { what: 'slip' });
  return found;
}

/** One redemption of a kiosk with the balance after it, for its slip; undefined if the kiosk has none with this id. */
export async function receiptById(
  reader: Reader,
  { villageId, kioskId }: { readonly villageId: string; readonly kioskId: string },
  id: string,
): Promise<Omit<Receipt, 'mayUndo'> | undefined> {
  const { redemptions } = reader.t;
  const which = and(eq(redemptions.kioskId, kioskId), eq(redemptions.id, id));
  const [found] = await receiptsOf(reader, villageId, which);
  if (!found) return undefined;
  const { receipt } = found;
  const account = householdAccount(receipt.household.id);
  const { lines } = await passbook(reader, villageId, account, { limit: LINES_SINCE });
  const line = lines.find(({ number }) => number === receipt.journalNumber);
  return { ...receipt, balanceAfter: line?.balanceAfter ?? null };
}

function isWhole({ lines }: Receipt): boolean {
  return lines.every(({ returned }) => returned === 0);
}

async function receiptsOf(reader: Reader, villageId: string, which: SQL | undefined) {
  const { redemptions, households, volunteers, journal } = reader.t;
  const rows = await reader.db
    .select({
      id: redemptions.id,
      household: { id: households.id, number: households.number, head: households.head },
      points: redemptions.points,
      bookedAtMs: redemptions.bookedAtMs,
      journalNumber: redemptions.journalNumber,
      effectiveOn: redemptions.effectiveOn,
      reversedBy: journal.number,
      volunteer: volunteers.name,
    })
    .from(redemptions)
    .innerJoin(
      households,
      and(eq(households.villageId, redemptions.villageId), eq(households.id, redemptions.householdId)),
    )
    .innerJoin(
      volunteers,
      and(eq(volunteers.villageId, redemptions.villageId), eq(volunteers.id, redemptions.volunteerId)),
    )
    .leftJoin(journal, reversesRedemption(reader.t))
    .where(and(eq(redemptions.villageId, villageId), which))
    .orderBy(desc(redemptions.journalNumber))
    .limit(RECENT_MAX);
  const entries = rows.map((row) => row.journalNumber);
  const lines = await linesOf(reader, villageId, entries);
  const digits = await digitsOf(reader, villageId, entries);
  return rows.map(({ reversedBy, effectiveOn, ...row }) => ({
    effectiveOn,
    receipt: {
      ...row,
      // The household's number identifies it; nobody at a counter should read a list of full names.
      household: { ...row.household, head: maskName(row.household.head) },
      lines: lines.get(row.journalNumber) ?? [],
      digits: digits.get(row.journalNumber) ?? '',
      ...{ balanceAfter: null, undone: reversedBy !== null, mayUndo: false },
    },
  }));
}

/**
 * Condition on redemptions: they were not undone. The journal decides, whoever reversed one and on whichever screen.
 */
export function notUndone(reader: Pick<Reader, 'db' | 't'>): SQL {
  return notReversed(reader, reader.t.redemptions);
}

function reversesRedemption({ journal, redemptions }: Tables): SQL | undefined {
  return and(
    eq(journal.villageId, redemptions.villageId),
    eq(journal.reversesNumber, redemptions.journalNumber),
  );
}

async function linesOf(
  reader: Reader,
  villageId: string,
  entries: readonly number[],
): Promise<Map<number, Receipt['lines']>> {
  const byEntry = new Map<number, Receipt['lines']>();
  if (entries.length === 0) return byEntry;
  const { redemptionLines } = reader.t;
  const rows = await reader.db
    .select({ ...getTableColumns(redemptionLines), returned: returnedPieces(reader) })
    .from(redemptionLines)
    .where(
      and(eq(redemptionLines.villageId, villageId), inArray(redemptionLines.journalNumber, [...entries])),
    )
    .orderBy(asc(redemptionLines.journalNumber), asc(redemptionLines.line));
  for (const { journalNumber, goodsId, name, unit, quantity, price, returned } of rows) {
    const found = byEntry.get(journalNumber) ?? [];
    found.push({ goodsId, name, unit, quantity, price, returned });
    byEntry.set(journalNumber, found);
  }
  return byEntry;
}
