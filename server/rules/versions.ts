import { and, asc, eq } from 'drizzle-orm';
import { changed, type Reader, type Tx, writeRows } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { businessDay } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import type { VersionState } from '../../shared/rules/contract.ts';
import type { GuardedAt } from '../at.ts';
import { needSecond } from '../need-second.ts';
import { loosensRule } from './guard-rule.ts';
import type { RuleRow } from './read-book.ts';
import { toldOfRule } from './rule-act-fields.ts';
import { fieldsOf, type RuleFields, ruleOf, type VersionFacts, type VersionRow } from './rule-fields.ts';

interface RuleVersions {
  readonly rule: RuleRow;
  /** All of them, the oldest first. */
  readonly versions: readonly VersionRow[];
}

/** A rule with every version it ever had; refuses where there is none. */
export async function versionRows(reader: Reader, villageId: string, id: string): Promise<RuleVersions> {
  const { rules, ruleVersions } = reader.t;
  const [rule] = await reader.db
    .select()
    .from(rules)
    .where(and(eq(rules.villageId, villageId), eq(rules.id, id)));
  if (!rule) throw new Refusal('rule.not_found');
  const versions = await reader.db
    .select()
    .from(ruleVersions)
    .where(and(eq(ruleVersions.villageId, villageId), eq(ruleVersions.ruleId, id)))
    .orderBy(asc(ruleVersions.version));
  return { rule, versions };
}

/** The version that counts on a day, as `countsOn` says it to the database. */
export function versionOn(versions: readonly VersionRow[], day: string): VersionRow | undefined {
  return versions.findLast((one) => one.effectiveFrom <= day && one.withdrawnAtMs === null);
}

/** The version that was written last of those that nobody took back. */
export function lastVersion(versions: readonly VersionRow[]): VersionRow {
  const last = versions.findLast((one) => one.withdrawnAtMs === null);
  if (!last) throw new Error('a rule without a version');
  return last;
}

interface Days {
  readonly today: string;
  readonly timeZone: string;
}

/** How a version stands on a day among the others of its rule. */
function stateOf(one: VersionRow, versions: readonly VersionRow[], { today, timeZone }: Days): VersionState {
  if (one.withdrawnAtMs !== null) return 'withdrawn';
  if (versionOn(versions, today)?.version === one.version) return 'counts';
  // One that was made later took its place before its day began.
  const isOutrun = versions.some(
    ({ version, effectiveFrom, withdrawnAtMs, changedAtMs }) =>
      version > one.version &&
      withdrawnAtMs === null &&
      effectiveFrom <= one.effectiveFrom &&
      businessDay(changedAtMs, timeZone) < one.effectiveFrom,
  );
  if (isOutrun) return 'replaced';
  return one.effectiveFrom > today ? 'announced' : 'past';
}

type ShownVersion = RuleFields &
  VersionFacts &
  Pick<VersionRow, 'version' | 'changedBy' | 'changedAtMs' | 'withdrawnBy' | 'withdrawnAtMs'> & {
    readonly state: VersionState;
  };

/** Every version of a rule, the newest first. */
export async function listVersions(
  reader: Reader,
  villageId: string,
  id: string,
  days: Days,
): Promise<ShownVersion[]> {
  const { versions } = await versionRows(reader, villageId, id);
  return versions.toReversed().map((row) => {
    const { version, changedBy, changedAtMs, withdrawnBy, withdrawnAtMs } = row;
    const { effectiveFrom, decidedBy, decidedOn, filedOn } = row;
    return {
      ...{ version, ...fieldsOf(row), effectiveFrom, decidedBy, decidedOn, filedOn },
      ...{ state: stateOf(row, versions, days) },
      ...{ changedBy, changedAtMs, withdrawnBy, withdrawnAtMs },
    };
  });
}

interface VersionAt extends GuardedAt {
  readonly tx: Tx;
  readonly villageId: string;
  readonly actorId: string;
  readonly nowMs: number;
  readonly today: string;
}

/** Takes a version back before it counts. If it would have been stricter than what is left, two people have to agree. */
export async function withdrawVersion(at: VersionAt, id: string, version: number): Promise<AnyAct> {
  const { tx, villageId, today } = at;
  await tx.lockBook(villageId);
  const { rule, versions } = await versionRows(tx, villageId, id);
  const row = versions.find((one) => one.version === version);
  if (!row) throw new Refusal('rule.not_found');
  const left = versions.filter((one) => one !== row);
  const instead = versionOn(left, row.effectiveFrom);
  if (row.effectiveFrom <= today || row.withdrawnAtMs !== null || instead === undefined)
    throw new Refusal('rule.version_fixed');
  const [was, is] = [row, instead].map((one) => toldOfRule(ruleOf(rule.code, one)));
  if (loosensRule(row, instead)) needSecond(at, { on: `rule:${id}`, was: was ?? {}, is: is ?? {} });
  const gone = { withdrawnBy: at.actorId, withdrawnAtMs: at.nowMs };
  await writeRows(tx, [changed('ruleVersions', row, gone)]);
  const [before, after] = [versions, left].map((some) => toldOfRule(ruleOf(rule.code, lastVersion(some))));
  return {
    act: 'rules.withdrawn',
    on: `rule:${id}`,
    was: before ?? {},
    is: { ...after, withdrawnVersion: version },
  };
}

/** Notes when versions were filed with the township. A day that was noted wrong is noted again. */
export async function fileVersions(
  { tx, villageId, today }: Omit<VersionAt, keyof GuardedAt>,
  filedOn: string,
  wanted: readonly { readonly ruleId: string; readonly version: number }[],
): Promise<AnyAct[]> {
  await tx.lockBook(villageId);
  const acts: AnyAct[] = [];
  for (const [ruleId, own] of Map.groupBy(wanted, (one) => one.ruleId)) {
    const { versions } = await versionRows(tx, villageId, ruleId);
    for (const version of new Set(own.map((one) => one.version))) {
      const row = versions.find((one) => one.version === version);
      if (!row) throw new Refusal('rule.not_found');
      if (filedOn > today || filedOn < (row.decidedOn ?? '')) throw new Refusal('rule.meeting_day');
      if (row.filedOn === filedOn) continue;
      await writeRows(tx, [changed('ruleVersions', row, { filedOn })]);
      const was = { filedOn: row.filedOn };
      acts.push({ act: 'rules.filed', on: `rule:${ruleId}`, was, is: { filedOn, filedVersion: version } });
    }
  }
  return acts;
}
