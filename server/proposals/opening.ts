import type { At } from '../at.ts';
import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import { OPENING_TEXTS } from '../../shared/proposals/entry-texts.ts';
import { PROPOSALS_AT_ONCE_MOST, statesThat } from '../../shared/proposals/states.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { accountId, entriesByKey, type EntryInput } from '../ledger/index.ts';
import { OPENING } from './ledger-kinds.ts';
import { insertProposals, NO_RULE, proposalRow } from './create.ts';

export interface NewOpening {
  readonly householdId: string;
  /** Hundredths. */
  readonly points: number;
  readonly note: string;
}

interface Standing {
  /** The key the next opening would have. */
  readonly idempotencyKey: string;
  readonly opening: { readonly number: number; readonly points: number } | null;
}

/** Once points have been awarded, nobody brings in more of them alone. */
export async function openingsNeedApproval(reader: Reader, villageId: string): Promise<boolean> {
  const { proposals } = reader.t;
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

/** Proposes opening balances for a second person to approve. They make several batches if one could not be decided whole. */
export async function proposeOpenings(work: At, openings: readonly NewOpening[]): Promise<void> {
  for (const some of chunked(openings, PROPOSALS_AT_ONCE_MOST)) {
    const batchId = work.newId();
    const rows = some.map(({ householdId, points, note }) => ({
      ...proposalRow(work, batchId),
      kind: 'opening' as const,
      ...{ householdId, points, note },
      ...NO_RULE,
      effectiveOn: work.today,
    }));
    await insertProposals(work, rows);
  }
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
        inArray(proposals.state, statesThat('isWaiting')),
        eq(proposals.kind, 'opening'),
      ),
    );
  return new Set(rows.map(({ householdId }) => householdId));
}

/**
 * The entries of approved openings. Like openings that need no approval, their key in the ledger allows one for each
 * household.
 */
export async function approvedOpenings(
  reader: Reader,
  work: Pick<At, 'villageId' | 'actorId' | 'today'>,
  rows: readonly { id: string; householdId: string; points: number; note: string }[],
): Promise<EntryInput[]> {
  const ids = rows.map(({ householdId }) => householdId);
  const standing = await standingOpenings(reader, work.villageId, Array.from(new Set(ids)));
  const taken = new Set<string>();
  return rows.map(({ id, householdId, points, note }) => {
    const { idempotencyKey, opening } = standing.get(householdId) ?? firstOf(householdId);
    if (opening !== null || taken.has(householdId))
      throw new Refusal('proposal.opening_stands', opening === null ? {} : { number: opening.number });
    taken.add(householdId);
    return openingEntry(work, { householdId, points, note, idempotencyKey, source: `proposal:${id}` });
  });
}

export function openingEntry(
  { villageId, actorId, today }: Pick<At, 'villageId' | 'actorId' | 'today'>,
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
): Promise<Map<string, Standing>> {
  const standing = new Map<string, Standing>();
  let open = ids;
  for (let n = 0; open.length > 0; n += 1) {
    const entries = await entriesByKey(
      reader,
      villageId,
      open.map((id) => openingKey(id, n)),
    );
    const reversed: string[] = [];
    for (const id of open) {
      const idempotencyKey = openingKey(id, n);
      const entry = entries.get(idempotencyKey);
      const own = accountId(householdAccount(id));
      if (entry && entry.reversedBy !== null) reversed.push(id);
      else if (!entry) standing.set(id, { idempotencyKey, opening: null });
      else {
        const points = entry.lines.reduce((sum, line) => sum + (line.accountId === own ? line.amount : 0), 0);
        standing.set(id, { idempotencyKey, opening: { number: entry.number, points } });
      }
    }
    open = reversed;
  }
  return standing;
}

function firstOf(householdId: string): Standing {
  return { idempotencyKey: openingKey(householdId, 0), opening: null };
}

/** The n-th opening of a household: n counts those that were reversed. */
function openingKey(householdId: string, n: number): string {
  return `opening.${householdId}.${String(n)}`;
}
