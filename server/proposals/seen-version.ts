import { createHash } from 'node:crypto';
import { and, eq, inArray, max } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import type { Tables } from '../../db/tables/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { OPEN_STATES } from '../../shared/proposals/states.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { accountId, balancesOf } from '../ledger/index.ts';

type ProposalRow = Tables['proposals']['$inferSelect'];

/** Enough that two marks never match by chance; short enough to send a thousand of them. */
export const MARK_LETTERS = 22;

/** Makes one mark of everything that each of these proposals shows now. It changes as soon as anything of that does. */
export async function marksOf(
  reader: Reader,
  villageId: string,
  rows: readonly ProposalRow[],
  points: ReadonlyMap<string, number>,
): Promise<Map<string, string>> {
  const steps = await lastSteps(
    reader,
    villageId,
    rows.map(({ id }) => id),
  );
  return new Map(
    rows.map((row) => [row.id, markOf(row, points.get(row.id) ?? row.points, steps.get(row.id) ?? 0)]),
  );
}

/** Refuses when one of them is no longer what the caller had before their eyes. */
export async function refuseChanged(
  reader: Reader,
  villageId: string,
  rows: readonly ProposalRow[],
  seen: ReadonlyMap<string, string | undefined>,
): Promise<void> {
  const marks = await marksOf(reader, villageId, rows, await pointsNow(reader, villageId, rows));
  const changed = rows.filter(({ id }) => seen.get(id) !== marks.get(id));
  if (changed.length > 0) throw new Refusal('proposal.changed', { count: changed.length });
}

/** A merge or a move away that is still open would move the whole balance, as it is now. */
export async function pointsNow(
  reader: Reader,
  villageId: string,
  rows: readonly ProposalRow[],
): Promise<Map<string, number>> {
  const open = rows.filter(
    ({ kind, state }) => (kind === 'merge' || kind === 'departure') && OPEN_STATES.includes(state),
  );
  const accounts = open.map(({ householdId }) => householdAccount(householdId));
  const balances = await balancesOf(reader, villageId, accounts);
  return new Map(
    open.map(({ id, householdId }) => [
      id,
      0 - (balances.get(accountId(householdAccount(householdId))) ?? 0),
    ]),
  );
}

/** The number of the last step each of them took. */
export async function lastSteps(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { proposalEvents } = reader.t;
  const steps = new Map<string, number>();
  for (const chunk of chunked(ids)) {
    const rows = await reader.db
      .select({ proposalId: proposalEvents.proposalId, last: max(proposalEvents.step).mapWith(Number) })
      .from(proposalEvents)
      .where(and(eq(proposalEvents.villageId, villageId), inArray(proposalEvents.proposalId, chunk)))
      .groupBy(proposalEvents.proposalId);
    for (const { proposalId, last } of rows) steps.set(proposalId, last);
  }
  return steps;
}

/** A step counts as a change: a proposal that came back and was sent again unchanged has a reason to be read. */
function markOf(row: ProposalRow, points: number, step: number): string {
  const { kind, householdId, ruleId, ruleVersion, note, effectiveOn, reversesNumber, pictureIds, change } =
    row;
  const shown = [step, kind, householdId, ruleId, ruleVersion, points, note, effectiveOn, reversesNumber];
  const text = JSON.stringify([...shown, pictureIds ?? [], change]);
  return createHash('sha256').update(text).digest('base64url').slice(0, MARK_LETTERS);
}
