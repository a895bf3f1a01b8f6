import { and, eq, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/store.ts';
import { ENTRY_KINDS } from '../../shared/contract/ledger.ts';
import { isAmount } from '../../shared/points.ts';
import { accountId, floorOf, isAccount } from './accounts.ts';
import { type AccountState, accountStates, openAccounts } from './balances.ts';
import { genesisHash, inputHash, SEAL_VERSION, sealHash, textCommitment } from './seal.ts';
import type { Entry, EntryInput, EntryText, LedgerRefusal, LineInput, PostOutcome, Posting } from './types.ts';

export interface LedgerDeps {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Fresh salt for an entry's text, hex. Not a secret's source elsewhere. */
  readonly newSalt: () => string;
}

/** An entry with what only this room may set. */
export interface AppendInput extends EntryInput {
  readonly reversesNumber?: number;
  readonly resolvesNumber?: number;
}

/**
 * Appends one entry. Refusals come in this order, and the tests walk through it:
 *   ledger.malformed → ledger.unbalanced → ledger.no_book → idempotency.conflict (or the first answer again)
 *   → what `check` finds (reversals, holds) → points_short / stock_short / floor, by account id → overflow.
 * Nothing is written before all of them have been passed, so a caller may go on after a refusal.
 */
export async function append(
  deps: LedgerDeps,
  tx: Tx,
  input: AppendInput,
  check?: () => Promise<LedgerRefusal | null>,
): Promise<PostOutcome> {
  const malformed = findMalformed(input);
  if (malformed) return refusal('ledger.malformed', { what: malformed });
  if (!balances(input.lines)) return refusal('ledger.unbalanced');

  await tx.lockBook(input.villageId);
  const head = await readHead(tx, input.villageId);
  if (!head) return refusal('ledger.no_book');

  const contentHash = hashOf(input);
  const earlier = await answerOf(tx, input, contentHash);
  if (earlier) return earlier;

  const refused = await check?.();
  if (refused) return refused;

  const states = await accountStates(tx, input.villageId, input.lines.map((line) => line.account));
  const short = findShort(input, states);
  if (short) return short;

  return { ok: true, replay: false, entry: await write(deps, tx, input, head, contentHash, states) };
}

/** Numbers and hashes of the last entry; null when the village has no book. */
export async function readHead(
  reader: Reader,
  villageId: string,
): Promise<{ bookId: string; number: number; hash: string } | null> {
  const [head] = await reader.prepared(
    'ledger.head',
    ({ db, t }) => db.select().from(t.ledgerHeads).where(eq(t.ledgerHeads.villageId, sql.placeholder('villageId'))),
    { villageId },
  );
  if (!head) return null;
  if (head.number === 0) return { bookId: head.bookId, number: 0, hash: genesisHash(head.bookId) };
  const [last] = await reader.prepared(
    'ledger.hashAt',
    ({ db, t }) =>
      db
        .select({ hash: t.journal.hash })
        .from(t.journal)
        .where(and(eq(t.journal.villageId, sql.placeholder('villageId')), eq(t.journal.number, sql.placeholder('number')))),
    { villageId, number: head.number },
  );
  return { bookId: head.bookId, number: head.number, hash: last?.hash ?? '' };
}

export function refusal(code: LedgerRefusal['code'], params: LedgerRefusal['params'] = {}): LedgerRefusal {
  return { ok: false, code, params };
}

/** The stored form of an entry's free text. */
export function textBody(text: EntryText): string {
  return JSON.stringify({ title: text.title, note: text.note });
}

function findMalformed(input: AppendInput): string | null {
  if (!ENTRY_KINDS.includes(input.kind)) return 'kind';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input.effectiveOn)) return 'effectiveOn';
  if (!/^[\x21-\x7e]{1,200}$/.test(input.idempotencyKey)) return 'idempotencyKey';
  if (input.actorId.length < 1 || input.actorId.length > 64) return 'actorId';
  if (input.lines.length < 2 || input.lines.length > 500) return 'lines';
  if (input.lines.some((line) => !isAccount(line.account))) return 'account';
  if (input.lines.some((line) => !isAmount(line.amount) || line.amount === 0)) return 'amount';
  const ids = new Set(input.lines.map((line) => accountId(line.account)));
  if (ids.size !== input.lines.length) return 'account twice';
  if (input.mayPassFloor && input.kind !== 'deduction' && input.kind !== 'reversal') return 'mayPassFloor';
  return null;
}

/** Sum zero per unit. Amounts are bounded (points.ts) and lines few, so the sums stay exact. */
function balances(lines: readonly LineInput[]): boolean {
  const sums = new Map<string, number>();
  for (const { account, amount } of lines) sums.set(account.unit, (sums.get(account.unit) ?? 0) + amount);
  return [...sums.values()].every((sum) => sum === 0);
}

function hashOf(input: AppendInput): string {
  return inputHash({
    kind: input.kind,
    effectiveOn: input.effectiveOn,
    actorId: input.actorId,
    source: input.source ?? null,
    reversesNumber: input.reversesNumber ?? null,
    resolvesNumber: input.resolvesNumber ?? null,
    mayPassFloor: input.mayPassFloor ?? false,
    lines: input.lines.map((line) => ({ accountId: accountId(line.account), amount: line.amount })),
  });
}

/** The first answer to this key, a conflict, or null when the key is new. */
async function answerOf(tx: Tx, input: AppendInput, contentHash: string): Promise<PostOutcome | null> {
  const [found] = await tx.prepared(
    'ledger.byKey',
    ({ db, t }) =>
      db
        .select()
        .from(t.journal)
        .where(
          and(
            eq(t.journal.villageId, sql.placeholder('villageId')),
            eq(t.journal.idempotencyKey, sql.placeholder('idempotencyKey')),
          ),
        ),
    { villageId: input.villageId, idempotencyKey: input.idempotencyKey },
  );
  if (!found) return null;
  const same = found.inputHash === contentHash && (await sameText(tx, found, input.text));
  if (!same) return refusal('idempotency.conflict', { number: found.number });
  const lines = await tx.db
    .select()
    .from(tx.t.postings)
    .where(and(eq(tx.t.postings.villageId, input.villageId), eq(tx.t.postings.number, found.number)))
    .orderBy(tx.t.postings.line);
  return { ok: true, replay: true, entry: { ...found, kind: input.kind, postings: lines } };
}

/** Whether the retry's text is the first one's. Erased text can no longer be told apart. */
async function sameText(
  tx: Tx,
  found: { villageId: string; number: number; textCommitment: string | null },
  text: EntryText | undefined,
): Promise<boolean> {
  if (found.textCommitment === null || !text) return (found.textCommitment === null) === !text;
  const { journalTexts } = tx.t;
  const [stored] = await tx.db
    .select()
    .from(journalTexts)
    .where(and(eq(journalTexts.villageId, found.villageId), eq(journalTexts.number, found.number)));
  if (!stored?.salt) return true;
  return textCommitment(stored.salt, textBody(text)) === found.textCommitment;
}

function findShort(input: AppendInput, states: ReadonlyMap<string, AccountState>): LedgerRefusal | null {
  const inOrder = input.lines.map((line) => ({ ...line, id: accountId(line.account) })).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { account, amount, id } of inOrder) {
    const floor = floorOf(account.kind);
    const balance = states.get(id)?.balance ?? 0;
    if (floor === null || amount > 0 || balance + amount >= floor || input.mayPassFloor) continue;
    const params = { balance, needed: -amount, missing: floor - (balance + amount), owner: account.ownerId };
    if (account.kind === 'household') return refusal('ledger.points_short', params);
    if (account.kind === 'shelf') return refusal('ledger.stock_short', params);
    return refusal('ledger.floor', { ...params, account: id });
  }
  for (const { amount, id } of inOrder) {
    if (!isAmount((states.get(id)?.balance ?? 0) + amount)) return refusal('ledger.overflow', { account: id });
  }
  return null;
}

async function write(
  deps: LedgerDeps,
  tx: Tx,
  input: AppendInput,
  head: { bookId: string; number: number; hash: string },
  contentHash: string,
  states: ReadonlyMap<string, AccountState>,
): Promise<Entry> {
  const { villageId, effectiveOn } = input;
  const number = head.number + 1;
  await tx.prepared(
    'ledger.countUp',
    ({ db, t }) =>
      db
        .update(t.ledgerHeads)
        .set({ number: sql`${t.ledgerHeads.number} + 1` })
        .where(
          and(
            eq(t.ledgerHeads.villageId, sql.placeholder('villageId')),
            eq(t.ledgerHeads.number, sql.placeholder('number')),
          ),
        )
        .returning({ number: t.ledgerHeads.number }),
    { villageId, number: head.number },
  ).then(mustHaveRow);

  await openAccounts(tx, villageId, input.lines.map((line) => line.account), states);
  const lines: SealedPosting[] = [];
  for (const [index, { account, amount }] of input.lines.entries()) {
    const id = accountId(account);
    const moved = floorOf(account.kind) === null ? derived(states.get(id), amount, effectiveOn) : await move(tx, input, id, amount);
    lines.push({ line: index, accountId: id, unit: account.unit, amount, effectiveOn, ...moved });
  }
  await insertPostings(tx, villageId, number, lines);

  const body = input.text ? textBody(input.text) : null;
  const salt = body === null ? null : deps.newSalt();
  const header = {
    number,
    kind: input.kind,
    effectiveOn,
    bookedAtMs: deps.clock(),
    idempotencyKey: input.idempotencyKey,
    inputHash: contentHash,
    actorId: input.actorId,
    source: input.source ?? null,
    reversesNumber: input.reversesNumber ?? null,
    resolvesNumber: input.resolvesNumber ?? null,
    textCommitment: body === null || salt === null ? null : textCommitment(salt, body),
    lineCount: lines.length,
    sealVersion: SEAL_VERSION,
    previousHash: head.hash,
  };
  const hash = sealHash(head.bookId, header, lines);
  if (hash === null) throw new Error('this seal version cannot be written');
  await insertHeader(tx, { villageId, ...header, hash });
  if (body !== null) await insertText(tx, { villageId, number, body, salt });
  return { villageId, number, kind: input.kind, effectiveOn, bookedAtMs: header.bookedAtMs, hash, postings: lines };
}

type SealedPosting = Posting & { effectiveOn: string; effectiveThrough: string };

/** Balance after the line for an account without a floor: from its last posting, under the book's lock. */
function derived(state: AccountState | undefined, amount: number, effectiveOn: string) {
  const through = state?.effectiveThrough ?? '';
  return { balanceAfter: (state?.balance ?? 0) + amount, effectiveThrough: through < effectiveOn ? effectiveOn : through };
}

/** One guarded statement reads, checks and writes the balance, so that no interleaving can overdraw it. */
async function move(tx: Tx, input: AppendInput, id: string, amount: number) {
  const rows = await tx.prepared(
    'ledger.move',
    ({ db, t }) => {
      const moved = sql<number>`${t.balances.balance} + cast(${sql.placeholder('amount')} as bigint)`;
      const through = t.balances.effectiveThrough;
      return db
        .update(t.balances)
        .set({
          balance: moved,
          effectiveThrough: sql`case when ${through} < ${sql.placeholder('day')} then ${sql.placeholder('day')} else ${through} end`,
        })
        .where(
          and(
            eq(t.balances.villageId, sql.placeholder('villageId')),
            eq(t.balances.accountId, sql.placeholder('id')),
            sql`(${moved} >= ${t.balances.floor} or cast(${sql.placeholder('free')} as bigint) = 1)`,
          ),
        )
        .returning({ balanceAfter: t.balances.balance, effectiveThrough: t.balances.effectiveThrough });
    },
    { villageId: input.villageId, id, amount, day: input.effectiveOn, free: amount > 0 || input.mayPassFloor ? 1 : 0 },
  );
  return mustHaveRow(rows);
}

async function insertPostings(tx: Tx, villageId: string, number: number, lines: readonly SealedPosting[]): Promise<void> {
  const values: Record<string, unknown> = { villageId, number };
  for (const [index, line] of lines.entries()) {
    for (const [field, value] of Object.entries(line)) values[`${field}${String(index)}`] = value;
  }
  await tx.prepared(
    `ledger.insertPostings${String(lines.length)}`,
    ({ db, t }) => {
      const at = (field: string, index: number) => sql.placeholder(`${field}${String(index)}`);
      return db
        .insert(t.postings)
        .values(
          lines.map((_, index) => ({
            villageId: sql.placeholder('villageId'),
            number: sql.placeholder('number'),
            line: at('line', index),
            accountId: at('accountId', index),
            unit: at('unit', index),
            amount: at('amount', index),
            balanceAfter: at('balanceAfter', index),
            effectiveOn: at('effectiveOn', index),
            effectiveThrough: at('effectiveThrough', index),
          })),
        )
        .returning({ line: t.postings.line });
    },
    values,
  );
}

async function insertHeader(tx: Tx, header: Record<string, unknown>): Promise<void> {
  await tx.prepared(
    'ledger.insertHeader',
    ({ db, t }) => {
      const at = sql.placeholder;
      return db
        .insert(t.journal)
        .values({
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
        })
        .returning({ number: t.journal.number });
    },
    header,
  );
}

async function insertText(tx: Tx, text: Record<string, unknown>): Promise<void> {
  await tx.prepared(
    'ledger.insertText',
    ({ db, t }) => {
      const at = sql.placeholder;
      return db
        .insert(t.journalTexts)
        .values({ villageId: at('villageId'), number: at('number'), body: at('body'), salt: at('salt') })
        .returning({ number: t.journalTexts.number });
    },
    text,
  );
}

function mustHaveRow<T>(rows: readonly T[]): T {
  const [row] = rows;
  // Everything was checked under the book's lock: no row means the database disagrees with itself.
  if (row === undefined) throw new Error('a guarded ledger write found no row');
  return row;
}
