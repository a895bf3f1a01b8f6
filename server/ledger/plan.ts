import { isAmount } from '../../shared/points.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import type { AccountState, Head, States } from './book.ts';
import { type AppendInput, contentHash } from './check-entry.ts';
import { accountKindOf, type LedgerKinds } from './kind-registry.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { sealFacts, type StoredFact } from './facts.ts';
import {
  factsDigest,
  SEAL_VERSION,
  type SealedEntry,
  type SealedLine,
  sealHash,
  textCommitment,
} from './seal.ts';
import { type EntryText, type LedgerRefusal, type LineInput, refusal } from './types.ts';

/** An account with the number that it has, or gets by being used for the first time. */
export type NumberedAccount = AccountRef & { readonly number: number };

/** An entry that has passed every check, numbered and sealed. */
export interface PlannedEntry {
  readonly header: SealedEntry & { readonly villageId: string; readonly hash: string };
  readonly lines: readonly SealedLine[];
  /** The account of each line. */
  readonly accounts: readonly NumberedAccount[];
  /** Body and salt are null when the text was erased: imported entries may come in that state. */
  readonly text: { readonly body: string | null; readonly salt: string | null } | null;
  /** Sorted by name. */
  readonly facts: readonly StoredFact[];
  readonly mayPassFloor: boolean;
}

/** Planned entries, and the head and balances that they leave. */
export type Plan =
  | {
      readonly ok: true;
      readonly planned: readonly PlannedEntry[];
      readonly head: Head;
      /** The accounts that were moved. */
      readonly states: ReadonlyMap<string, AccountState>;
    }
  | (LedgerRefusal & { readonly index: number });

/**
 * Plans entries one after the other, all of them or none, without asking the database: numbers, balances, seals.
 * Refuses in this order: server.clock, then for each entry already_reversed / hold_resolved (by an entry before it here),
 * points_short / stock_short / floor, by account id, overflow.
 */
export function planEntries(
  deps: LedgerDeps,
  head: Head,
  before: States,
  inputs: readonly AppendInput[],
): Plan {
  const late = inputs.length === 0 ? null : findClockBehind(deps, head);
  if (late) return { ...late, index: 0 };
  const states = new MovedStates(before);
  const planned: PlannedEntry[] = [];
  let last = head;
  for (const [index, input] of inputs.entries()) {
    const refused = findEndedHere(planned, input) ?? findOutOfBounds(deps.kinds, input, states);
    if (refused) return { ...refused, index };
    const entry = planOne(deps, last, input, states);
    planned.push(entry);
    const { number, hash, bookedAtMs } = entry.header;
    const accounts = Math.max(last.accounts, ...entry.accounts.map((account) => account.number));
    last = { bookId: head.bookId, number, hash, bookedAtMs, accounts };
  }
  return { ok: true, planned, head: last, states: states.moved };
}

/** The states that a plan starts from, and over them those that its entries have left. */
class MovedStates implements States {
  readonly moved = new Map<string, AccountState>();
  private readonly before: States;

  constructor(before: States) {
    this.before = before;
  }

  get(id: string): AccountState | undefined {
    return this.moved.get(id) ?? this.before.get(id);
  }
}

/** Makes the stored form of an entry's free text. */
export function textBody(text: EntryText): string {
  return JSON.stringify({ title: text.title, note: text.note });
}

/**
 * Clocks of several machines differ, and people correct them by a little. Within this an entry takes the time of
 * the last.
 */
const CLOCK_SLACK_MS = 10 * 60_000;

/**
 * A clock far behind the book would date entries before those they follow. Nobody can guess which of the two is
 * right.
 */
function findClockBehind({ clock, guardsClock = true }: LedgerDeps, head: Head): LedgerRefusal | null {
  if (!guardsClock) return null;
  const nowMs = clock();
  if (head.bookedAtMs - nowMs <= CLOCK_SLACK_MS) return null;
  return refusal('server.clock', { now: minute(nowMs), last: minute(head.bookedAtMs) });
}

/** Writes 2026-05-01 08:30 UTC. */
function minute(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Finds an entry of the same plan that reverses the same entry, or ends the same hold. */
function findEndedHere(planned: readonly PlannedEntry[], input: AppendInput): LedgerRefusal | null {
  const { reversesNumber: reversed, resolvesNumber: resolved } = input;
  if (reversed === undefined && resolved === undefined) return null;
  for (const { header } of planned) {
    const { number: by } = header;
    if (reversed !== undefined && header.reversesNumber === reversed)
      return refusal('ledger.already_reversed', { number: reversed, by });
    if (resolved !== undefined && header.resolvesNumber === resolved)
      return refusal('ledger.hold_resolved', { number: resolved, by });
  }
  return null;
}

/**
 * Finds the first account, by id, that would sink under its floor; then any that would grow past every bound. This is
 * the only place that decides about floors: that balances are stored as they were read (db/write-rows.ts) is a net under it.
 */
function findOutOfBounds(kinds: LedgerKinds, input: AppendInput, states: States): LedgerRefusal | null {
  // Nearly every entry stays within its bounds, and those are not sorted.
  if (input.lines.every((line) => isWithinBounds(line, states))) return null;
  const moves = input.lines
    .map(({ account, amount }) => {
      const id = accountId(account);
      const balance = states.get(id)?.balance ?? 0;
      return { account, amount, id, balance, after: balance + amount };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { account, amount, id, balance, after } of moves) {
    const { kind, floor, ownerId: owner } = account;
    if (floor === null || amount > 0 || after >= floor || input.mayPassFloor) continue;
    const params = { balance, needed: -amount, missing: floor - after, owner };
    const code = accountKindOf(kinds, kind)?.short;
    return code === undefined ? refusal('ledger.floor', { ...params, account: id }) : refusal(code, params);
  }
  const past = moves.find(({ after }) => !isAmount(after));
  return past ? refusal('ledger.overflow', { account: past.id }) : null;
}

function isWithinBounds({ account, amount }: LineInput, states: States): boolean {
  const after = (states.get(accountId(account))?.balance ?? 0) + amount;
  return (account.floor === null || amount > 0 || after >= account.floor) && isAmount(after);
}

/** Gives one entry its number, balances and seal, and moves the running states on. */
function planOne(
  { clock, guardsClock = true, newSalt }: LedgerDeps,
  last: Head,
  input: AppendInput,
  states: MovedStates,
): PlannedEntry {
  const { villageId, kind, effectiveOn, idempotencyKey, actorId } = input;
  const accounts: NumberedAccount[] = [];
  let lastAccount = last.accounts;
  const lines = input.lines.map(({ account, amount }, line): SealedLine => {
    const id = accountId(account);
    const state = states.get(id) ?? { number: (lastAccount += 1), balance: 0, effectiveThrough: '' };
    const { number } = state;
    accounts.push({ ...account, number });
    const balanceAfter = state.balance + amount;
    const effectiveThrough = state.effectiveThrough < effectiveOn ? effectiveOn : state.effectiveThrough;
    states.moved.set(id, { number, balance: balanceAfter, effectiveThrough });
    return { line, accountId: id, unit: account.unit, amount, balanceAfter, effectiveOn, effectiveThrough };
  });
  const text = input.text ? { body: textBody(input.text), salt: newSalt() } : null;
  const facts = sealFacts(input.facts ?? [], newSalt);
  const header = {
    number: last.number + 1,
    kind,
    effectiveOn,
    bookedAtMs: guardsClock ? Math.max(clock(), last.bookedAtMs) : clock(),
    idempotencyKey,
    inputHash: contentHash(input),
    actorId,
    source: input.source ?? null,
    reversesNumber: input.reversesNumber ?? null,
    resolvesNumber: input.resolvesNumber ?? null,
    textCommitment: text && textCommitment(text.salt, text.body),
    factsDigest: factsDigest(facts),
    lineCount: lines.length,
    sealVersion: SEAL_VERSION,
    previousHash: last.hash,
  };
  const hash = sealHash(last.bookId, header, lines);
  if (hash === null) throw new Error('this seal version cannot be written');
  return {
    header: { villageId, ...header, hash },
    lines,
    accounts,
    text,
    facts,
    mayPassFloor: input.mayPassFloor ?? false,
  };
}
