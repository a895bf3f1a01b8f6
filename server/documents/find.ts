import { and, eq } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { DocumentKind } from '../../shared/signatures/documents.ts';

/** Reads a document as it was frozen. Refuses with signature.not_found. */
export async function findDocument(
  { db, t: { frozenDocuments } }: Reader,
  villageId: string,
  { kind, id }: { readonly kind: DocumentKind; readonly id: string },
): Promise<Tables['frozenDocuments']['$inferSelect']> {
  const [row] = await db
    .select()
    .from(frozenDocuments)
    .where(
      and(
        eq(frozenDocuments.villageId, villageId),
        eq(frozenDocuments.kind, kind),
        eq(frozenDocuments.id, id),
      ),
    );
  if (!row) throw new Refusal('signature.not_found');
  return row;
}
