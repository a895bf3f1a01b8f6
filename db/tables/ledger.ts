import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';

/**
 * The journal. `journal` and `postings` are append-only (triggers refuse the rest); `balances` and
 * `ledgerHeads` are derived and can be rebuilt from them. Only server/ledger writes these tables.
 */
export function ledgerTables(k: Kit) {
  /** One row a village: its book and the number of its last entry. Updating it is the village's write lock. */
  const ledgerHeads = k.table('ledger_heads', {
    villageId: k.text().primaryKey(),
    bookId: k.text().notNull(),
    number: k.int().notNull(),
  });

  const accounts = k.table(
    'accounts',
    {
      villageId: k.text().notNull(),
      /** kind:owner:unit, so that what a sealed line names cannot be redefined behind its back. */
      id: k.text().notNull(),
      kind: k.text().notNull(),
      ownerId: k.text().notNull(),
      unit: k.text().notNull(),
      /** The balance this account may not sink under; null: no floor. */
      floor: k.int(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('accounts_by_owner').on(t.villageId, t.ownerId),
      k.index('accounts_by_unit').on(t.villageId, t.unit, t.kind),
    ],
  );

  /** Running balances of accounts with a floor. Accounts without one derive theirs from the last posting. */
  const balances = k.table(
    'balances',
    {
      villageId: k.text().notNull(),
      accountId: k.text().notNull(),
      balance: k.int().notNull(),
      floor: k.int().notNull(),
      effectiveThrough: k.text().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.accountId] }),
      k.foreignKey({
        columns: [t.villageId, t.accountId],
        foreignColumns: [accounts.villageId, accounts.id],
      }),
    ],
  );

  const journal = k.table(
    'journal',
    {
      villageId: k.text().notNull(),
      /** Gapless within the village, from 1. */
      number: k.int().notNull(),
      kind: k.text().notNull(),
      /** The village's business day, YYYY-MM-DD. */
      effectiveOn: k.text().notNull(),
      bookedAtMs: k.int().notNull(),
      idempotencyKey: k.text().notNull(),
      inputHash: k.text().notNull(),
      actorId: k.text().notNull(),
      /** What caused the entry, as kind:id (proposal:…, redemption:…, import:…); null for none. */
      source: k.text(),
      reversesNumber: k.int(),
      resolvesNumber: k.int(),
      /** Salted commitment to the entry's free text in journal_texts; null: the entry has none. */
      textCommitment: k.text(),
      lineCount: k.int().notNull(),
      sealVersion: k.int().notNull(),
      previousHash: k.text().notNull(),
      hash: k.text().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.number] }),
      k.unique('journal_idempotency_key').on(t.villageId, t.idempotencyKey),
      k.unique('journal_reversed_once').on(t.villageId, t.reversesNumber),
      k.unique('journal_resolved_once').on(t.villageId, t.resolvesNumber),
      k.index('journal_by_source').on(t.villageId, t.source),
      k.index('journal_by_day').on(t.villageId, t.effectiveOn, t.kind),
    ],
  );

  const postings = k.table(
    'postings',
    {
      villageId: k.text().notNull(),
      number: k.int().notNull(),
      line: k.int().notNull(),
      accountId: k.text().notNull(),
      unit: k.text().notNull(),
      amount: k.int().notNull(),
      balanceAfter: k.int().notNull(),
      effectiveOn: k.text().notNull(),
      /** The latest effective day among this account's postings so far: grows with number, so that one index orders a passbook and answers "balance on a day" even after back-dated entries. */
      effectiveThrough: k.text().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.number, t.line] }),
      k.foreignKey({
        columns: [t.villageId, t.number],
        foreignColumns: [journal.villageId, journal.number],
        name: 'postings_entry',
      }),
      k.foreignKey({
        columns: [t.villageId, t.accountId],
        foreignColumns: [accounts.villageId, accounts.id],
        name: 'postings_account',
      }),
      k.uniqueIndex('postings_by_account').on(t.villageId, t.accountId, t.effectiveThrough, t.number),
      k
        .index('postings_back_dated')
        .on(t.villageId, t.accountId, t.number)
        .where(sql`${t.effectiveOn} < ${t.effectiveThrough}`),
    ],
  );

  /** Free text of an entry, outside the sealed bytes. Erasing sets body and salt to null; nothing else may change. */
  const journalTexts = k.table(
    'journal_texts',
    {
      villageId: k.text().notNull(),
      number: k.int().notNull(),
      body: k.text(),
      salt: k.text(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.number] }),
      k.foreignKey({
        columns: [t.villageId, t.number],
        foreignColumns: [journal.villageId, journal.number],
        name: 'journal_texts_entry',
      }),
    ],
  );

  return { ledgerHeads, accounts, balances, journal, postings, journalTexts };
}
