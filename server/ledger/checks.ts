import { ENTRY_KINDS } from '../../shared/ledger/entry-kinds.ts';
import { isAmount } from '../../shared/points.ts';
import { accountId, floorOf, isAccount } from './accounts.ts';
import type { AccountState } from './balances.ts';
import { inputHash } from './seal.ts';
import type { EntryInput, LedgerRefusal, LineInput } from './types.ts';

/** An entry with what only this room may set. */
export interface AppendInput extends EntryInput {
  readonly reversesNumber?: number;
  readonly resolvesNumber?: number;
}

export function refusal(code: LedgerRefusal['code'], params: LedgerRefusal['params'] = {}): LedgerRefusal {
  return { ok: false, code, params };
}

/** What can be refused without looking at the book: `malformed`, then `unbalanced`. */
export function findMalformed(input: AppendInput): LedgerRefusal | null {
  const what = malformedPart(input);
  if (what) return refusal('ledger.malformed', { what });
  return isBalanced(input) ? null : refusal('ledger.unbalanced');
}

/** The first account, by id, that would sink under its floor; then any that would grow past every bound. */
export function findShort(
  input: AppendInput,
  states: ReadonlyMap<string, AccountState>,
): LedgerRefusal | null {
  const lines = input.lines
    .map((line) => ({ ...line, id: accountId(line.account) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { account, amount, id } of lines) {
    const floor = floorOf(account.kind);
    const balance = states.get(id)?.balance ?? 0;
    if (floor === null || amount > 0 || balance + amount >= floor || input.mayPassFloor) continue;
    const params = { balance, needed: -amount, missing: floor - (balance + amount), owner: account.ownerId };
    if (account.kind === 'household') return refusal('ledger.points_short', params);
    if (account.kind === 'shelf') return refusal('ledger.stock_short', params);
    return refusal('ledger.floor', { ...params, account: id });
  }
  const past = lines.find(({ id, amount }) => !isAmount((states.get(id)?.balance ?? 0) + amount));
  return past ? refusal('ledger.overflow', { account: past.id }) : null;
}

/** What "the same content" means for an idempotency key. */
export function contentHash(input: AppendInput): string {
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

function malformedPart(input: AppendInput): string | null {
  if (!ENTRY_KINDS.includes(input.kind)) return 'kind';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input.effectiveOn)) return 'effectiveOn';
  if (!/^[\x21-\x7e]{1,200}$/.test(input.idempotencyKey)) return 'idempotencyKey';
  if (input.actorId.length < 1 || input.actorId.length > 64) return 'actorId';
  if (input.lines.length < 2 || input.lines.length > 500) return 'lines';
  if (input.lines.some((line) => !isAccount(line.account))) return 'account';
  if (input.lines.some((line) => !isAmount(line.amount) || line.amount === 0)) return 'amount';
  if (new Set(input.lines.map((line) => accountId(line.account))).size !== input.lines.length)
    return 'account twice';
  if (input.mayPassFloor && input.kind !== 'deduction' && input.kind !== 'reversal') return 'mayPassFloor';
  return misusedPart(input);
}

/** Held points and what names another entry are for hold, resolveHold and reverse alone: `verify` takes no other. */
function misusedPart({ kind, lines, reversesNumber, resolvesNumber }: AppendInput): string | null {
  if ((kind === 'reversal') !== (reversesNumber !== undefined)) return 'reversesNumber';
  const resolves = resolvesNumber !== undefined;
  if (resolves ? kind !== 'release' && kind !== 'redemption' : kind === 'release') return 'resolvesNumber';
  if (kind === 'hold') return isHold(lines) ? null : 'hold';
  if (kind === 'transfer' && !lines.every(({ account }) => account.kind === 'household')) return 'transfer';
  if (kind === 'closing' && !isClosing(lines)) return 'closing';
  return !resolves && lines.some(({ account }) => account.kind === 'held') ? 'held' : null;
}

function isHold([from, to, ...more]: readonly LineInput[]): boolean {
  return (
    from?.account.kind === 'household' &&
    to?.account.kind === 'held' &&
    from.account.ownerId === to.account.ownerId &&
    to.amount > 0 &&
    more.length === 0
  );
}

/** What a household leaves behind when its account ends; a debt lapses too. */
function isClosing([from, to, ...more]: readonly LineInput[]): boolean {
  return from?.account.kind === 'household' && to?.account.kind === 'lapsed' && more.length === 0;
}

/** Sum zero per unit. Amounts are bounded (shared/points.ts) and lines few, so the sums stay exact. */
function isBalanced({ lines }: AppendInput): boolean {
  const sums = new Map<string, number>();
  for (const { account, amount } of lines) sums.set(account.unit, (sums.get(account.unit) ?? 0) + amount);
  return [...sums.values()].every((sum) => sum === 0);
}
