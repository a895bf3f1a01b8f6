import { and, asc, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/index.ts';
import { reversalsOf } from '../ledger/index.ts';

/** Everything that a household was ever handed out, the oldest first, with what came back and the entry that took it back, if any. */
export async function redemptionsOf(reader: Reader, villageId: string, householdId: string) {
  const { redemptions, redemptionLines } = reader.t;
  const rows = await reader.db
    .select()
    .from(redemptions)
    .where(and(eq(redemptions.villageId, villageId), eq(redemptions.householdId, householdId)))
    .orderBy(asc(redemptions.journalNumber));
  const lines: (typeof redemptionLines.$inferSelect)[] = [];
  const undone = new Map<number, number>();
  for (const some of chunked(rows)) {
    const numbers = some.map(({ journalNumber }) => journalNumber);
    lines.push(
      ...(await reader.db
        .select()
        .from(redemptionLines)
        .where(and(eq(redemptionLines.villageId, villageId), inArray(redemptionLines.journalNumber, numbers)))
        .orderBy(asc(redemptionLines.line))),
    );
    for (const [number, by] of await reversalsOf(reader, villageId, numbers)) undone.set(number, by);
  }
  const returns = await returnsOf(reader, villageId, householdId);
  const linesOf = Map.groupBy(lines, ({ journalNumber }) => journalNumber);
  return rows.map((row) => ({
    ...row,
    lines: linesOf.get(row.journalNumber) ?? [],
    undoneBy: undone.get(row.journalNumber) ?? null,
    returns: returns.get(row.journalNumber) ?? [],
  }));
}

/** Reads what came back of a household's redemptions, by the entry of the redemption. */
async function returnsOf(reader: Reader, villageId: string, householdId: string) {
  const { returns, returnLines } = reader.t;
  const rows = await reader.db
    .select()
    .from(returns)
    .innerJoin(
      returnLines,
      and(eq(returnLines.villageId, returns.villageId), eq(returnLines.journalNumber, returns.journalNumber)),
    )
    .where(and(eq(returns.villageId, villageId), eq(returns.householdId, householdId)))
    .orderBy(asc(returns.journalNumber), asc(returnLines.line));
  const takenBack = new Map<number, number>();
  for (const some of chunked(rows)) {
    const numbers = some.map((row) => row.returns.journalNumber);
    for (const [number, by] of await reversalsOf(reader, villageId, numbers)) takenBack.set(number, by);
  }
  const linesOf = Map.groupBy(
    rows.map((row) => row.return_lines),
    ({ journalNumber }) => journalNumber,
  );
  const whole = new Map(rows.map((row) => [row.returns.journalNumber, row.returns]));
  return Map.groupBy(
    Array.from(whole, ([number, row]) => ({
      ...row,
      lines: linesOf.get(number) ?? [],
      undoneBy: takenBack.get(number) ?? null,
    })),
    ({ redemptionNumber }) => redemptionNumber,
  );
}
