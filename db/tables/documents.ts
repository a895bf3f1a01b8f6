import type { Kit } from '#engine';

/** Documents that are signed or published. Append-only (triggers refuse the rest). Written by server/documents. */
export function documentsTables(k: Kit) {
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

  return { frozenDocuments };
}
