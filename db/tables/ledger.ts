import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';
import type { BadRow } from '../../shared/ledger/verification.ts';

/**
 * The journal. `journal`, `postings` and `journal_facts` are append-only (triggers refuse the rest); `balances`, `accountMonths` and
 * `ledgerHeads` are derived and can be rebuilt from them. Only server/ledger writes these tables.
 */
export function ledgerTables(k: Kit) {
  /**
   * Each village has one row: its book and the number of its last entry. Updating it is the village's write lock.
   */
  const ledgerHeads = k.table('ledger_heads', {
    villageId: k.text().plain().primaryKey(),
    bookId: k.text().plain().notNull(),
    number: k.int().plain().notNull(),
  });

  const accounts = k.table(
    'accounts',
    {
      villageId: k.text().plain().notNull(),
      /** Gapless within the village, from 1, in the order in which the book first names its accounts. Other tables keep this instead of the id. */
      number: k.int().plain().notNull(),
      /** kind:owner:unit, so that nobody can redefine the account that a sealed line names. */
      id: k.text().reference().notNull(),
      kind: k.text().plain().notNull(),
      ownerId: k.text().reference().notNull(),
      unit: k.text().plain().notNull(),
      /** The balance this account may not sink under; null: no floor. */
      floor: k.int().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.number] }),
      k.unique('accounts_id').on(t.villageId, t.id),
      k.index('accounts_by_owner').on(t.villageId, t.ownerId),
      k.index('accounts_by_unit').on(t.villageId, t.unit, t.kind),
    ],
  );

  /** Running balances of accounts with a floor. Accounts without one derive theirs from the last posting. */
  const balances = k.table(
    'balances',
    {
      villageId: k.text().plain().notNull(),
      accountNumber: k.int().reference().notNull(),
      balance: k.int().personal('household', 'kept').notNull(),
      floor: k.int().plain().notNull(),
      effectiveThrough: k.text().plain().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.accountNumber] }),
      k.foreignKey({
        columns: [t.villageId, t.accountNumber],
        foreignColumns: [accounts.villageId, accounts.number],
      }),
    ],
  );

  /**
   * The sum of an account's postings by the month of their effective day. A back-dated posting counts in the month it
   * was dated for, a reversal in its own.
   */
  const accountMonths = k.table(
    'account_months',
    {
      villageId: k.text().plain().notNull(),
      /** YYYY-MM. The months lead the key, because figures of a year are read for all accounts together. */
      month: k.text().plain().notNull(),
      accountNumber: k.int().reference().notNull(),
      amount: k.int().personal('household', 'kept').notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.month, t.accountNumber] }),
      k.foreignKey({
        columns: [t.villageId, t.accountNumber],
        foreignColumns: [accounts.villageId, accounts.number],
        name: 'account_months_account',
      }),
    ],
  );

  const journal = k.table(
    'journal',
    {
      villageId: k.text().plain().notNull(),
      /** Gapless within the village, from 1. */
      number: k.int().plain().notNull(),
      kind: k.text().plain().notNull(),
      /** The village's business day, YYYY-MM-DD. */
      effectiveOn: k.text().plain().notNull(),
      bookedAtMs: k.int().plain().notNull(),
      idempotencyKey: k.text().plain().notNull(),
      inputHash: k.hex().plain().notNull(),
      actorId: k.text().reference().notNull(),
      /** The cause of the entry, as kind:id (proposal:…, redemption:…, import:…); null for none. */
      source: k.text().reference(),
      reversesNumber: k.int().plain(),
      resolvesNumber: k.int().plain(),
      /** Salted commitment to the entry's free text in journal_texts; null: the entry has none. */
      textCommitment: k.hex().plain(),
      /** Covers the entry's facts in journal_facts; null: the entry has none. */
      factsDigest: k.hex().plain(),
      lineCount: k.int().plain().notNull(),
      sealVersion: k.int().plain().notNull(),
      previousHash: k.hex().plain().notNull(),
      hash: k.hex().plain().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.number] }),
      k.unique('journal_idempotency_key').on(t.villageId, t.idempotencyKey),
      // Few entries reverse or resolve another. With the nulls in the index too, statistics would say that a look-up finds
      // as many entries as there are nulls, and the planner would rather read the whole book.
      k
        .uniqueIndex('journal_reversed_once')
        .on(t.villageId, t.reversesNumber)
        .where(sql`${t.reversesNumber} is not null`),
      k
        .uniqueIndex('journal_resolved_once')
        .on(t.villageId, t.resolvesNumber)
        .where(sql`${t.resolvesNumber} is not null`),
      k.index('journal_by_day').on(t.villageId, t.effectiveOn, t.kind),
      // Acts are few among the entries, and are looked for by what they were done to.
      k
        .index('journal_acts')
        .on(t.villageId, t.number)
        .where(sql`${t.kind} = 'act'`),
      k
        .index('journal_acts_by_thing')
        .on(t.villageId, t.source, t.number)
        .where(sql`${t.kind} = 'act'`),
      // Returns are few, and are looked for by the cause that they share with the entry that they give back.
      // For the notice: entries that move a household's points by somebody's judgement are few among the redemptions.
      k
        .index('journal_judged')
        .on(t.villageId, t.number)
        .where(sql`${t.kind} in ('award', 'opening', 'transfer', 'closing', 'reversal')`),
      k
        .index('journal_returns')
        .on(t.villageId, t.source)
        .where(sql`${t.kind} = 'return'`),
    ],
  );

  const postings = k.table(
    'postings',
    {
      villageId: k.text().plain().notNull(),
      number: k.int().plain().notNull(),
      line: k.int().plain().notNull(),
      accountNumber: k.int().reference().notNull(),
      /** In the unit of the account. */
      amount: k.int().personal('household', 'kept').notNull(),
      balanceAfter: k.int().personal('household', 'kept').notNull(),
      effectiveOn: k.text().plain().notNull(),
      /** The latest effective day among this account's postings so far: grows with number, so that one index orders a passbook and answers "balance on a day" even after back-dated entries. */
      effectiveThrough: k.text().plain().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.number, t.line] }),
      k.foreignKey({
        columns: [t.villageId, t.number],
        foreignColumns: [journal.villageId, journal.number],
        name: 'postings_entry',
      }),
      k.foreignKey({
        columns: [t.villageId, t.accountNumber],
        foreignColumns: [accounts.villageId, accounts.number],
        name: 'postings_account',
      }),
      k.uniqueIndex('postings_by_account').on(t.villageId, t.accountNumber, t.effectiveThrough, t.number),
      k
        .index('postings_back_dated')
        .on(t.villageId, t.accountNumber, t.number)
        .where(sql`${t.effectiveOn} < ${t.effectiveThrough}`),
    ],
  );

  /**
   * Facts say how an entry came about. The digest binds name, owner, value and salt. A fact that has
   * an owner may be erased: value and salt become null, and nothing else may change.
   */
  const journalFacts = k.table(
    'journal_facts',
    {
      villageId: k.text().plain().notNull(),
      number: k.int().plain().notNull(),
      name: k.text().plain().notNull(),
      /** The value is this one's data; null: nobody's. */
      ownerId: k.text().reference(),
      value: k.text().personal('household', 'erased'),
      salt: k.text().plain(),
      digest: k.text().plain().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.number, t.name] }),
      k.foreignKey({
        columns: [t.villageId, t.number],
        foreignColumns: [journal.villageId, journal.number],
        name: 'journal_facts_entry',
      }),
      k
        .index('journal_facts_by_owner')
        .on(t.villageId, t.ownerId, t.number)
        .where(sql`${t.ownerId} is not null`),
    ],
  );

  /** Free text of an entry, outside the sealed bytes. Erasing sets body and salt to null; nothing else may change. */
  const journalTexts = k.table(
    'journal_texts',
    {
      villageId: k.text().plain().notNull(),
      number: k.int().plain().notNull(),
      body: k.text().personal('household', 'erased'),
      salt: k.text().plain(),
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

  /** The outcome of each verification of a book. */
  const verifications = k.table(
    'verifications',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      startedAtMs: k.int().plain().notNull(),
      finishedAtMs: k.int().plain().notNull(),
      ok: k.bool().plain().notNull(),
      entries: k.int().plain().notNull(),
      postings: k.int().plain().notNull(),
      headNumber: k.int().plain().notNull(),
      headHash: k.text().plain().notNull(),
      bad: k.json<BadRow>().plain(),
      /** The one of its village that was kept last, whatever the clock said. */
      isLatest: k.bool().plain().notNull().default(false),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('verifications_by_time').on(t.villageId, t.finishedAtMs),
      k
        .uniqueIndex('verifications_latest')
        .on(t.villageId)
        .where(sql`${t.isLatest}`),
      // Finds the verification to report among all villages' latest: failed ones come first, then the oldest.
      k
        .index('verifications_worst')
        .on(t.ok, t.finishedAtMs)
        .where(sql`${t.isLatest}`),
    ],
  );

  return {
    ...{ ledgerHeads, accounts, balances, accountMonths, journal, postings, journalFacts, journalTexts },
    verifications,
  };
}
