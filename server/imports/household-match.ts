import type { problemsAgainst } from './plan.ts';
import { indexed, type KnownHousehold } from './roster.ts';

/** The household of a row as its paper has it. */
interface NamedRow {
  readonly sheet: string;
  readonly sourceRow: number;
  /** Empty: it is matched by its head. */
  readonly number: string;
  readonly group: string;
  readonly head: string;
}

type Problems = ReturnType<typeof problemsAgainst>;

/** Finds the household of a row, open or closed; names the row where there is none, or more than one. */
export function householdMatcher(
  known: readonly KnownHousehold[],
  against: Problems,
): (row: NamedRow) => KnownHousehold | undefined {
  const byHead = Map.groupBy(known, ({ head }) => head);
  const finding = indexed(known);
  return (row) => (row.number === '' ? byName(row, byHead, against) : byNumber(row, finding, against));
}

function byNumber(
  row: NamedRow,
  finding: ReturnType<typeof indexed>,
  against: Problems,
): KnownHousehold | undefined {
  const own = finding.byNumber(row.number);
  const original = finding.byOriginal(row.number);
  const at = { sheet: row.sheet, sourceRow: row.sourceRow };
  // Points are at stake: where the number could mean two households, the name decides, or nobody does.
  const isUnclear = own && original && own !== original;
  const named = isUnclear ? [own, original].filter(({ head }) => head === row.head) : [];
  if (isUnclear && row.head === '') {
    const params = { number: row.number };
    against.add('error', 'village_number_unclear', { ...at, field: 'number', value: row.number }, params);
    return undefined;
  }
  const household = named.length === 1 ? named[0] : (own ?? original);
  if (!household) {
    const who = `${row.number} ${row.head}`.trim();
    against.add('error', 'village_household_unknown', { ...at, field: 'number', value: row.number }, { who });
    return undefined;
  }
  if (row.head === '' || row.head === household.head) return household;
  const params = { number: household.number, now: household.head };
  against.add('error', 'village_other_head', { ...at, field: 'head', value: row.head }, params);
  return undefined;
}

function byName(
  row: NamedRow,
  known: ReadonlyMap<string, readonly KnownHousehold[]>,
  against: Problems,
): KnownHousehold | undefined {
  const all = known.get(row.head) ?? [];
  const inGroup = row.group === '' ? all : all.filter(({ groupName }) => groupName === row.group);
  const at = { sheet: row.sheet, sourceRow: row.sourceRow, field: 'head' as const, value: row.head };
  if (inGroup.length === 1) return inGroup[0];
  if (inGroup.length === 0)
    against.add('error', 'village_household_unknown', at, { who: `${row.group} ${row.head}`.trim() });
  else against.add('error', 'village_household_unclear', at, { head: row.head, count: inGroup.length });
  return undefined;
}
