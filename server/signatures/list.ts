import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { Signature } from '../../shared/signatures/contract.ts';
import type { DocumentKind } from '../../shared/signatures/documents.ts';
import { bookerNamesThen } from '../books/index.ts';
import { digitsOf } from '../ledger/index.ts';

interface Wanted {
  readonly ids?: readonly string[];
  readonly before?: string | undefined;
  readonly document?: { readonly kind: DocumentKind; readonly id: string };
  readonly limit: number;
}

/** Reads signatures, newest first. */
export async function listSignatures(
  reader: Reader,
  villageId: string,
  { ids, before, document, limit }: Wanted,
): Promise<Signature[]> {
  const { signatures, frozenDocuments } = reader.t;
  const rows = await reader.db
    .select({
      signature: signatures,
      afterNumber: frozenDocuments.afterNumber,
      headNumber: frozenDocuments.headNumber,
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
    .where(
      and(
        eq(signatures.villageId, villageId),
        before === undefined ? undefined : lt(signatures.id, before),
        ids && inArray(signatures.id, [...ids]),
        document && eq(signatures.kind, document.kind),
        document && eq(signatures.documentId, document.id),
      ),
    )
    .orderBy(desc(signatures.id))
    .limit(limit);
  const heads = rows.map(({ headNumber }) => headNumber);
  const digits = await digitsOf(reader, villageId, heads);
  const nameThen = await bookerNamesThen(reader, villageId);
  return rows.map(({ signature, afterNumber, headNumber }) => {
    const { id, kind, documentId, hash, signedBy, roles, signedAtMs, remark } = signature;
    return {
      ...{ id, kind: kind as DocumentKind, documentId, hash, roles, signedAtMs },
      by: nameThen(signedBy, headNumber + 1) ?? '',
      remark: remark ?? '',
      isErased: remark === null,
      head: { number: headNumber, digits: digits.get(headNumber) ?? '' },
      after: afterNumber,
    };
  });
}
