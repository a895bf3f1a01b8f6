import type { Kit } from '#engine';
import type { StaffRole } from '../../shared/roles.ts';

/**
 * The signatures, each on a frozen document. Append-only (triggers refuse the rest), and each signature is also an act of the book that names document
 * and hash. Written by server/signatures.
 */
export function signaturesTables(k: Kit) {
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
    ],
  );

  return { signatures };
}
