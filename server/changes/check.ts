import { asc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { ChangeState } from '../../shared/changes/states.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { ACT_FACT, type StartCheck } from '../acts/index.ts';
import { type ActEntry, actEntries } from '../ledger/index.ts';
import { type ChangeRow, sealOfChange } from './change-row.ts';

/** More than a village hands in within a thousand years. */
const ACTS_MOST = 1_000_000;

const CHANGES = 'changes';
const PROPOSED = 'changes.proposed';
/** The act by which a change came into its state. */
const LAST_ACT: Readonly<Record<ChangeState, string>> = {
  waiting: PROPOSED,
  agreed: 'changes.agreed',
  refused: 'changes.refused',
  withdrawn: 'changes.withdrawn',
};

/** Compares each change with the acts of the book: who handed in what, who decided, and how. */
export const checkChanges: StartCheck = ({ reader, villageId }) => {
  const erased = new Set<string>();
  return {
    take(act) {
      if (act.act === 'households.erased') erased.add(act.id);
    },
    finish: () => firstWrongChange(reader, villageId, erased),
  };
};

async function firstWrongChange(
  reader: Reader,
  villageId: string,
  erased: ReadonlySet<string>,
): Promise<BadRow | null> {
  const { changes } = reader.t;
  const among = { sourceBegins: 'change:', fact: 'is.operation' };
  const acts = await actEntries(reader, villageId, { sources: [], among, limit: ACTS_MOST });
  const rows = await reader.db
    .select()
    .from(changes)
    .where(eq(changes.villageId, villageId))
    .orderBy(asc(changes.id));
  const actsOf = Map.groupBy(acts, ({ source }) => source);
  for (const row of rows) {
    const wrong = wrongChange(row, actsOf.get(`change:${row.id}`) ?? []);
    if (wrong) return wrong;
    if (row.salt === null && !mayBeErased(row, erased)) return bad('erased', '', row.id);
  }
  const there = new Set(rows.map(({ id }) => `change:${id}`));
  const lost = acts.find(({ source }) => !there.has(source ?? ''));
  return lost ? bad('missing', lost.source ?? '', '', lost.number) : null;
}

/** An erasure takes away all that a change says of its household, and papers that named it. */
function mayBeErased({ householdId, input, told }: ChangeRow, erased: ReadonlySet<string>): boolean {
  const isWhole = input === null && told === null;
  return isWhole && (householdId === null ? erased.size > 0 : erased.has(householdId));
}

/** The acts of one change, the latest first. */
function wrongChange(row: ChangeRow, acts: readonly ActEntry[]): BadRow | null {
  const [last] = acts;
  const first = acts.at(-1);
  if (!first || !last) return bad('act', '', row.id);
  const seal = sealOfChange(row);
  const isDecided = row.state === 'agreed' || row.state === 'refused';
  const pairs: readonly (readonly [expected: string, found: string, act: ActEntry])[] = [
    [nameOf(first), PROPOSED, first],
    [first.actorId, row.proposedBy, first],
    [valueOf(first, 'is.operation'), row.operation, first],
    ...(seal === null ? [] : [[valueOf(first, 'is.seal'), seal, first] as const]),
    [nameOf(last), LAST_ACT[row.state], last],
    [isDecided ? last.actorId : '', row.decidedBy ?? '', last],
  ];
  const wrong = pairs.find(([expected, found]) => expected !== found);
  return wrong ? bad('act', wrong[0], wrong[1], wrong[2].number) : null;
}

function nameOf({ facts }: ActEntry): string {
  return facts.get(ACT_FACT) ?? '';
}

function valueOf({ facts }: ActEntry, name: string): string {
  const text = facts.get(name);
  return text === undefined || text === null ? '' : String(JSON.parse(text));
}

function bad(check: string, expected: string, found: string, number: number | null = null): BadRow {
  return { table: CHANGES, number, line: null, accountId: null, check, expected, found };
}
