import { and, eq, sql } from 'drizzle-orm';
import { chunked, manyRows } from '../../db/many-rows.ts';
import type { Tx } from '../../db/store.ts';
import { AMOUNT_MAX } from '../../shared/points.ts';
import type { AccountRef } from './account-kind.ts';
import { type AccountState, openAccounts } from './balances.ts';
import type { PlannedEntry } from './plan.ts';
import type { SealedLine } from './seal.ts';

/**
 * Writes planned entries, under the book's lock. `before` holds the balances that the plan started from. Guarded
 * statements move the balances and must agree with the plan. Lines come before their headers, whose trigger closes
 * the entry.
 */
export async function writeEntries(
  tx: Tx,
  villageId: string,
  headNumber: number,
  planned: readonly PlannedEntry[],
  before: ReadonlyMap<string, AccountState>,
): Promise<void> {
  if (planned.length === 0) return;
  await openAccounts(
    tx,
    villageId,
    planned.flatMap((entry) => entry.accounts),
    before,
  );
  const [only] = planned;
  if (only && planned.length === 1) return writeOne(tx, villageId, headNumber, only);
  await countUp(tx, villageId, headNumber, planned.length);
  await moveNet(tx, villageId, planned);
  const lines = planned.flatMap(({ header, lines }) =>
    lines.map((line) => ({ villageId, number: header.number, ...line })),
  );
  for (const rows of chunked(lines))
    await tx.db.insert(tx.t.postings).values(rows).returning({ line: tx.t.postings.line });
  for (const rows of chunked(planned.map((entry) => entry.header))) {
    await tx.db.insert(tx.t.journal).values(rows).returning({ number: tx.t.journal.number });
  }
  const texts = planned.flatMap(({ header, text }) =>
    text ? [{ villageId, number: header.number, ...text }] : [],
  );
  for (const rows of chunked(texts))
    await tx.db.insert(tx.t.journalTexts).values(rows).returning({ number: tx.t.journalTexts.number });
}

async function countUp(tx: Tx, villageId: string, from: number, by: number): Promise<void> {
  const counted = await tx.write(
    'ledger.countUp',
    ({ db, t }) =>
      db
        .update(t.ledgerHeads)
        .set({ number: sql`${t.ledgerHeads.number} + cast(${sql.placeholder('by')} as bigint)` })
        .where(
          and(
            eq(t.ledgerHeads.villageId, sql.placeholder('villageId')),
            eq(t.ledgerHeads.number, sql.placeholder('from')),
          ),
        ),
    { villageId, from, by },
  );
  mustAgree(counted === 1);
}

/**
 * This is the hot path: it has prepared statements only, and sends them in order without waiting for each other's
 * answers.
 */
async function writeOne(
  tx: Tx,
  villageId: string,
  headNumber: number,
  { header, lines, accounts, text, mayPassFloor }: PlannedEntry,
): Promise<void> {
  const { number } = header;
  await Promise.all([
    countUp(tx, villageId, headNumber, 1),
    ...lines
      .filter((_, index) => hasFloor(accounts[index]))
      .map((line) => move(tx, villageId, line, mayPassFloor)),
    insertLines(tx, villageId, number, lines),
    insertHeader(tx, header),
    text ? insertText(tx, { villageId, number, ...text }) : undefined,
  ]);
}

/**
 * One guarded statement reads, checks and writes the balance, so that no interleaving can overdraw it. The plan has
 * decided already: a guard that disagrees with it means that somebody wrote without the lock.
 */
async function move(tx: Tx, villageId: string, line: SealedLine, mayPassFloor: boolean): Promise<void> {
  const written = await tx.write(
    'ledger.move',
    ({ db, t }) => {
      const moved = sql<number>`${t.balances.balance} + cast(${sql.placeholder('amount')} as bigint)`;
      return db
        .update(t.balances)
        .set({ balance: moved, effectiveThrough: sql`${sql.placeholder('through')}` })
        .where(
          and(
            eq(t.balances.villageId, sql.placeholder('villageId')),
            eq(t.balances.accountId, sql.placeholder('accountId')),
            sql`${moved} = cast(${sql.placeholder('after')} as bigint)`,
            sql`(${moved} >= ${t.balances.floor} or cast(${sql.placeholder('free')} as bigint) = 1)`,
          ),
        );
    },
    {
      villageId,
      accountId: line.accountId,
      amount: line.amount,
      after: line.balanceAfter,
      through: line.effectiveThrough,
      free: line.amount > 0 || mayPassFloor ? 1 : 0,
    },
  );
  mustAgree(written === 1);
}

/** Applies the same guard to many entries: each account moves once, by the net of its lines. */
async function moveNet(tx: Tx, villageId: string, planned: readonly PlannedEntry[]): Promise<void> {
  const nets = new Map<
    string,
    { amount: number; after: number; through: string; floor: number; free: boolean }
  >();
  for (const { lines, accounts, mayPassFloor } of planned) {
    for (const [index, line] of lines.entries()) {
      const floor = accounts[index]?.floor ?? null;
      if (floor === null) continue;
      const net = nets.get(line.accountId) ?? { amount: 0, free: false };
      nets.set(line.accountId, {
        amount: net.amount + line.amount,
        after: line.balanceAfter,
        through: line.effectiveThrough,
        floor,
        free: net.free || mayPassFloor,
      });
    }
  }
  const { balances } = tx.t;
  // The rows are sorted, so that everybody locks them in one order.
  const rows = [...nets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([accountId, net]) => ({
      villageId,
      accountId,
      balance: net.amount,
      // The guard below reads it; the row is there already and keeps its own floor.
      floor: net.free || net.amount >= 0 ? -AMOUNT_MAX : net.floor,
      effectiveThrough: net.through,
    }));
  for (const some of chunked(rows)) {
    const moved = await tx.db
      .insert(balances)
      .values(some)
      .onConflictDoUpdate({
        target: [balances.villageId, balances.accountId],
        set: {
          balance: sql`${balances.balance} + excluded.balance`,
          effectiveThrough: sql`excluded.effective_through`,
        },
        setWhere: sql`${balances.balance} + excluded.balance >= excluded.floor`,
      })
      .returning({ accountId: balances.accountId, balance: balances.balance });
    mustAgree(
      moved.length === some.length && moved.every((row) => row.balance === nets.get(row.accountId)?.after),
    );
  }
}

async function insertLines(
  tx: Tx,
  villageId: string,
  number: number,
  lines: readonly SealedLine[],
): Promise<void> {
  await tx.write(
    `ledger.insertLines${lines.length}`,
    ({ db, t }) =>
      db.insert(t.postings).values(
        LINES.placeholders(lines.length).map((line) => ({
          villageId: sql.placeholder('villageId'),
          number: sql.placeholder('number'),
          ...line,
        })),
      ),
    LINES.values(lines, { villageId, number }),
  );
}

const LINES = manyRows([
  'line',
  'accountId',
  'unit',
  'amount',
  'balanceAfter',
  'effectiveOn',
  'effectiveThrough',
]);

async function insertHeader(tx: Tx, header: PlannedEntry['header']): Promise<void> {
  await tx.write(
    'ledger.insertHeader',
    ({ db, t }) => {
      const at = sql.placeholder;
      return db.insert(t.journal).values({
        villageId: at('villageId'),
        number: at('number'),
        kind: at('kind'),
        effectiveOn: at('effectiveOn'),
        bookedAtMs: at('bookedAtMs'),
        idempotencyKey: at('idempotencyKey'),
        inputHash: at('inputHash'),
        actorId: at('actorId'),
        source: at('source'),
        reversesNumber: at('reversesNumber'),
        resolvesNumber: at('resolvesNumber'),
        textCommitment: at('textCommitment'),
        lineCount: at('lineCount'),
        sealVersion: at('sealVersion'),
        previousHash: at('previousHash'),
        hash: at('hash'),
      });
    },
    { ...header },
  );
}

async function insertText(
  tx: Tx,
  text: { villageId: string; number: number; body: string | null; salt: string | null },
): Promise<void> {
  await tx.write(
    'ledger.insertText',
    ({ db, t }) => {
      const at = sql.placeholder;
      return db
        .insert(t.journalTexts)
        .values({ villageId: at('villageId'), number: at('number'), body: at('body'), salt: at('salt') });
    },
    text,
  );
}

function hasFloor(account: AccountRef | undefined): boolean {
  return account !== undefined && account.floor !== null;
}

/** Everything was checked under the book's lock. If a guard disagrees with the plan, nothing of it may stay. */
function mustAgree(agrees: boolean): void {
  if (!agrees) throw new Error('the stored balances disagree with what was read under the book’s lock');
}
