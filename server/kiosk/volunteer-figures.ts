import { and, eq, gte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { notReversed } from '../ledger/index.ts';
import { notUndone } from './receipts.ts';
import { listVolunteers } from './volunteers.ts';

type Listed = Omit<Answer<Operations['volunteers.list']>['items'][number], 'mayConfirm'>;
type Figures = Listed['month'];

const DAYS = 30;
const NOTHING: Figures = {
  redemptions: 0,
  points: 0,
  undone: 0,
  undonePoints: 0,
  returned: 0,
  returnedPoints: 0,
};

/** The volunteers, each with what they handed out, undid and took back over the last thirty days. */
export async function volunteersWithFigures(
  reader: Reader,
  villageId: string,
  today: string,
): Promise<Listed[]> {
  const from = addDays(today, 1 - DAYS);
  const handedOut = await handedOutBy(reader, villageId, from);
  const undone = await undoneBy(reader, villageId, from);
  const returned = await returnedBy(reader, villageId, from);
  return (await listVolunteers(reader, villageId)).map((one) => ({
    ...one,
    month: { ...NOTHING, ...handedOut.get(one.id), ...undone.get(one.id), ...returned.get(one.id) },
  }));
}

async function handedOutBy(reader: Reader, villageId: string, from: string) {
  const { redemptions } = reader.t;
  const rows = await reader.db
    .select({ id: redemptions.volunteerId, redemptions: COUNT, points: sumOf(redemptions.points) })
    .from(redemptions)
    .where(and(eq(redemptions.villageId, villageId), gte(redemptions.effectiveOn, from), notUndone(reader)))
    .groupBy(redemptions.volunteerId);
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}

/** Counted for whoever undid, which the reversal says: a colleague's basket may have been undone. */
async function undoneBy(reader: Reader, villageId: string, from: string) {
  const { redemptions, journal } = reader.t;
  const rows = await reader.db
    .select({ id: journal.actorId, undone: COUNT, undonePoints: sumOf(redemptions.points) })
    .from(redemptions)
    .innerJoin(
      journal,
      and(
        eq(journal.villageId, redemptions.villageId),
        eq(journal.reversesNumber, redemptions.journalNumber),
      ),
    )
    .where(and(eq(redemptions.villageId, villageId), gte(redemptions.effectiveOn, from)))
    .groupBy(journal.actorId);
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}

async function returnedBy(reader: Reader, villageId: string, from: string) {
  const { returns } = reader.t;
  const rows = await reader.db
    .select({ id: returns.actorId, returned: COUNT, returnedPoints: sumOf(returns.points) })
    .from(returns)
    .where(
      and(eq(returns.villageId, villageId), gte(returns.effectiveOn, from), notReversed(reader, returns)),
    )
    .groupBy(returns.actorId);
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}

const COUNT = sql`count(*)`.mapWith(Number);

function sumOf(points: Reader['t']['redemptions' | 'returns']['points']) {
  return sql`sum(${points})`.mapWith(Number);
}
