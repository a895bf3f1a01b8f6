import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { chunked, type Reader, type RowOf } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { sha256 } from '../documents/index.ts';
import { type HouseholdName, householdNames } from '../households/index.ts';
import { type RuleWording, ruleWordings } from '../rules/index.ts';

export type ReportRow = RowOf<'reports'>;

/** The proposal that a report became, as far as it says how the report stands. */
interface Fate extends Pick<RowOf<'proposals'>, 'id' | 'state' | 'points' | 'noticeId' | 'journalNumber'> {
  readonly isReversed: boolean;
}

/** A report with everything that is shown of it. */
export interface KnownReport {
  readonly row: ReportRow;
  readonly rule: RuleWording;
  readonly household: HouseholdName | undefined;
  readonly reporter: HouseholdName | undefined;
  readonly proposal: Fate | undefined;
}

/** Finds a report. Refuses with report.not_found. */
export async function findReport(reader: Reader, villageId: string, id: string): Promise<KnownReport> {
  const { reports } = reader.t;
  const rows = await reader.db
    .select()
    .from(reports)
    .where(and(eq(reports.villageId, villageId), eq(reports.id, id)));
  const [found] = await knownReports(reader, villageId, rows);
  if (!found) throw new Refusal('report.not_found');
  return found;
}

/** Reads rules, households and proposals of these reports. */
export async function knownReports(
  reader: Reader,
  villageId: string,
  rows: readonly ReportRow[],
): Promise<KnownReport[]> {
  const wordings = await ruleWordings(
    reader,
    villageId,
    rows.map(({ ruleId }) => ruleId),
  );
  const ids = new Set(rows.flatMap(({ householdId, reporterId }) => [householdId, reporterId]));
  const names = await householdNames(reader, villageId, [...ids]);
  const fates = await fatesOf(
    reader,
    villageId,
    rows.flatMap(({ proposalId }) => proposalId ?? []),
  );
  return rows.map((row) => ({
    ...{ row, rule: wordings.of(row.ruleId, row.ruleVersion) },
    ...{ household: names.get(row.householdId), reporter: names.get(row.reporterId) },
    proposal: fates.get(row.proposalId ?? ''),
  }));
}

async function fatesOf(
  { db, t: { proposals, journal } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, Fate>> {
  const fates = new Map<string, Fate>();
  for (const some of chunked(ids)) {
    const { id, state, points, noticeId, journalNumber } = proposals;
    const rows = await db
      .select({ id, state, points, noticeId, journalNumber })
      .from(proposals)
      .where(and(eq(proposals.villageId, villageId), inArray(id, some)));
    const numbers = rows.flatMap((row) => row.journalNumber ?? []);
    const reversals = await db
      .select({ number: journal.reversesNumber })
      .from(journal)
      .where(
        and(
          eq(journal.villageId, villageId),
          isNotNull(journal.reversesNumber),
          inArray(journal.reversesNumber, numbers),
        ),
      );
    const reversed = new Set(reversals.map(({ number }) => number));
    for (const row of rows) fates.set(row.id, { ...row, isReversed: reversed.has(row.journalNumber ?? 0) });
  }
  return fates;
}

/**
 * Binds a report as it came to the act that tells of it. Without the salt, which an erasure takes, nobody can try out what
 * was said.
 */
export function sealOfReport(
  row: Omit<
    ReportRow,
    'villageId' | 'id' | 'state' | 'proposalId' | 'checkedBy' | 'checkedAtMs' | 'reason' | 'stepSalt'
  >,
): string | null {
  const { salt, number, kind, reporterId, householdId, ruleId, ruleVersion } = row;
  const what = [number, kind, reporterId, householdId, ruleId, ruleVersion];
  const parts = [...what, row.effectiveOn, row.words, row.reportedAtMs];
  return salt === null ? null : sha256(`${salt}\n${JSON.stringify(parts)}`);
}

/** Binds the step that ended it to its act. */
export function sealOfStep({
  stepSalt,
  state,
  proposalId,
  checkedBy,
  checkedAtMs,
  reason,
}: Pick<ReportRow, 'stepSalt' | 'state' | 'proposalId' | 'checkedBy' | 'checkedAtMs' | 'reason'>):
  string | null {
  const parts = [state, proposalId, checkedBy, checkedAtMs, reason];
  return stepSalt === null ? null : sha256(`${stepSalt}\n${JSON.stringify(parts)}`);
}
