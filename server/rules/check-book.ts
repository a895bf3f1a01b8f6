import { and, eq, gt, or } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { capCode } from '../../shared/rules/caps.ts';
import { optionText, type RuleOption } from '../../shared/rules/options.ts';
import { isAmount } from '../../shared/points.ts';
import { businessDay } from '../../shared/business-day.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import {
  badTold,
  type CheckAt,
  firstWrong,
  type StartCheck,
  type Told,
  type ToldAct,
  type ToldFields,
  ToldThings,
} from '../acts/index.ts';

/** A wording as the act that made it tells it. */
interface ToldVersion {
  readonly fields: ToldFields;
  readonly act: ToldAct;
  /** The acts that filed it or took it back later, if there are any. */
  filed?: ToldAct;
  withdrawn?: ToldAct;
}

interface ToldRule extends Told {
  readonly versions: Map<unknown, ToldVersion>;
  latest: unknown;
}

/** Compares the code of every rule, all its wordings and who made them with the acts. */
export const checkRules: StartCheck = (at) => {
  const rules = new ToldThings<ToldRule>((told) => ({ ...told, versions: new Map(), latest: undefined }));
  return {
    take(act) {
      if (act.kind !== 'rule') return;
      if (act.act === 'rules.filed') {
        const filed = rules.of(act).versions.get(act.is.get('filedVersion'));
        if (filed) filed.filed = act;
        return;
      }
      const rule = rules.hear(act);
      if (act.act === 'rules.withdrawn') {
        const withdrawn = rule.versions.get(act.is.get('withdrawnVersion'));
        if (withdrawn) withdrawn.withdrawn = act;
        return;
      }
      if (saysOldCap(act)) rule.fields.put('caps', oldCaps(rule.fields));
      tellMarks(rule.fields);
      const version = act.is.get('version');
      if (version === undefined) return;
      rule.versions.set(version, { act, fields: rule.fields.copy() });
      rule.latest = version;
    },
    async finish({ isWhole }) {
      const { t } = at.reader;
      const left = new Map<string, ToldVersion>();
      const wrong = await rules.compare(at, 'rules', isWhole, ({ id, code, currentVersion }, rule) => {
        for (const [version, one] of rule.versions) left.set(`${id} ${String(version)}`, one);
        return (
          rule.fields.compare(t.rules, id, { code }) ??
          firstWrong(t.rules, { id, check: 'told' }, [['currentVersion', rule.latest, currentVersion]])
        );
      });
      return wrong ?? (await wrongVersion(at, left, isWhole));
    },
  };
};

/** Acts of programs that did not know the marks of a rule tell nothing of them: it had none. */
function tellMarks(fields: ToldFields): void {
  for (const mark of ['isPrivate', 'isFitForOld'])
    if (fields.get(mark) === undefined) fields.put(mark, false);
}

const OLD_CAP_FIELDS = ['limitPeriod', 'limitTimes', 'limitPoints'] as const;

function saysOldCap({ was, is }: ToldAct): boolean {
  return OLD_CAP_FIELDS.some((field) => was.has(field) || is.has(field));
}

/** The caps that migration 0012 made of the only one that a rule could have, as acts told it in three fields. */
function oldCaps(fields: ToldFields): string[] {
  const [period, times, points] = OLD_CAP_FIELDS.map((field) => {
    const value = fields.get(field);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  });
  if (typeof period !== 'string' || (times === null && points === null)) return [];
  return [[period, 'household', times ?? '-', points ?? '-'].join(' ')];
}

async function wrongVersion(
  at: CheckAt,
  told: Map<string, ToldVersion>,
  isWhole: boolean,
): Promise<BadRow | null> {
  const { ruleVersions } = at.reader.t;
  for await (const row of eachVersion(at)) {
    const id = `${row.ruleId} ${String(row.version)}`;
    const version = told.get(id);
    told.delete(id);
    if (!version && isWhole) return badTold(ruleVersions, { id, check: 'orphan' });
    if (!version) continue;
    const { villageId: _, ruleId: _rule, version: _version, changedAtMs: _at, ...stored } = row;
    const { changedBy, filedOn, withdrawnBy, withdrawnAtMs, caps, options, ...rest } = stored;
    const fields = { ...rest, caps: caps.map(capCode), options: options.map(textOf) };
    const { act, filed, withdrawn } = version;
    if (version.fields.get('effectiveFrom') === undefined)
      version.fields.put('effectiveFrom', dayOfOld(act, row));
    const place = { id, check: 'told' } as const;
    const wrong =
      version.fields.compare(ruleVersions, id, fields) ??
      firstWrong(ruleVersions, { ...place, number: act.number }, [['changedBy', act.actorId, changedBy]]) ??
      firstWrong(ruleVersions, { ...place, number: filed?.number ?? null }, [
        ['filedOn', filed?.is.get('filedOn'), filedOn],
      ]) ??
      firstWrong(ruleVersions, { ...place, number: withdrawn?.number ?? null }, [
        ['withdrawnBy', withdrawn?.actorId, withdrawnBy],
        ['withdrawnAtMs', withdrawn !== undefined, withdrawnAtMs !== null],
      ]);
    if (wrong) return wrong;
  }
  const [lost] = told;
  return lost && isWhole
    ? badTold(ruleVersions, { id: lost[0], number: lost[1].act.number, check: 'missing' })
    : null;
}

/**
 * Acts of programs that did not know the days of versions tell none: the version counted from the day on which it was made.
 * The migration took that day from the time of the row, as it was in most of China.
 */
function dayOfOld({ effectiveOn }: ToldAct, { changedAtMs, effectiveFrom }: RowOf<'ruleVersions'>): string {
  const made = businessDay(changedAtMs, DEFAULT_SETTINGS.timeZone);
  return effectiveFrom === made ? made : effectiveOn;
}

/** A row that somebody changed may hold an option without an amount: it is told as it is. */
function textOf(option: RuleOption): string {
  return isAmount(option.points) ? optionText(option) : JSON.stringify(option);
}

const ROWS_A_PAGE = 500;

async function* eachVersion({ reader, villageId, giveWay }: CheckAt): AsyncGenerator<RowOf<'ruleVersions'>> {
  const { ruleVersions: table } = reader.t;
  for (let last: RowOf<'ruleVersions'> | null = null; ;) {
    await giveWay();
    const behind: ReturnType<typeof and> = last
      ? or(gt(table.ruleId, last.ruleId), and(eq(table.ruleId, last.ruleId), gt(table.version, last.version)))
      : undefined;
    const page: RowOf<'ruleVersions'>[] = await reader.db
      .select()
      .from(table)
      .where(and(eq(table.villageId, villageId), behind))
      .orderBy(table.ruleId, table.version)
      .limit(ROWS_A_PAGE);
    yield* page;
    if (page.length < ROWS_A_PAGE) return;
    last = page.at(-1) ?? null;
  }
}
