import { createHash } from 'node:crypto';
import { and, eq, inArray, max } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import { OPEN_STATES } from '../../shared/proposals/states.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { askNow } from '../commands/index.ts';
import { type AccountRef, balanceIn, type Book, statesOf } from '../ledger/index.ts';
import type { ProposalRow } from './proposal-reads.ts';

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

/** The accounts whose balances pointsNow looks at. */
export function accountsOfPoints(proposals: readonly { readonly row: ProposalRow }[]): AccountRef[] {
  return proposals
    .filter(({ row }) => movesWholeBalance(row))
    .map(({ row }) => householdAccount(row.householdId));
}

/** Points by proposal: a merge or a move away that is still open would move the whole balance, as it is now. */
export function pointsNow(
  proposals: readonly { readonly row: ProposalRow }[],
  states: Book['states'],
): Map<string, number> {
  return new Map(
    proposals
      .filter(({ row }) => movesWholeBalance(row))
      .map(({ row: { id, householdId } }) => [id, 0 - balanceIn(states, householdAccount(householdId))]),
  );
}

/** Does the same for lists. */
export async function readPointsNow(
  reader: Reader,
  villageId: string,
  rows: readonly ProposalRow[],
): Promise<Map<string, number>> {
  const proposals = rows.map((row) => ({ row }));
  return pointsNow(proposals, await askNow(reader, villageId, statesOf(accountsOfPoints(proposals))));
}

function movesWholeBalance({ kind, state }: ProposalRow): boolean {
  return (kind === 'merge' || kind === 'departure') && OPEN_STATES.includes(state);
}

/** The number of the last step each of them took. */
async function lastSteps(
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

/** Makes the mark of a proposal. A step counts as a change: a proposal that came back and was sent again unchanged has a reason to be read. */
export function markOf(row: ProposalRow, points: number, step: number): string {
  const { kind, householdId, ruleId, ruleVersion, option, note, member, event } = row;
  const { effectiveOn, reversesNumber, pictureIds, change } = row;
  const shown = [step, kind, householdId, ruleId, ruleVersion, points, option, note, member, event];
  const text = JSON.stringify([...shown, effectiveOn, reversesNumber, pictureIds ?? [], change]);
  return createHash('sha256').update(text).digest('base64url').slice(0, MARK_LETTERS);
}
