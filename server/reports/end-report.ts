import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { REPORT_TRANSITIONS, type ReportStep } from '../../shared/reports/states.ts';
import type { ReportAt } from './report-at.ts';
import { type ReportRow, sealOfStep } from './report-row.ts';

const ACTS = {
  take_up: 'reports.taken_up',
  not_accept: 'reports.not_accepted',
  withdraw: 'reports.withdrawn',
} as const satisfies Record<ReportStep, AnyAct['act']>;

interface Ending {
  readonly step: ReportStep;
  /** Null: the household withdraws it. */
  readonly by: string | null;
  readonly proposalId?: string;
  readonly reason?: string;
}

/** Takes the step by which a report ends. Answers the act that tells of it. Call under the village's lock. */
export async function endReport(
  { db, t: { reports } }: Tx,
  at: ReportAt,
  { villageId, id }: ReportRow,
  { step, by, proposalId, reason = '' }: Ending,
): Promise<AnyAct> {
  const change = {
    ...{ state: REPORT_TRANSITIONS[step].to, proposalId: proposalId ?? null },
    ...{ checkedBy: by, checkedAtMs: at.nowMs, reason, stepSalt: at.newSalt() },
  };
  await db
    .update(reports)
    .set(change)
    .where(and(eq(reports.villageId, villageId), eq(reports.id, id)))
    .returning({ id: reports.id });
  const told = { ...(proposalId === undefined ? {} : { deed: proposalId }), seal: sealOfStep(change) ?? '' };
  return { act: ACTS[step], on: `report:${id}`, is: told };
}
