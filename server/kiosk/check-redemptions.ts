import { isRedemption, REDEMPTION_KINDS } from '../../shared/kiosk/entry-kinds.ts';
import { and, count, eq, inArray, isNull } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { badTold, type CheckAt, firstWrong, type StartCheck } from '../acts/index.ts';
import { COST, goodsAccount } from '../goods/ledger-kinds.ts';
import { accountKinds } from '../households/ledger-kinds.ts';
import { accountId, type BookedEntry, bookedEntries } from '../ledger/index.ts';
import { pagesById } from '../rows-by-id.ts';
import { toldRedemption } from './redemption-facts.ts';
import { sourceOfRedemption } from './redemption-source.ts';

/**
 * Compares every redemption and what it handed out with its entry: the household, the volunteer, the shift and its kiosk,
 * the items, their number and their price.
 */
export const checkRedemptions: StartCheck = (at) => ({
  async finish({ isWhole }) {
    let [rows, lines] = [0, 0];
    for await (const page of pagesById(at, 'redemptions')) {
      const known = await besides(at, page);
      for (const row of page) {
        const own = known.linesOf.get(row.journalNumber) ?? [];
        const wrong = wrongRedemption(at, row, known) ?? wrongLine(at, row, known);
        if (wrong) return wrong;
        rows += 1;
        lines += own.length;
      }
    }
    return (await tooManyLines(at, lines)) ?? (isWhole ? missingRow(at, rows) : null);
  },
});

interface Beside {
  readonly entries: ReadonlyMap<number, BookedEntry>;
  readonly linesOf: ReadonlyMap<number, readonly RowOf<'redemptionLines'>[]>;
  readonly shifts: ReadonlyMap<string, RowOf<'shifts'>>;
}

async function besides(
  { reader, villageId }: CheckAt,
  page: readonly RowOf<'redemptions'>[],
): Promise<Beside> {
  const { redemptionLines, shifts } = reader.t;
  const numbers = page.map(({ journalNumber }) => journalNumber);
  const shiftIds = Array.from(new Set(page.map(({ shiftId }) => shiftId)));
  if (page.length === 0) return { entries: new Map(), linesOf: new Map(), shifts: new Map() };
  const lines = await reader.db
    .select()
    .from(redemptionLines)
    .where(and(eq(redemptionLines.villageId, villageId), inArray(redemptionLines.journalNumber, numbers)))
    .orderBy(redemptionLines.journalNumber, redemptionLines.line);
  const ofPage = await reader.db
    .select()
    .from(shifts)
    .where(and(eq(shifts.villageId, villageId), inArray(shifts.id, shiftIds)));
  return {
    entries: await bookedEntries(reader, villageId, numbers),
    linesOf: Map.groupBy(lines, ({ journalNumber }) => journalNumber),
    shifts: new Map(ofPage.map((shift) => [shift.id, shift])),
  };
}

function wrongRedemption(
  { reader }: CheckAt,
  row: RowOf<'redemptions'>,
  { entries, shifts }: Beside,
): BadRow | null {
  const { id, journalNumber: number } = row;
  const entry = entries.get(number);
  const source = sourceOfRedemption(id);
  const { redemptions } = reader.t;
  if (entry === undefined || !isRedemption(entry.kind) || entry.source !== source)
    return badTold(redemptions, {
      ...{ id, number, column: 'journalNumber', check: 'entry', expected: source, found: entry?.source },
    });
  const told = toldRedemption(entry.facts);
  const own = entry.lines.find((line) => accountKinds.household.ownerOf(line.accountId) !== null);
  const householdId = own ? accountKinds.household.ownerOf(own.accountId) : row.householdId;
  const cost = entry.lines.find((line) => line.accountId === accountId(COST));
  const shift = shifts.get(row.shiftId);
  return firstWrong(redemptions, { id, check: 'entry', number }, [
    ['householdId', householdId, row.householdId],
    ['volunteerId', entry.actorId, row.volunteerId],
    ['points', 0 - (own?.amount ?? 0), row.points],
    ['costFen', cost?.amount ?? 0, row.costFen],
    ['effectiveOn', entry.effectiveOn, row.effectiveOn],
    ['bookedAtMs', entry.bookedAtMs, row.bookedAtMs],
    ['shiftId', told?.shift ?? row.shiftId, row.shiftId],
    ['shiftId', entry.actorId, shift?.volunteerId],
    ['kioskId', shift?.kioskId, row.kioskId],
  ]);
}

function wrongLine({ reader }: CheckAt, row: RowOf<'redemptions'>, known: Beside): BadRow | null {
  const { journalNumber: number } = row;
  const entry = known.entries.get(number);
  if (!entry) return null;
  const { redemptionLines } = reader.t;
  const rows = known.linesOf.get(number) ?? [];
  const told = toldRedemption(entry.facts);
  for (const [index, line] of rows.entries()) {
    const id = `${String(number)} ${String(line.line)}`;
    const { goodsId, name, quantity, price } = line;
    const shelf = accountId(goodsAccount('shelf', goodsId));
    const taken = entry.lines.find((one) => one.accountId === shelf);
    const [toldId, toldName, toldQuantity, toldPrice] = (told?.items[index] ?? []) as unknown[];
    const wrong = firstWrong(redemptionLines, { id, check: 'entry', number }, [
      ['line', index + 1, line.line],
      ['quantity', taken ? 0 - taken.amount : quantity, quantity],
      ...(told === null
        ? []
        : ([
            ['goodsId', toldId, goodsId],
            ['name', toldName, name],
            ['quantity', toldQuantity, quantity],
            ['price', toldPrice, price],
          ] as const)),
    ]);
    if (wrong) return wrong;
  }
  if (told !== null && told.items.length !== rows.length)
    return badTold(redemptionLines, {
      ...{ id: `${String(number)} ${String(rows.length + 1)}`, number, check: 'missing' },
    });
  return null;
}

async function tooManyLines({ reader, villageId }: CheckAt, lines: number): Promise<BadRow | null> {
  const { redemptionLines, redemptions } = reader.t;
  const ofVillage = eq(redemptionLines.villageId, villageId);
  const [all] = await reader.db.select({ n: count() }).from(redemptionLines).where(ofVillage);
  if ((all?.n ?? 0) === lines) return null;
  const [stray] = await reader.db
    .select({ number: redemptionLines.journalNumber, line: redemptionLines.line })
    .from(redemptionLines)
    .leftJoin(
      redemptions,
      and(
        eq(redemptions.villageId, redemptionLines.villageId),
        eq(redemptions.journalNumber, redemptionLines.journalNumber),
      ),
    )
    .where(and(ofVillage, isNull(redemptions.id)))
    .limit(1);
  const { number = 0, line = 0 } = stray ?? {};
  return badTold(redemptionLines, { id: `${String(number)} ${String(line)}`, check: 'orphan' });
}

/** Each redemption has an entry of its own, so that a row is missing if there are more entries. */
async function missingRow({ reader, villageId }: CheckAt, rows: number): Promise<BadRow | null> {
  const { journal, redemptions } = reader.t;
  const isRedemption = and(eq(journal.villageId, villageId), inArray(journal.kind, [...REDEMPTION_KINDS]));
  const [all] = await reader.db.select({ n: count() }).from(journal).where(isRedemption);
  if ((all?.n ?? 0) === rows) return null;
  const [lost] = await reader.db
    .select({ number: journal.number, source: journal.source })
    .from(journal)
    .leftJoin(
      redemptions,
      and(eq(redemptions.villageId, journal.villageId), eq(redemptions.journalNumber, journal.number)),
    )
    .where(and(isRedemption, isNull(redemptions.id)))
    .limit(1);
  const id = (lost?.source ?? '').slice('redemption:'.length);
  return badTold(redemptions, { id, number: lost?.number ?? null, check: 'missing' });
}
