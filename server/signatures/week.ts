import { and, desc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { FIRST_LIST_DAYS } from '../../shared/signatures/documents.ts';
import type { VillageContext } from '../http/index.ts';
import { entry } from '../ledger/index.ts';
import { findLooks, spanBehind, spanSince } from '../village/index.ts';
import type { Draft } from '../documents/index.ts';

/** The list of what somebody should look at, as it is signed, with the entry that it ends at. */
export interface WeekDraft extends Omit<Draft, 'id'> {
  readonly items: number;
  readonly hashOfHead: string;
}

/**
 * Drafts the document of the list over the entries behind `after`, up to `through`. Entries are never changed, so that it is
 * the same to the byte when it is signed as when it was shown, unless a deed or who is whose kin was changed in between.
 * Null where there is no such entry.
 */
export async function draftWeek(
  reader: Reader,
  village: VillageContext,
  { after, through }: { readonly after: number; readonly through: number | undefined },
): Promise<WeekDraft | null> {
  const span = await spanBehind(reader, village.id, after, through);
  const head = span.through > span.after ? await entry(reader, village.id, span.through) : null;
  if (head === null) return null;
  const { items } = await findLooks(reader, village, span);
  const document = {
    ...{ kind: 'week', villageId: village.id, after: span.after },
    head: { number: head.number, hash: head.hash },
    items: items.map(({ kind, number, count, points }) => ({ kind, number, count, points })),
  };
  return {
    ...{ kind: 'week', body: JSON.stringify(document) },
    ...{ afterNumber: span.after, headNumber: head.number, items: items.length, hashOfHead: head.hash },
  };
}

/** The last list that was signed: up to which entry, and when. */
export async function lastWeek(
  { db, t: { signatures, frozenDocuments } }: Reader,
  villageId: string,
): Promise<{ id: string; headNumber: number; signedAtMs: number } | null> {
  const [row] = await db
    .select({
      id: signatures.id,
      headNumber: frozenDocuments.headNumber,
      signedAtMs: signatures.signedAtMs,
    })
    .from(signatures)
    .innerJoin(
      frozenDocuments,
      and(
        eq(frozenDocuments.villageId, signatures.villageId),
        eq(frozenDocuments.kind, signatures.kind),
        eq(frozenDocuments.id, signatures.documentId),
      ),
    )
    .where(and(eq(signatures.villageId, villageId), eq(signatures.kind, 'week')))
    .orderBy(desc(signatures.id))
    .limit(1);
  return row ?? null;
}

/** The number behind which the next list begins: where the last one ended; before the first, some weeks ago. */
export async function nextAfter(reader: Reader, village: VillageContext, nowMs: number): Promise<number> {
  const last = await lastWeek(reader, village.id);
  if (last !== null) return last.headNumber;
  const sinceMs = nowMs - FIRST_LIST_DAYS * DAY_MS;
  return (await spanSince(reader, village, { sinceMs })).after;
}
