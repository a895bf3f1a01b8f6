import { and, desc, eq, inArray, lt, ne } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { Report, ReportView } from '../../shared/reports/contract.ts';
import { REPORT_STATES, type ReportFilter, type ReportState } from '../../shared/reports/states.ts';
import type { HouseholdName } from '../households/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { staffNames } from '../staff/index.ts';
import { whyNoChecker, whyNotCheck } from './may-check.ts';
import { findReport, type KnownReport, knownReports, type ReportRow } from './report-row.ts';

interface SeenBy {
  readonly village: VillageContext;
  readonly actor: Actor;
}

interface ListQuery {
  readonly filter: ReportFilter;
  readonly proposalId?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

const IN: Readonly<Record<ReportFilter, readonly ReportState[]>> = {
  waiting: ['waiting'],
  done: REPORT_STATES.filter((state) => state !== 'waiting'),
  all: REPORT_STATES,
};

/** Reads a page of reports, newest first. */
export async function listReports(
  reader: Reader,
  { village, actor }: SeenBy,
  { filter, proposalId, before, limit }: ListQuery,
): Promise<{ items: Report[]; next: string | null; mayCheck: boolean; phonesReport: boolean }> {
  const { reports } = reader.t;
  const rows = await reader.db
    .select()
    .from(reports)
    .where(
      and(
        eq(reports.villageId, village.id),
        inArray(reports.state, [...IN[filter]]),
        proposalId === undefined ? undefined : eq(reports.proposalId, proposalId),
        before === undefined ? undefined : lt(reports.id, before),
      ),
    )
    .orderBy(desc(reports.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const known = await knownReports(reader, village.id, page);
  return {
    items: known.map((one) => shownReport(one, village)),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    mayCheck: whyNoChecker(actor, village) === null,
    phonesReport: village.settings.phonesReport,
  };
}

/** Puts a report into the form of the contract. */
function shownReport(
  { row, rule, household, reporter, proposal }: KnownReport,
  { settings }: Pick<VillageContext, 'settings'>,
): Report {
  const { id, number, kind, effectiveOn: day, words, state, reportedAtMs } = row;
  return {
    ...{ id, number, kind, day, words, state, reportedAtMs },
    household: named(row.householdId, household),
    reporter: kind === 'own' ? null : named(row.reporterId, reporter),
    rule: { id: rule.id, code: rule.code, title: rule.title, category: rule.category },
    reportedOn: businessDay(reportedAtMs, settings.timeZone),
    proposal: proposal
      ? {
          ...{ id: proposal.id, state: proposal.state, points: proposal.points },
          ...{ entry: proposal.journalNumber, isReversed: proposal.isReversed },
          isAnnounced: proposal.noticeId !== null,
        }
      : null,
  };
}

function named(id: string, found: HouseholdName | undefined): Report['household'] {
  const { number = '', head = '', group = '' } = found ?? {};
  return { id, number, head, group };
}

/** Shows one report, and whether this caller may check it. */
export async function viewReport(reader: Reader, by: SeenBy, id: string): Promise<ReportView> {
  const { village } = by;
  const known = await findReport(reader, village.id, id);
  const { row } = known;
  const names = await staffNames(reader, village.id);
  const whyNot = whyNotCheck(by, row);
  return {
    ...shownReport(known, village),
    reason: row.state === 'not_accepted' ? row.reason : null,
    checkedBy: row.checkedBy === null ? null : (names.get(row.checkedBy) ?? ''),
    checkedAtMs: row.checkedAtMs,
    alike: await alikeOf(reader, row),
    village: { name: village.name, town: village.town },
    hasNotices: village.settings.noticeDays !== null,
    ...{ mayCheck: whyNot === null, whyNot },
  };
}

/** A deed may be told of by whoever did it and by whoever it helped: the first check counts it once. */
async function alikeOf({ db, t: { reports } }: Reader, row: ReportRow): Promise<ReportView['alike']> {
  const { id, number, kind, state } = reports;
  return db
    .select({ id, number, kind, state })
    .from(reports)
    .where(
      and(
        ...[eq(reports.villageId, row.villageId), eq(reports.householdId, row.householdId)],
        ...[eq(reports.ruleId, row.ruleId), eq(reports.effectiveOn, row.effectiveOn)],
        ...[ne(id, row.id), ne(state, 'withdrawn')],
      ),
    )
    .orderBy(desc(id))
    .limit(ALIKE_MOST);
}

const ALIKE_MOST = 10;
