import { and, count, eq, gt, max, ne, or } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { type ReportKind, REPORTS_BY_PHONE_MOST } from '../../shared/reports/states.ts';
import { refuseFarDay } from '../proposals/index.ts';
import { findRule, mayBeReported } from '../rules/index.ts';
import { findHelper, type Helper } from './find-helper.ts';
import type { ReportAt } from './report-at.ts';
import { type ReportRow, sealOfReport } from './report-row.ts';

export interface Received {
  readonly kind: ReportKind;
  readonly ruleId: string;
  readonly day: string;
  readonly words: string;
  readonly helper: string;
  /** The household whose phone it is. */
  readonly reporterId: string;
}

interface Receipt {
  readonly id: string;
  readonly number: number;
  readonly helper: Omit<Helper, 'id'> | null;
  readonly act: AnyAct;
}

/** Receives a report under the next number. Call under the village's lock. Its refusals are those of reports.make. */
export async function receiveReport(tx: Tx, at: ReportAt, received: Received): Promise<Receipt> {
  const { kind, ruleId, reporterId, words, day } = received;
  const villageId = at.village.id;
  if (!at.village.settings.phonesReport) throw new Refusal('report.phones_off');
  const rule = await findRule(tx, villageId, ruleId, at.today);
  if (!mayBeReported(rule, kind)) throw new Refusal('report.rule_not_open');
  refuseFarDay(day, at.today);
  const helper = kind === 'own' ? null : await findHelper(tx, villageId, received.helper);
  if (helper?.id === reporterId) throw new Refusal('report.own_helper');
  await refuseFlood(tx, { villageId, reporterId, nowMs: at.nowMs });
  const householdId = helper?.id ?? reporterId;
  await refuseTwice(tx, { villageId, reporterId, householdId, ruleId, day });
  const row: ReportRow = {
    ...{ villageId, id: at.newId(), number: await nextNumber(tx, villageId), kind },
    ...{ reporterId, householdId, ruleId, ruleVersion: rule.version, effectiveOn: day, words },
    ...{ salt: at.newSalt(), reportedAtMs: at.nowMs, state: 'waiting', proposalId: null },
    ...{ checkedBy: null, checkedAtMs: null, reason: '', stepSalt: null },
  };
  await tx.db.insert(tx.t.reports).values(row).returning({ id: tx.t.reports.id });
  const { id, number } = row;
  return {
    ...{ id, number, helper: helper && { number: helper.number, name: helper.name } },
    act: {
      act: 'reports.made',
      on: `report:${id}`,
      is: { number, kind, seal: sealOfReport(row) ?? '' },
    },
  };
}

/** The phones of a household hand in few in a day, and have few that wait. */
async function refuseFlood(
  { db, t: { reports } }: Reader,
  { villageId, reporterId, nowMs }: Pick<ReportRow, 'villageId' | 'reporterId'> & { readonly nowMs: number },
): Promise<void> {
  const [found] = await db
    .select({ total: count() })
    .from(reports)
    .where(
      and(
        eq(reports.villageId, villageId),
        eq(reports.reporterId, reporterId),
        or(eq(reports.state, 'waiting'), gt(reports.reportedAtMs, nowMs - DAY_MS)),
      ),
    );
  if ((found?.total ?? 0) >= REPORTS_BY_PHONE_MOST)
    throw new Refusal('report.too_many', { most: REPORTS_BY_PHONE_MOST });
}

/** A phone that did not hear the answer asks again, and finds the first one. */
async function refuseTwice(
  { db, t: { reports } }: Reader,
  {
    villageId,
    reporterId,
    householdId,
    ruleId,
    day,
  }: Pick<ReportRow, 'villageId' | 'reporterId' | 'householdId' | 'ruleId'> & { readonly day: string },
): Promise<void> {
  const [same] = await db
    .select({ number: reports.number })
    .from(reports)
    .where(
      and(
        ...[eq(reports.villageId, villageId), eq(reports.reporterId, reporterId)],
        ...[eq(reports.householdId, householdId), eq(reports.ruleId, ruleId)],
        ...[eq(reports.effectiveOn, day), ne(reports.state, 'withdrawn')],
      ),
    )
    .limit(1);
  if (same) throw new Refusal('report.twice', { number: same.number });
}

async function nextNumber({ db, t: { reports } }: Reader, villageId: string): Promise<number> {
  const [row] = await db
    .select({ last: max(reports.number) })
    .from(reports)
    .where(eq(reports.villageId, villageId));
  return (row?.last ?? 0) + 1;
}
