import { and, asc, eq } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { OPENING_DAYS } from '../../shared/signatures/documents.ts';
import type { VillageContext } from '../http/index.ts';
import { OPENING_ID } from '../documents/index.ts';

type Village = Pick<VillageContext, 'id' | 'settings' | 'openedAtMs'>;

/** An opening of the books that no supervisor has signed. */
export interface UnsignedOpening {
  readonly openedAtMs: number;
  readonly openedOn: string;
  /** The last day on which it is signed in time. */
  readonly dueOn: string;
  readonly isOverdue: boolean;
}

/** Null while the books are not open, and once a supervisor signed the opening. */
export async function unsignedOpening(
  reader: Reader,
  { id, settings, openedAtMs }: Village,
  today: string,
): Promise<UnsignedOpening | null> {
  if (openedAtMs === null) return null;
  const { signatures } = reader.t;
  const [signed] = await reader.db
    .select({ id: signatures.id })
    .from(signatures)
    .where(
      and(
        eq(signatures.villageId, id),
        eq(signatures.kind, 'opening'),
        eq(signatures.documentId, OPENING_ID),
      ),
    )
    .orderBy(asc(signatures.documentId))
    .limit(1);
  if (signed) return null;
  const openedOn = businessDay(openedAtMs, settings.timeZone);
  const dueOn = addDays(openedOn, OPENING_DAYS);
  return { openedAtMs, openedOn, dueOn, isOverdue: today > dueOn };
}

/** The opening as it was frozen; undefined where the books were opened without. */
export async function openingDocument(
  { db, t: { frozenDocuments } }: Reader,
  villageId: string,
): Promise<Tables['frozenDocuments']['$inferSelect'] | undefined> {
  const [row] = await db
    .select()
    .from(frozenDocuments)
    .where(
      and(
        eq(frozenDocuments.villageId, villageId),
        eq(frozenDocuments.kind, 'opening'),
        eq(frozenDocuments.id, OPENING_ID),
      ),
    );
  return row;
}
