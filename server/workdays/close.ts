import { changed, type WrittenRow, writeRows } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { runCommand } from '../commands/index.ts';
import type { StaffWrite } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { createDeeds, type NewAward, toldSteps, unlessAdministrator } from '../proposals/index.ts';
import { plannedAwards } from './planned-awards.ts';
import { signInAt } from './sign-in-time.ts';
import { attendancesOf, findWorkday, type WorkdayRow } from './workday-row.ts';

/**
 * Closes an event and proposes the awards of all in one batch, by the command that any award takes. Once it is closed, those who
 * were entered late are proposed in the same way. All or none: whoever cannot be awarded is left out first, with the reason.
 */
export async function closeWorkday(context: StaffWrite, ledger: Ledger, id: string, seen: number) {
  const { tx, village, actor, nowMs, today } = context;
  await tx.lockBook(village.id);
  const workday = await findWorkday(tx, { villageId: village.id, today }, id);
  const { row, worth } = workday;
  refuseEarly(context, row);
  const planned = await plannedAwards(
    tx,
    { villageId: village.id, today, actorId: actor.id },
    workday,
    await attendancesOf(tx, row),
  );
  if (row.state === 'closed' && planned.length === 0) throw new Refusal('workday.state');
  if (planned.length !== seen) throw new Refusal('workday.moved_on');
  if (worth === null && planned.length > 0) throw new Refusal('workday.rule');
  const wrong = planned.filter(({ refusal }) => refusal !== null).length;
  if (wrong > 0) throw new Refusal('workday.not_whole', { count: wrong });
  const awards = planned.map(({ award }) => award);
  const batchId = awards.length === 0 ? null : await propose(context, ledger, awards);
  const rows: WrittenRow[] = planned.map((one) => changed('attendances', one.row, { batchId }));
  const is = { state: 'closed', closedAtMs: nowMs, closedBy: actor.id } as const;
  if (row.state === 'announced') rows.push(changed('workdays', row, is));
  await writeRows(tx, rows);
  const proposed = { batch: batchId, count: planned.length };
  const told = row.state === 'announced' ? { ...is, ...proposed } : proposed;
  context.act({ act: 'workdays.closed', on: `workday:${id}`, is: told });
  return { id, batchId, count: planned.length };
}

/** An event that nobody could sign in to yet is cancelled, not closed. */
function refuseEarly(context: StaffWrite, row: WorkdayRow): void {
  const now = signInAt(row, context);
  if (now === 'over') throw new Refusal('workday.state');
  if (now === 'early') throw new Refusal('workday.too_early', { day: row.day, from: row.fromClock });
}

/** Proposes them as whoever proposes an award by hand: the same command, with the same checks, told in the book alike. */
async function propose(context: StaffWrite, ledger: Ledger, awards: readonly NewAward[]): Promise<string> {
  const call = unlessAdministrator(context, createDeeds.with(awards, context));
  const told = toldSteps({ ...context, ledger }, call);
  const { batchId } = await runCommand(context.tx, context.village.id, told, ledger.onWritten);
  return batchId;
}
