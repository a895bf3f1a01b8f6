import { and, asc, eq, ne } from 'drizzle-orm';
import {
  REPORT_KIND_WORDS,
  REPORT_STATE_WORDS,
  REPORT_TITLES,
  REPORTS_ABOUT_PART,
  REPORTS_PART,
} from '../../shared/reports/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { type KnownReport, knownReports } from './report-row.ts';

/** Reports that came by the household's phones; and those of others about it, without who made them. */
export async function reportsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  const { reader, villageId, householdId } = subject;
  const { reports } = reader.t;
  const own = await reader.db
    .select()
    .from(reports)
    .where(and(eq(reports.villageId, villageId), eq(reports.reporterId, householdId)))
    .orderBy(asc(reports.id));
  const about = await reader.db
    .select()
    .from(reports)
    .where(
      and(
        eq(reports.villageId, villageId),
        eq(reports.householdId, householdId),
        ne(reports.reporterId, householdId),
      ),
    )
    .orderBy(asc(reports.id));
  return [
    [REPORTS_PART, (await knownReports(reader, villageId, own)).map((one) => toldOf(one, subject))],
    [REPORTS_ABOUT_PART, (await knownReports(reader, villageId, about)).map((one) => toldOf(one, subject))],
  ];
}

function toldOf({ row, rule }: KnownReport, { moment }: FileSubject) {
  return titled(REPORT_TITLES, {
    number: row.number,
    kind: REPORT_KIND_WORDS[row.kind],
    rule: rule.title,
    day: row.effectiveOn,
    words: row.words,
    state: REPORT_STATE_WORDS[row.state],
    reported: moment(row.reportedAtMs),
    decided: moment(row.checkedAtMs),
    reason: row.reason,
  });
}
