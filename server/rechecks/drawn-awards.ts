import { and, eq, inArray } from 'drizzle-orm';
import { chunked, type Reader, type Tables } from '../../db/index.ts';
import type { ProposalState } from '../../shared/proposals/states.ts';
import { accountKinds } from '../households/ledger-kinds.ts';
import { type BookedEntry, bookedEntries, reversalsOf } from '../ledger/index.ts';

/** An award with everybody who had a part in it. */
export interface DrawnAward {
  readonly number: number;
  readonly householdId: string;
  readonly points: number;
  readonly day: string;
  /** Empty: erased. */
  readonly title: string;
  /** Ids; the first books did not tell who proposed. */
  readonly proposedBy: string | null;
  readonly approvedBy: string;
  readonly reversedBy: number | null;
}

/** Reads these awards from the book, by number. */
export async function readAwards(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, DrawnAward>> {
  const entries = await bookedEntries(reader, villageId, numbers);
  const reversals = await reversalsOf(reader, villageId, numbers);
  return new Map(
    Array.from(entries, ([number, entry]) => [number, awardOf(entry, reversals.get(number) ?? null)]),
  );
}

function awardOf(entry: BookedEntry, reversedBy: number | null): DrawnAward {
  const { number, effectiveOn, actorId, facts, body, lines } = entry;
  const [given] = lines.flatMap(({ accountId, amount }) => {
    const householdId = accountKinds.household.ownerOf(accountId);
    return householdId === null ? [] : [{ householdId, amount }];
  });
  return {
    ...{ number, householdId: given?.householdId ?? '', points: given?.amount ?? 0, day: effectiveOn },
    title: body ? (JSON.parse(body) as { title: string }).title : '',
    ...{
      proposedBy: facts.get('proposedBy') ?? null,
      approvedBy: facts.get('approvedBy') ?? actorId,
      reversedBy,
    },
  };
}

interface HouseholdShown {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly group: string;
}

/** Reads the households of awards as they are now, by id. */
export async function householdsOf(
  { db, t: { households } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, HouseholdShown>> {
  const found = new Map<string, HouseholdShown>();
  const { id, number, head, groupName: group } = households;
  for (const some of chunked(ids)) {
    const rows = await db
      .select({ id, number, head, group })
      .from(households)
      .where(and(eq(households.villageId, villageId), inArray(id, [...some])));
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

interface Reversal extends Pick<Tables['proposals']['$inferSelect'], 'reversesNumber' | 'journalNumber'> {
  readonly id: string;
  readonly state: ProposalState;
}

/** Reads the reversals that findings led to, by id. */
export async function reversalsProposed(
  { db, t: { proposals } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, Reversal>> {
  const found = new Map<string, Reversal>();
  const { id, state, reversesNumber, journalNumber } = proposals;
  for (const some of chunked(ids)) {
    const rows = await db
      .select({ id, state, reversesNumber, journalNumber })
      .from(proposals)
      .where(and(eq(proposals.villageId, villageId), inArray(id, [...some])));
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}
