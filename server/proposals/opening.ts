import type { DecideAt } from '../at.ts';
import { aliasedTable, and, eq, gt, inArray, isNotNull, or, sql } from 'drizzle-orm';
import { chunked, type Reader, type WrittenRow } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { OPENING_TEXTS } from '../../shared/proposals/entry-texts.ts';
import { PROPOSALS_AT_ONCE_MOST, statesThat } from '../../shared/proposals/states.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { askNow, read } from '../commands/index.ts';
import { type EntryInput, isAccountOf, isReversalOf } from '../ledger/index.ts';
import { OPENING, proposedFacts } from './ledger-kinds.ts';
import { proposalRow, proposalRows } from './create.ts';
import { inOpenState } from './open-proposals.ts';
import { entriesOfKind } from './proposal-kind.ts';

export interface NewOpening {
  readonly householdId: string;
  /** Hundredths. */
  readonly points: number;
  readonly note: string;
}

interface OpeningState {
  /** The key the next opening would have. */
  readonly idempotencyKey: string;
  readonly opening: { readonly number: number; readonly points: number } | null;
}

/** Once the books are open or points have been awarded, nobody brings in more of them alone. */
export async function openingsNeedApproval(reader: Reader, villageId: string): Promise<boolean> {
  const { proposals, villages } = reader.t;
  const [village] = await reader.db
    .select({ openedAtMs: villages.openedAtMs })
    .from(villages)
    .where(eq(villages.id, villageId));
  if (village && village.openedAtMs !== null) return true;
  const awarded = await reader.db
    .select({ id: proposals.id })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        inArray(proposals.state, statesThat('isPosted')),
        inArray(proposals.kind, ['award', 'deduction']),
      ),
    )
    .limit(1);
  return awarded.length > 0;
}

/**
 * The rows of opening balances that are proposed for a second person to approve. They make several batches if one could
 * not be decided whole.
 */
export function openingProposals(at: DecideAt, openings: readonly NewOpening[]): WrittenRow[] {
  return chunked(openings, PROPOSALS_AT_ONCE_MOST).flatMap((some) => {
    const batchId = at.newId();
    const rows = some.map(({ householdId, points, note }) => ({
      ...proposalRow(at, batchId),
      kind: 'opening' as const,
      ...{ householdId, points, note },
      effectiveOn: at.today,
    }));
    return proposalRows(at, rows);
  });
}

/** Households whose opening balance waits to be decided. */
export async function waitingOpenings(reader: Reader, villageId: string): Promise<Set<string>> {
  const { proposals } = reader.t;
  const rows = await reader.db
    .select({ householdId: proposals.householdId })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        inOpenState(proposals, statesThat('isWaiting')),
        eq(proposals.kind, 'opening'),
      ),
    );
  return new Set(rows.map(({ householdId }) => householdId));
}

/**
 * The entries of approved openings. Like openings that need no approval, their key in the ledger allows one for each
 * household.
 */
export const openingEntries = entriesOfKind({
  accounts: (proposals) => [OPENING, ...proposals.map(({ row }) => householdAccount(row.householdId))],
  reads: (proposals) => ({ openings: openingsOf.each(proposals.map(({ row }) => [row.householdId])) }),
  draft({ openings }, proposals, at) {
    const taken = new Set<string>();
    const entries = proposals.map(({ row }) => {
      const { id, householdId, points, note } = row;
      const { idempotencyKey, opening } = standingOf(householdId, openings(householdId));
      if (opening !== null || taken.has(householdId))
        throw new Refusal('proposal.opening_stands', opening === null ? {} : { number: opening.number });
      taken.add(householdId);
      const source = `proposal:${id}`;
      const entry = openingEntry(at, { householdId, points, note, idempotencyKey, source });
      return { ...entry, facts: proposedFacts(row) };
    });
    return { entries };
  },
});

export function openingEntry(
  { villageId, actorId, today }: Pick<DecideAt, 'villageId' | 'actorId' | 'today'>,
  opening: NewOpening & { readonly idempotencyKey: string; readonly source: string },
): EntryInput {
  const { householdId, points, note, idempotencyKey, source } = opening;
  return {
    ...{ villageId, kind: 'opening', effectiveOn: today, idempotencyKey, actorId, source },
    text: { title: OPENING_TEXTS.title, note },
    lines: [
      { account: OPENING, amount: -points },
      { account: householdAccount(householdId), amount: points },
    ],
  };
}

/** The opening that stands for each household, if any. */
export async function standingOpenings(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, OpeningState>> {
  const openings = await askNow(reader, villageId, openingsOf.each(ids.map((id) => [id])));
  return new Map(ids.map((id) => [id, standingOf(id, openings(id))]));
}

/** Whether an opening may have been booked, or taken back, after this entry. */
export async function openingsMovedSince(
  reader: Reader,
  villageId: string,
  number: number,
): Promise<boolean> {
  const { journal } = reader.t;
  const isOpening = or(eq(journal.kind, 'opening'), isNotNull(journal.reversesNumber));
  const found = await reader.db
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), gt(journal.number, number), isOpening))
    .limit(1);
  return found.length > 0;
}

interface BookedOpening {
  readonly number: number;
  readonly reversedBy: number | null;
  /** The household's own line, in hundredths. */
  readonly points: number;
}

const KEY_BEGINS = 'opening.';

/** Every opening that was booked for a household, also those that were reversed. */
const openingsOf = read<readonly [householdId: string], readonly BookedOpening[]>()({
  name: 'proposals.openingsOf',
  over: {
    journal(answers, { now: { idempotencyKey, reversesNumber } }) {
      if (idempotencyKey.startsWith(KEY_BEGINS))
        answers.drop([idempotencyKey.slice(KEY_BEGINS.length, idempotencyKey.lastIndexOf('.'))]);
      if (reversesNumber !== null)
        answers.dropWhere((openings) => openings.some(({ number }) => number === reversesNumber));
    },
    // Lines and their accounts come together with their entry.
    postings: 'apart',
    accounts: 'apart',
  },
  rows: ({ db, t: { journal, postings, accounts }, keys }) => {
    const by = aliasedTable(journal, 'reversed_by');
    // A dot ends the household's id, and a slash is the character after it.
    const begins = sql`'${sql.raw(KEY_BEGINS)}' || ${keys.part(0)}`;
    // No engine can tell how many entries a range of keys holds. In a join they would read all postings of the village.
    const reversedBy = db.select({ number: by.number }).from(by).where(isReversalOf(by, journal));
    const { kind, unit } = householdAccount('');
    const points = db
      .select({ sum: sql`sum(${postings.amount})` })
      .from(postings)
      .innerJoin(accounts, isAccountOf(accounts, postings))
      .where(
        and(
          eq(postings.villageId, journal.villageId),
          eq(postings.number, journal.number),
          eq(accounts.ownerId, keys.part(0)),
          eq(accounts.kind, kind),
          eq(accounts.unit, unit),
        ),
      );
    return db
      .select({
        at: keys.at,
        number: journal.number,
        reversedBy: sql`(${reversedBy})`.mapWith((found): number | null => Number(found)).as('reversed_by'),
        points: sql`coalesce((${points}), 0)`.mapWith(Number).as('points'),
      })
      .from(keys.table)
      .crossJoin(journal)
      .where(
        and(
          eq(journal.villageId, keys.villageId),
          sql`${journal.idempotencyKey} >= ${begins} || '.'`,
          sql`${journal.idempotencyKey} < ${begins} || '/'`,
        ),
      );
  },
  answer: (rows) => rows.map(({ number, reversedBy, points }) => ({ number, reversedBy, points })),
});

/** The n-th opening of a household has its number in its key: it counts those that were reversed. */
function standingOf(householdId: string, openings: readonly BookedOpening[]): OpeningState {
  const opening = openings.find(({ reversedBy }) => reversedBy === null) ?? null;
  const before = openings.length - (opening === null ? 0 : 1);
  return { idempotencyKey: `${KEY_BEGINS}${householdId}.${String(before)}`, opening };
}
