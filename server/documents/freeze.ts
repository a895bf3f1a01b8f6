import { createHash } from 'node:crypto';
import type { Tx } from '../../db/index.ts';
import type { DocumentKind } from '../../shared/signatures/documents.ts';

/** A document before it is frozen. */
export interface Draft {
  readonly kind: DocumentKind;
  readonly id: string;
  /** The bytes, as JSON. */
  readonly body: string;
  /** It covers the entries behind the first number, up to the second. */
  readonly afterNumber: number;
  readonly headNumber: number;
}

/** There is one opening of the books. */
export const OPENING_ID = 'opening';

/** SHA-256 of a text in UTF-8, as hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Keeps a document as it is now, for ever. Answers the hash of its bytes. */
export async function freeze(tx: Tx, villageId: string, draft: Draft, nowMs: number): Promise<string> {
  const { frozenDocuments } = tx.t;
  const hash = sha256(draft.body);
  await tx.db
    .insert(frozenDocuments)
    .values({ villageId, ...draft, hash, frozenAtMs: nowMs })
    .returning({ id: frozenDocuments.id });
  return hash;
}
