import { and, count, eq, inArray } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import { isRedemption } from '../../shared/kiosk/entry-kinds.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { badTold, type CheckAt, firstWrong, type StartCheck } from '../acts/index.ts';
import { COST, goodsAccount, stockCostAccount } from '../goods/ledger-kinds.ts';
import { accountKinds } from '../households/ledger-kinds.ts';
import { accountId, type BookedEntry, bookedEntries, RETURN_KIND, reversalsOf } from '../ledger/index.ts';
import { pagesById } from '../rows-by-id.ts';
import { RETURNS_OF, toldReturn } from './redemption-facts.ts';

/**
 * Compares every return and its lines with their entry, and with the redemption that it names: no more comes back than was
 * handed out, in pieces and in cost, and nothing of a redemption that was taken back as a whole.
 */
export const checkReturns: StartCheck = (at) => ({
  async finish({ isWhole }) {
    let [rows, lines] = [0, 0];
    const sums: ReturnedSums = new Map();
    for await (const page of pagesById(at, 'returns')) {
      const known = await besides(at, page);
      for (const row of page) {
        const own = known.linesOf.get(row.journalNumber) ?? [];
        const wrong = wrongReturn(at, row, known) ?? wrongLine(at, row, known);
        if (wrong) return wrong;
        if (!known.takenBack.has(row.journalNumber)) add(sums, row, own);
        rows += 1;
        lines += own.length;
      }
    }
    return (
      (await moreThanTaken(at, sums)) ??
      (isWhole ? await missingRow(at, rows) : null) ??
      (await strayLine(at, lines))
    );
  },
});

/** The sums of what came back, by the entry of the redemption and then by item. */
type ReturnedSums = Map<number, Map<string, ReturnedSum>>;

interface ReturnedSum {
  /** The last of the returns. */
  readonly id: string;
  readonly quantity: number;
  readonly costFen: number;
}

interface Beside {
  /** Those of the returns and of the redemptions that they name. */
  readonly entries: ReadonlyMap<number, BookedEntry>;
  readonly linesOf: ReadonlyMap<number, readonly RowOf<'returnLines'>[]>;
  readonly shifts: ReadonlyMap<string, RowOf<'shifts'>>;
  /** The returns that were taken back, by the number of their entry. */
  readonly takenBack: ReadonlyMap<number, number>;
}

async function besides({ reader, villageId }: CheckAt, page: readonly RowOf<'returns'>[]): Promise<Beside> {
  const { returnLines, shifts } = reader.t;
  if (page.length === 0)
    return { entries: new Map(), linesOf: new Map(), shifts: new Map(), takenBack: new Map() };
  const numbers = page.map(({ journalNumber }) => journalNumber);
  const named = page.map(({ redemptionNumber }) => redemptionNumber);
  const lines = await reader.db
    .select()
    .from(returnLines)
    .where(and(eq(returnLines.villageId, villageId), inArray(returnLines.journalNumber, numbers)))
    .orderBy(returnLines.journalNumber, returnLines.line);
  const shiftIds = Array.from(new Set(page.flatMap(({ shiftId }) => shiftId ?? [])));
  const ofPage =
    shiftIds.length === 0
      ? []
      : await reader.db
          .select()
          .from(shifts)
          .where(and(eq(shifts.villageId, villageId), inArray(shifts.id, shiftIds)));
  return {
    entries: await bookedEntries(reader, villageId, Array.from(new Set([...numbers, ...named]))),
    linesOf: Map.groupBy(lines, ({ journalNumber }) => journalNumber),
    shifts: new Map(ofPage.map((shift) => [shift.id, shift])),
    takenBack: await reversalsOf(reader, villageId, numbers),
  };
}

function wrongReturn({ reader }: CheckAt, row: RowOf<'returns'>, { entries, shifts }: Beside): BadRow | null {
  const { returns } = reader.t;
  const { id, journalNumber: number } = row;
  const entry = entries.get(number);
  if (entry?.kind !== RETURN_KIND)
    return badTold(returns, {
      ...{ id, number, column: 'journalNumber', check: 'entry', expected: RETURN_KIND, found: entry?.kind },
    });
  const named = entries.get(row.redemptionNumber);
  // The entry names its redemption by the cause that both have.
  const redemptionNumber =
    named !== undefined && isRedemption(named.kind) && named.source === entry.source
      ? entry.facts.get(RETURNS_OF)
      : null;
  const own = entry.lines.find((line) => accountKinds.household.ownerOf(line.accountId) !== null);
  const householdId = own ? accountKinds.household.ownerOf(own.accountId) : row.householdId;
  const cost = entry.lines.find((line) => line.accountId === accountId(COST));
  const told = toldReturn(entry.facts);
  const shift = row.shiftId === null ? undefined : shifts.get(row.shiftId);
  return firstWrong(returns, { id, check: 'entry', number }, [
    ['redemptionNumber', redemptionNumber ?? null, String(row.redemptionNumber)],
    ['householdId', householdId, row.householdId],
    ['actorId', entry.actorId, row.actorId],
    ['points', own?.amount ?? 0, row.points],
    ['costFen', 0 - (cost?.amount ?? 0), row.costFen],
    ['effectiveOn', entry.effectiveOn, row.effectiveOn],
    ['bookedAtMs', entry.bookedAtMs, row.bookedAtMs],
    ['shiftId', told ? (told.shift ?? null) : row.shiftId, row.shiftId],
    ['shiftId', row.shiftId === null ? row.actorId : shift?.volunteerId, row.actorId],
    ['kioskId', row.shiftId === null ? null : shift?.kioskId, row.kioskId],
  ]);
}

function wrongLine({ reader }: CheckAt, row: RowOf<'returns'>, known: Beside): BadRow | null {
  const { journalNumber: number } = row;
  const entry = known.entries.get(number);
  if (!entry) return null;
  const { returnLines } = reader.t;
  const rows = known.linesOf.get(number) ?? [];
  const told = toldReturn(entry.facts);
  for (const [index, line] of rows.entries()) {
    const id = `${String(number)} ${String(line.line)}`;
    const { goodsId, quantity, costFen } = line;
    const amountOn = (account: string) => entry.lines.find((one) => one.accountId === account)?.amount;
    const [toldId, , toldQuantity] = (told?.items[index] ?? []) as unknown[];
    const wrong = firstWrong(returnLines, { id, check: 'entry', number }, [
      ['line', index + 1, line.line],
      ['quantity', amountOn(accountId(goodsAccount('shelf', goodsId))) ?? quantity, quantity],
      ['costFen', amountOn(accountId(stockCostAccount(goodsId))) ?? 0, costFen],
      ...(told === null
        ? []
        : ([
            ['goodsId', toldId, goodsId],
            ['quantity', toldQuantity, quantity],
          ] as const)),
    ]);
    if (wrong) return wrong;
  }
  if (told !== null && told.items.length !== rows.length)
    return badTold(returnLines, {
      ...{ id: `${String(number)} ${String(rows.length + 1)}`, number, check: 'missing' },
    });
  return null;
}

function add(
  sums: ReturnedSums,
  { id, redemptionNumber }: RowOf<'returns'>,
  lines: readonly RowOf<'returnLines'>[],
): void {
  const ofRedemption = sums.get(redemptionNumber) ?? new Map<string, ReturnedSum>();
  sums.set(redemptionNumber, ofRedemption);
  for (const { goodsId, quantity, costFen } of lines) {
    const before = ofRedemption.get(goodsId) ?? { quantity: 0, costFen: 0 };
    const sum = { id, quantity: before.quantity + quantity, costFen: before.costFen + costFen };
    ofRedemption.set(goodsId, sum);
  }
}

const REDEMPTIONS_AT_ONCE = 300;

async function moreThanTaken(at: CheckAt, sums: ReturnedSums): Promise<BadRow | null> {
  const { reader, villageId } = at;
  const { redemptionLines, returnLines, returns } = reader.t;
  const all = [...sums.keys()].sort((a, b) => a - b);
  for (let from = 0; from < all.length; from += REDEMPTIONS_AT_ONCE) {
    await at.giveWay();
    const numbers = all.slice(from, from + REDEMPTIONS_AT_ONCE);
    const reversed = await reversalsOf(reader, villageId, numbers);
    const entries = await bookedEntries(reader, villageId, numbers);
    const taken = await reader.db
      .select()
      .from(redemptionLines)
      .where(and(eq(redemptionLines.villageId, villageId), inArray(redemptionLines.journalNumber, numbers)));
    const linesOf = Map.groupBy(taken, ({ journalNumber }) => journalNumber);
    for (const number of numbers)
      for (const [goodsId, { id, quantity, costFen }] of sums.get(number) ?? []) {
        if (reversed.has(number)) return badTold(returns, { id, number, check: 'exceeds' });
        const most = linesOf.get(number)?.find((line) => line.goodsId === goodsId)?.quantity ?? 0;
        const cost = entries.get(number)?.lines.find((line) => line.accountId === costOf(goodsId));
        const wrong = { id, number, check: 'exceeds' } as const;
        if (quantity > most)
          return badTold(returnLines, { ...wrong, column: 'quantity', expected: most, found: quantity });
        const mostFen = 0 - (cost?.amount ?? 0);
        // All of it brings back all of its cost.
        if (costFen > mostFen || (quantity === most && costFen !== mostFen))
          return badTold(returnLines, { ...wrong, column: 'costFen', expected: mostFen, found: costFen });
      }
  }
  return null;
}

function costOf(goodsId: string): string {
  return accountId(stockCostAccount(goodsId));
}

async function strayLine({ reader, villageId }: CheckAt, lines: number): Promise<BadRow | null> {
  const { returnLines, returns } = reader.t;
  const ofVillage = eq(returnLines.villageId, villageId);
  const [all] = await reader.db.select({ n: count() }).from(returnLines).where(ofVillage);
  if ((all?.n ?? 0) === lines) return null;
  const rows = await reader.db
    .select({ number: returnLines.journalNumber, line: returnLines.line, id: returns.id })
    .from(returnLines)
    .leftJoin(
      returns,
      and(eq(returns.villageId, returnLines.villageId), eq(returns.journalNumber, returnLines.journalNumber)),
    )
    .where(ofVillage);
  const { number = 0, line = 0 } = rows.find(({ id }) => id === null) ?? {};
  return badTold(returnLines, { id: `${String(number)} ${String(line)}`, check: 'orphan' });
}

/** Each return has an entry of its own, so that a row is missing if there are more entries. */
async function missingRow({ reader, villageId }: CheckAt, rows: number): Promise<BadRow | null> {
  const { journal, returns } = reader.t;
  const isReturn = and(eq(journal.villageId, villageId), eq(journal.kind, RETURN_KIND));
  const found = await reader.db
    .select({ number: journal.number, id: returns.id })
    .from(journal)
    .leftJoin(
      returns,
      and(eq(returns.villageId, journal.villageId), eq(returns.journalNumber, journal.number)),
    )
    .where(isReturn);
  if (found.length === rows) return null;
  const lost = found.find(({ id }) => id === null);
  return badTold(returns, { id: '', number: lost?.number ?? null, check: 'missing' });
}
