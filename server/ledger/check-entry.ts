import { isAmount } from '../../shared/points.ts';
import { accountId } from './account-kind.ts';
import { type EntryKindSpec, isLineCount } from './entry-kind.ts';
import { areFacts } from './facts.ts';
import { accountKindOf, entryKindOf, isAccount, type LedgerKinds } from './kind-registry.ts';
import { inputHash } from './seal.ts';
import { type EntryInput, type LedgerRefusal, type LineInput, refusal } from './types.ts';

/** An entry with the fields that only the ledger itself may set. */
export interface AppendInput extends EntryInput<string> {
  readonly reversesNumber?: number;
  readonly resolvesNumber?: number;
}

/** An entry that only the ledger itself drafts: a hold, its end, or a reversal. */
export type OwnDraft = AppendInput &
  ({ readonly kind: 'hold' | 'reversal' } | { readonly resolvesNumber: number });

/** Refuses without looking at the book: `malformed`, then `unbalanced`. */
export function findMalformed(kinds: LedgerKinds, input: AppendInput): LedgerRefusal | null {
  const what = malformedPart(kinds, input);
  if (what) return refusal('ledger.malformed', { what });
  return isBalanced(input) ? null : refusal('ledger.unbalanced');
}

/** Two requests under one idempotency key have the same content when their hashes are equal. */
export function contentHash(input: AppendInput): string {
  return inputHash({
    kind: input.kind,
    effectiveOn: input.effectiveOn,
    actorId: input.actorId,
    source: input.source ?? null,
    reversesNumber: input.reversesNumber ?? null,
    resolvesNumber: input.resolvesNumber ?? null,
    mayPassFloor: input.mayPassFloor ?? false,
    lines: input.lines.map(({ account, amount }) => ({ accountId: accountId(account), amount })),
  });
}

function malformedPart(kinds: LedgerKinds, input: AppendInput): string | null {
  const spec = entryKindOf(kinds, input.kind);
  if (!spec) return 'kind';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input.effectiveOn)) return 'effectiveOn';
  if (!/^[\x21-\x7e]{1,200}$/.test(input.idempotencyKey)) return 'idempotencyKey';
  if (input.actorId.length < 1 || input.actorId.length > 64) return 'actorId';
  if (!isCause(spec, input.source)) return 'source';
  if (!isLineCount(spec, input.lines.length) || input.lines.length > 500) return 'lines';
  if (input.lines.some((line) => !isAccount(kinds, line.account))) return 'account';
  if (input.lines.some((line) => !isAmount(line.amount) || line.amount === 0)) return 'amount';
  if (new Set(input.lines.map((line) => accountId(line.account))).size !== input.lines.length)
    return 'account twice';
  if (input.facts && !areFacts(input.facts)) return 'facts';
  if (input.mayPassFloor && !spec.mayPassFloor) return 'mayPassFloor';
  return misusedPart(kinds, spec, input);
}

/** A source names the cause of an entry, as kind:id. */
function isCause({ source: causes }: EntryKindSpec, source: string | undefined): boolean {
  if (source === undefined || causes === null) return true;
  return causes.includes(source.slice(0, Math.max(0, source.indexOf(':'))));
}

/**
 * Only holds, their ends and reversals use holding accounts and name another entry: `verify` accepts nothing
 * else.
 */
function misusedPart(
  kinds: LedgerKinds,
  spec: EntryKindSpec,
  { kind, lines, reversesNumber, resolvesNumber }: AppendInput,
): string | null {
  if ((kind === 'reversal') !== (reversesNumber !== undefined)) return 'reversesNumber';
  const resolves = resolvesNumber !== undefined;
  if (resolves ? !spec.endsHold : kind === 'release') return 'resolvesNumber';
  if (kind === 'hold') return isHold(kinds, lines) ? null : 'hold';
  if (spec.lines && !areOn(spec.lines, lines)) return kind;
  const isHolding = ({ account }: LineInput) => accountKindOf(kinds, account.kind)?.holdsFor !== undefined;
  return !resolves && lines.some(isHolding) ? 'holding account' : null;
}

function isHold(kinds: LedgerKinds, [from, into, ...more]: readonly LineInput[]): boolean {
  return (
    from !== undefined &&
    into !== undefined &&
    accountKindOf(kinds, into.account.kind)?.holdsFor === from.account.kind &&
    from.account.ownerId === into.account.ownerId &&
    into.amount > 0 &&
    more.length === 0
  );
}

function areOn(wanted: NonNullable<EntryKindSpec['lines']>, lines: readonly LineInput[]): boolean {
  if (wanted === 'none') return lines.length === 0;
  if ('every' in wanted) return lines.every(({ account }) => account.kind === wanted.every);
  const { inOrder } = wanted;
  return (
    lines.length === inOrder.length && lines.every(({ account }, index) => account.kind === inOrder[index])
  );
}

/**
 * True when every unit sums to zero. Amounts are bounded (shared/points.ts) and lines few, so the sums stay exact.
 */
function isBalanced({ lines }: AppendInput): boolean {
  const sums = new Map<string, number>();
  for (const { account, amount } of lines) sums.set(account.unit, (sums.get(account.unit) ?? 0) + amount);
  return [...sums.values()].every((sum) => sum === 0);
}
