import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/store.ts';
import { accountId } from './accounts.ts';
import { type AccountState, accountStates } from './balances.ts';
import { type AppendInput, contentHash, findMalformed, findShort, refusal } from './checks.ts';
import { genesisHash, SEAL_VERSION, sealHash, textCommitment } from './seal.ts';
import type { AccountRef, Entry, EntryText, LedgerRefusal, Posted, PostOutcome } from './types.ts';
import { type PlannedEntry, type PlannedLine, writeEntries } from './write.ts';

export interface LedgerDeps {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Fresh salt for an entry's text, hex. */
  readonly newSalt: () => string;
  /** Told what was written; it stands only if `tx` is committed. */
  readonly onWritten?: OnWritten | undefined;
  /**
   * Whether an entry is never dated before the one it follows, and nothing is booked while the clock is far behind the book.
   * It is on unless somebody who has looked at the clock turns it off.
   */
  readonly guardsClock?: boolean | undefined;
}

/** An entry as far as it is counted. */
export type OnWritten = (
  tx: Tx,
  written: readonly { readonly kind: string; readonly lines: readonly { readonly unit: string }[] }[],
) => void;

/** Clocks of several machines differ, and are set right by a little: within this an entry takes the time of the last. */
const CLOCK_SLACK_MS = 10 * 60_000;

/**
 * Appends one entry. Refusals come in this order, and the tests walk through it:
 *   ledger.malformed → ledger.unbalanced → ledger.no_book → idempotency.conflict (or the first answer again)
 *   → what `check` finds (reversals, holds) → server.clock → points_short / stock_short / floor, by account id → overflow.
 * Nothing is written before all of them have been passed, so a caller may go on after a refusal.
 */
export async function append(
  deps: LedgerDeps,
  tx: Tx,
  input: AppendInput,
  check?: () => Promise<LedgerRefusal | null>,
): Promise<PostOutcome> {
  const outcome = await appendAll(deps, tx, input.villageId, [input], check);
  return outcome.ok ? (outcome.posted[0] ?? refusal('ledger.malformed')) : outcome;
}

/** All of them, or the refusal of the first that cannot be. */
export type ManyOutcome =
  { readonly ok: true; readonly posted: readonly Posted[] } | (LedgerRefusal & { readonly index: number });

/** Appends many entries of one village, each under its own key and number, with a handful of statements for all. */
export async function appendAll(
  deps: LedgerDeps,
  tx: Tx,
  villageId: string,
  inputs: readonly AppendInput[],
  check?: () => Promise<LedgerRefusal | null>,
): Promise<ManyOutcome> {
  for (const [index, input] of inputs.entries()) {
    const malformed =
      input.villageId === villageId
        ? findMalformed(input)
        : refusal('ledger.malformed', { what: 'villageId' });
    if (malformed) return { ...malformed, index };
  }
  await tx.lockBook(villageId);
  // Asked for together, so that they are answered together.
  const [head, answered, states] = await Promise.all([
    lockedHead(tx, villageId),
    earlierAnswers(tx, villageId, inputs),
    lockedStates(tx, villageId, distinctAccounts(inputs)),
  ]);
  if (!head) return { ...refusal('ledger.no_book'), index: 0 };

  for (const [index, answer] of answered.entries()) if (answer && !answer.ok) return { ...answer, index };
  const refused = answered[0] ? null : await check?.();
  if (refused) return { ...refused, index: 0 };

  const fresh = inputs.filter((_, index) => !answered[index]);
  const late = fresh.length === 0 ? null : findClockBehind(deps, head);
  if (late) return { ...late, index: 0 };
  const before = new Map(states);
  const planned: PlannedEntry[] = [];
  let previous: Omit<Head, 'bookId'> = head;
  for (const [index, input] of inputs.entries()) {
    if (answered[index]) continue;
    const short = findShort(input, states);
    if (short) return { ...short, index };
    const entry = plan(deps, head.bookId, previous, input, states);
    planned.push(entry);
    const { number, hash, bookedAtMs } = entry.header;
    previous = { number, hash, bookedAtMs };
  }
  await writeEntries(tx, villageId, head.number, planned, before);
  note(tx, villageId, { ...head, ...previous }, states);
  deps.onWritten?.(tx, planned);

  const written = planned.map(asEntry).values();
  const posted = answered.map((answer): Posted => {
    if (answer?.ok) return answer;
    const entry = written.next().value;
    if (!entry) throw new Error('fewer entries were written than asked for');
    return { ok: true, replay: false, entry };
  });
  return { ok: true, posted };
}

export interface Head {
  readonly bookId: string;
  readonly number: number;
  readonly hash: string;
  /** Of the last entry; 0 for an empty book. */
  readonly bookedAtMs: number;
}

/** A clock far behind the book would date entries before those they follow. Nobody guesses which of the two is right. */
function findClockBehind({ clock, guardsClock = true }: LedgerDeps, head: Head): LedgerRefusal | null {
  if (!guardsClock) return null;
  const nowMs = clock();
  if (head.bookedAtMs - nowMs <= CLOCK_SLACK_MS) return null;
  return refusal('server.clock', { now: minute(nowMs), last: minute(head.bookedAtMs) });
}

function bookedAt({ clock, guardsClock = true }: LedgerDeps, previousMs: number): number {
  return guardsClock ? Math.max(clock(), previousMs) : clock();
}

/** 2026-05-01 08:30 UTC. */
function minute(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Book, number and hash of the last entry; null when the village has no book. */
export async function readHead(reader: Reader, villageId: string): Promise<Head | null> {
  const [head] = await reader.prepared(
    'ledger.head',
    ({ db, t }) =>
      db
        .select({
          bookId: t.ledgerHeads.bookId,
          number: t.ledgerHeads.number,
          hash: t.journal.hash,
          bookedAtMs: t.journal.bookedAtMs,
        })
        .from(t.ledgerHeads)
        .leftJoin(
          t.journal,
          and(eq(t.journal.villageId, t.ledgerHeads.villageId), eq(t.journal.number, t.ledgerHeads.number)),
        )
        .where(eq(t.ledgerHeads.villageId, sql.placeholder('villageId'))),
    { villageId },
  );
  if (!head) return null;
  const hash = head.number === 0 ? genesisHash(head.bookId) : (head.hash ?? '');
  return { ...head, hash, bookedAtMs: head.bookedAtMs ?? 0 };
}

/** The stored form of an entry's free text. */
export function textBody(text: EntryText): string {
  return JSON.stringify({ title: text.title, note: text.note });
}

/**
 * Balances now under the book's lock, by account id; accounts never used are missing. What is read is noted: a post
 * that follows in the same transaction does not read it again.
 */
export async function lockedBalances(
  tx: Tx,
  villageId: string,
  accounts: readonly AccountRef[],
): Promise<Map<string, number>> {
  await tx.lockBook(villageId);
  const states = await lockedStates(tx, villageId, accounts);
  for (const [id, state] of states) tx.shared.set(stateNote(villageId, id), state);
  return new Map([...states].map(([id, { balance }]) => [id, balance]));
}

/** The head, or what an earlier post of this commit left it at. */
async function lockedHead(tx: Tx, villageId: string): Promise<Head | null> {
  return (tx.shared.get(headNote(villageId)) as Head | undefined) ?? readHead(tx, villageId);
}

/** States of the accounts that exist: read, but for those that an earlier post of this commit has moved. */
async function lockedStates(
  tx: Tx,
  villageId: string,
  accounts: readonly AccountRef[],
): Promise<Map<string, AccountState>> {
  const states = new Map<string, AccountState>();
  const unknown: AccountRef[] = [];
  for (const account of accounts) {
    const id = accountId(account);
    const noted = tx.shared.get(stateNote(villageId, id)) as AccountState | undefined;
    if (noted) states.set(id, noted);
    else unknown.push(account);
  }
  for (const [id, state] of await accountStates(tx, villageId, unknown)) states.set(id, state);
  return states;
}

function note(tx: Tx, villageId: string, head: Head, states: ReadonlyMap<string, AccountState>): void {
  tx.shared.set(headNote(villageId), head);
  for (const [id, state] of states) tx.shared.set(stateNote(villageId, id), state);
}

function headNote(villageId: string): string {
  return `ledger head ${villageId}`;
}

function stateNote(villageId: string, id: string): string {
  return `ledger state ${villageId} ${id}`;
}

function distinctAccounts(inputs: readonly AppendInput[]): AccountRef[] {
  return [
    ...new Map(
      inputs.flatMap((input) => input.lines).map((line) => [accountId(line.account), line.account]),
    ).values(),
  ];
}

/** Numbers, balances and seals one entry, and moves the running states on. */
function plan(
  deps: LedgerDeps,
  bookId: string,
  previous: Omit<Head, 'bookId'>,
  input: AppendInput,
  states: Map<string, AccountState>,
): PlannedEntry {
  const { effectiveOn } = input;
  const lines = input.lines.map(({ account, amount }, line): PlannedLine => {
    const id = accountId(account);
    const state = states.get(id) ?? { balance: 0, effectiveThrough: '' };
    const balanceAfter = state.balance + amount;
    const effectiveThrough = state.effectiveThrough < effectiveOn ? effectiveOn : state.effectiveThrough;
    states.set(id, { balance: balanceAfter, effectiveThrough });
    return { line, accountId: id, unit: account.unit, amount, balanceAfter, effectiveOn, effectiveThrough };
  });
  const body = input.text ? textBody(input.text) : null;
  const salt = body === null ? null : deps.newSalt();
  const header = {
    number: previous.number + 1,
    kind: input.kind,
    effectiveOn,
    bookedAtMs: bookedAt(deps, previous.bookedAtMs),
    idempotencyKey: input.idempotencyKey,
    inputHash: contentHash(input),
    actorId: input.actorId,
    source: input.source ?? null,
    reversesNumber: input.reversesNumber ?? null,
    resolvesNumber: input.resolvesNumber ?? null,
    textCommitment: body === null || salt === null ? null : textCommitment(salt, body),
    lineCount: lines.length,
    sealVersion: SEAL_VERSION,
    previousHash: previous.hash,
  };
  const hash = sealHash(bookId, header, lines);
  if (hash === null) throw new Error('this seal version cannot be written');
  return {
    header: { villageId: input.villageId, ...header, hash },
    kind: input.kind,
    lines,
    accounts: input.lines.map((line) => line.account),
    text: body === null || salt === null ? null : { body, salt },
    mayPassFloor: input.mayPassFloor ?? false,
  };
}

function asEntry({ header, kind, lines }: PlannedEntry): Entry {
  return { ...header, kind, postings: lines };
}

const KEYS_PER_QUERY = 500;

/** For each input the first answer to its key, a conflict, or null when the key is new. */
async function earlierAnswers(
  tx: Tx,
  villageId: string,
  inputs: readonly AppendInput[],
): Promise<(PostOutcome | null)[]> {
  const found = new Map<string, FoundEntry>();
  const keys = inputs.map((input) => input.idempotencyKey);
  if (keys.length === 1) {
    const [one] = await findByKey(tx, villageId, keys[0] ?? '');
    if (one) found.set(one.idempotencyKey, one);
  } else {
    const { journal } = tx.t;
    for (let from = 0; from < keys.length; from += KEYS_PER_QUERY) {
      const some = keys.slice(from, from + KEYS_PER_QUERY);
      const rows = await tx.db
        .select()
        .from(journal)
        .where(and(eq(journal.villageId, villageId), inArray(journal.idempotencyKey, some)));
      for (const row of rows) found.set(row.idempotencyKey, row);
    }
  }
  const answers: (PostOutcome | null)[] = [];
  const seen = new Set<string>();
  for (const input of inputs) {
    const earlier = found.get(input.idempotencyKey);
    // One call cannot use a key twice: neither of the two is the first.
    if (seen.has(input.idempotencyKey)) answers.push(refusal('idempotency.conflict'));
    else answers.push(earlier ? await answerOf(tx, input, earlier) : null);
    seen.add(input.idempotencyKey);
  }
  return answers;
}

type FoundEntry = Awaited<ReturnType<typeof findByKey>>[number];

function findByKey(tx: Tx, villageId: string, idempotencyKey: string) {
  return tx.prepared(
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
    { villageId, idempotencyKey },
  );
}

async function answerOf(tx: Tx, input: AppendInput, found: FoundEntry): Promise<PostOutcome> {
  const same = found.inputHash === contentHash(input) && (await sameText(tx, found, input.text));
  if (!same) return refusal('idempotency.conflict', { number: found.number });
  const { postings } = tx.t;
  const lines = await tx.db
    .select()
    .from(postings)
    .where(and(eq(postings.villageId, input.villageId), eq(postings.number, found.number)))
    .orderBy(postings.line);
  return { ok: true, replay: true, entry: { ...found, kind: input.kind, postings: lines } };
}

/** Whether the retry's text is the first one's. Erased text can no longer be told apart. */
async function sameText(tx: Tx, found: FoundEntry, text: EntryText | undefined): Promise<boolean> {
  if (found.textCommitment === null || !text) return (found.textCommitment === null) === !text;
  const { journalTexts } = tx.t;
  const [stored] = await tx.db
    .select()
    .from(journalTexts)
    .where(and(eq(journalTexts.villageId, found.villageId), eq(journalTexts.number, found.number)));
  if (!stored?.salt) return true;
  return textCommitment(stored.salt, textBody(text)) === found.textCommitment;
}
