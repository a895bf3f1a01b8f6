import type { Kit } from '#engine';
import type { StaffRole } from '../../shared/roles.ts';

/**
 * What was signed, and who signed it. Both are append-only (triggers refuse the rest), and each signature is also an act of
 * the book that names document and hash. Written by server/signatures.
 */
export function signaturesTables(k: Kit) {
  /** Documents as they were when somebody signed or published them. They name people and households by their ids alone. */
  const frozenDocuments = k.table(
    'frozen_documents',
    {
      villageId: k.text().plain().notNull(),
      kind: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      /** SHA-256 of `body` in UTF-8. */
      hash: k.hex().plain().notNull(),
      /** JSON, kept to the byte. */
      body: k.text().reference().notNull(),
      /** It covers the entries behind the first number, up to the second. */
      afterNumber: k.int().plain().notNull(),
      headNumber: k.int().plain().notNull(),
      frozenAtMs: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.kind, t.id] })],
  );

  const signatures = k.table(
    'signatures',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      kind: k.text().plain().notNull(),
      documentId: k.text().plain().notNull(),
      hash: k.hex().plain().notNull(),
      signedBy: k.text().reference().notNull(),
      /** The roles that this person had then. */
      roles: k.json<StaffRole[]>().personal('staff', 'kept').notNull(),
      signedAtMs: k.int().personal('staff', 'kept').notNull(),
      /** Erasing sets remark and salt to null; nothing else may change. The act has the hash of both. */
      remark: k.text().personal('household', 'erased'),
      salt: k.text().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('signatures_by_document').on(t.villageId, t.kind, t.documentId),
      k.foreignKey({
        columns: [t.villageId, t.kind, t.documentId],
        foreignColumns: [frozenDocuments.villageId, frozenDocuments.kind, frozenDocuments.id],
        name: 'signatures_document',
      }),
    ],
  );

  return { frozenDocuments, signatures };
}
