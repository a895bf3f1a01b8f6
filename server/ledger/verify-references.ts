import type { BadRow } from '../../shared/ledger/verification.ts';
import { accountId, splitAccountId } from './account-kind.ts';
import { isReversible } from './entry-kind.ts';
import type { EntryRow, LineRow } from './journal-rows.ts';
import { entryKindOf, type LedgerKinds, parseAccountId, returnAccount } from './kind-registry.ts';
import { opposite } from './reverse.ts';
import { bad, type Check, type StoredEntry } from './verify-entry.ts';

const WAITING_MAX = 250;

/** Finds entries by their numbers; those that are not there are missing. */
export type FindEntries = (numbers: readonly number[]) => Promise<ReadonlyMap<number, StoredEntry>>;

/**
 * Checks reversals and resolved holds against the entries they name. Named entries are fetched for many at once;
 * they come earlier in the book, so that they have been verified by then.
 */
export class References {
  private readonly kinds: LedgerKinds;
  private readonly find: FindEntries;
  private readonly named = new Set<string>();
  private waiting: StoredEntry[] = [];

  constructor(kinds: LedgerKinds, find: FindEntries) {
    this.kinds = kinds;
    this.find = find;
  }

  get isFull(): boolean {
    return this.waiting.length >= WAITING_MAX;
  }

  /** Checks an entry by itself, and keeps it for `settle` if it names another. */
  add(entry: StoredEntry): BadRow | null {
    const { number, kind, reversesNumber, resolvesNumber } = entry.header;
    if (reversesNumber === null && resolvesNumber === null) {
      return kind === 'reversal' || kind === 'release' ? misnamed(entry.header, '') : null;
    }
    const isReversal = reversesNumber !== null;
    const kindFits = isReversal ? kind === 'reversal' : entryKindOf(this.kinds, kind)?.endsHold === true;
    const target = reversesNumber ?? resolvesNumber ?? 0;
    if (!kindFits || (isReversal && resolvesNumber !== null) || target >= number || target < 1) {
      return misnamed(entry.header, kind);
    }
    const name = `${isReversal ? 'reverses' : 'resolves'} ${target}`;
    if (this.named.has(name)) return misnamed(entry.header, name);
    this.named.add(name);
    this.waiting.push(entry);
    return null;
  }

  /** Checks the entries that wait, and finds the first that does not fit. */
  async settle(): Promise<BadRow | null> {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return null;
    const numbers = waiting.map(({ header }) => header.reversesNumber ?? header.resolvesNumber ?? 0);
    const targets = await this.find(numbers);
    for (const [index, entry] of waiting.entries()) {
      const target = targets.get(numbers[index] ?? 0);
      const wrong = target ? checkReference(this.kinds, entry, target) : misnamed(entry.header, '');
      if (wrong) return wrong;
    }
    return null;
  }
}

function checkReference(kinds: LedgerKinds, entry: StoredEntry, target: StoredEntry): BadRow | null {
  const { header } = entry;
  if (header.reversesNumber !== null) {
    if (!isReversible(target.header.kind)) return misnamed(header, target.header.kind);
    const expected = opposite(kinds, target.lines).map(({ account, amount }) => ({
      accountId: accountId(account),
      amount,
    }));
    return sameMoves(expected, entry.lines) ? null : misnamed(header, describe(entry.lines));
  }
  if (target.header.kind !== 'hold') return misnamed(header, target.header.kind);
  return resolvesHold(kinds, entry, target) ? null : misnamed(header, describe(entry.lines));
}

/** True when the whole held amount leaves the holding account, and the amounts spent and given back make it up. */
function resolvesHold(kinds: LedgerKinds, { header, lines }: StoredEntry, hold: StoredEntry): boolean {
  const held = hold.lines.find((line) => line.amount > 0);
  const into = held && parseAccountId(kinds, held.accountId);
  if (!held || !into) return false;
  const from = returnAccount(kinds, into);
  if (from === into) return false;
  const taken = lines.find((line) => line.accountId === held.accountId);
  if (taken?.amount !== -held.amount) return false;
  const back = lines.find((line) => line.accountId === accountId(from));
  if (header.kind === 'release') return lines.length === 2 && back?.amount === held.amount;
  // In an entry that spends a hold only the held amount may leave accounts of these kinds.
  const isTaken = ({ accountId: id, amount, unit }: LineRow) => {
    const kind = splitAccountId(id)?.kind;
    return unit === into.unit && amount < 0 && (kind === from.kind || kind === into.kind);
  };
  return (back?.amount ?? 0) >= 0 && lines.every((line) => line === taken || !isTaken(line));
}

function sameMoves(
  expected: readonly { accountId: string; amount: number }[],
  lines: readonly LineRow[],
): boolean {
  if (expected.length !== lines.length) return false;
  const amounts = new Map(lines.map((line) => [line.accountId, line.amount]));
  return expected.every((move) => amounts.get(move.accountId) === move.amount);
}

function misnamed(header: EntryRow, found: string): BadRow {
  const check: Check = header.kind === 'reversal' || header.reversesNumber !== null ? 'reversal' : 'hold';
  const target = header.reversesNumber ?? header.resolvesNumber;
  return bad('journal', { check, number: header.number, expected: target, found });
}

function describe(lines: readonly LineRow[]): string {
  return lines.map((line) => `${line.accountId} ${line.amount}`).join(', ');
}
