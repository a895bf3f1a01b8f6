import { and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import { entries, type EntryWithLines, itemOf, POINT, splitAccountId } from '../ledger/index.ts';

/** One entry as the home pages tell it. */
export interface RecentEntry {
  readonly number: number;
  readonly kind: EntryKind;
  readonly bookedAtMs: number;
  readonly actorId: string;
  /** The proposal it was booked for; null: none. */
  readonly proposalId: string | null;
  readonly reversesNumber: number | null;
  readonly reversedBy: number | null;
  readonly title: string;
  /** Hundredths that households got or gave, all together. */
  readonly points: number;
  /** The first household and item that it moves. */
  readonly householdId: string | null;
  readonly goodsId: string | null;
  /** Pieces that came to or left the shelf. */
  readonly pieces: number;
}

/** The entries booked since an instant, newest first, of the last `most`: so much is read and no more. */
export async function recentEntries(
  reader: Reader,
  villageId: string,
  { sinceMs, most }: { readonly sinceMs: number; readonly most: number },
): Promise<RecentEntry[]> {
  const { items } = await entries(reader, villageId, { limit: most });
  return items.filter(({ bookedAtMs }) => bookedAtMs >= sinceMs).map(recentEntry);
}

/** A stretch of the book: the entries behind the first number, up to the second. */
export interface Span {
  readonly after: number;
  readonly through: number;
}

/** The entries of a stretch that are no acts, newest first. */
export async function entriesIn(
  reader: Reader,
  villageId: string,
  { after, through }: Span,
): Promise<RecentEntry[]> {
  if (through <= after) return [];
  const { items } = await entries(reader, villageId, { after, before: through + 1, limit: through - after });
  return items.map(recentEntry);
}

function recentEntry({ lines, text, source, ...head }: EntryWithLines): RecentEntry {
  const sides = lines.flatMap(({ accountId, amount, unit }) => {
    const account = splitAccountId(accountId);
    return account ? [{ ...account, amount, unit }] : [];
  });
  const households = sides.filter(({ kind, unit }) => kind === 'household' && unit === POINT);
  const shelf = sides.filter(({ kind }) => kind === 'shelf');
  const { number, kind, bookedAtMs, actorId, reversesNumber, reversedBy } = head;
  return {
    ...{ number, kind, bookedAtMs, actorId, reversesNumber, reversedBy },
    proposalId: source?.startsWith('proposal:') ? source.slice('proposal:'.length) : null,
    title: text.title,
    points: sum(households),
    householdId: households[0]?.ownerId ?? null,
    goodsId: shelf[0] ? itemOf(shelf[0].unit) : null,
    pieces: sum(shelf),
  };
}

function sum(sides: readonly { readonly amount: number }[]): number {
  return sides.reduce((total, { amount }) => total + amount, 0);
}

export interface BookedProposal {
  readonly id: string;
  readonly batchId: string;
  readonly proposedBy: string;
  readonly decidedBy: string | null;
  /** One decision has one instant, while its entries are booked one after another. */
  readonly decidedAtMs: number | null;
}

/** The proposals that these entries were booked for, by id. */
export async function proposalsOf(
  { db, t: { proposals } }: Reader,
  villageId: string,
  recent: readonly RecentEntry[],
): Promise<Map<string, BookedProposal>> {
  const ids = [...new Set(recent.flatMap(({ proposalId }) => proposalId ?? []))];
  // A span has some thousand entries at most, and one statement names them all.
  const rows = await db
    .select({
      id: proposals.id,
      batchId: proposals.batchId,
      proposedBy: proposals.proposedBy,
      decidedBy: proposals.decidedBy,
      decidedAtMs: proposals.decidedAtMs,
    })
    .from(proposals)
    .where(and(eq(proposals.villageId, villageId), inArray(proposals.id, ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The heads of these households and the names of these goods, by id. */
export async function namesOf(
  { db, t: { households, goods } }: Reader,
  villageId: string,
  recent: readonly RecentEntry[],
): Promise<Map<string, { name: string; unit: string }>> {
  const householdIds = [...new Set(recent.flatMap(({ householdId }) => householdId ?? []))];
  const goodsIds = [...new Set(recent.flatMap(({ goodsId }) => goodsId ?? []))];
  const heads =
    householdIds.length === 0
      ? []
      : await db
          .select({ id: households.id, name: households.head })
          .from(households)
          .where(and(eq(households.villageId, villageId), inArray(households.id, householdIds)));
  const items =
    goodsIds.length === 0
      ? []
      : await db
          .select({ id: goods.id, name: goods.name, unit: goods.unit })
          .from(goods)
          .where(and(eq(goods.villageId, villageId), inArray(goods.id, goodsIds)));
  return new Map([
    ...heads.map(({ id, name }) => [id, { name, unit: '' }] as const),
    ...items.map(({ id, name, unit }) => [id, { name, unit }] as const),
  ]);
}
