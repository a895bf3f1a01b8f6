import type { BadRow } from '../../shared/ledger/verification.ts';
import { accountId, heldAccount, householdAccount, parseAccountId, POINT } from './accounts.ts';
import type { EntryRow, LineRow } from './journal-rows.ts';
import { NOT_REVERSIBLE, opposite } from './reverse.ts';
import type { StoredEntry } from './verify-entry.ts';
import { bad, type Check } from './verify-rows.ts';

const WAITING_MAX = 250;

/** Finds entries by their numbers; those that are not there are missing. */
export type FindEntries = (numbers: readonly number[]) => Promise<ReadonlyMap<number, StoredEntry>>;

/**
 * Reversals and resolved holds against what they name. The named entries are fetched for many at once; they
 * come earlier in the book, so that they have been verified by then.
 */
export class References {
  private readonly find: FindEntries;
  private readonly named = new Set<string>();
  private waiting: StoredEntry[] = [];

  constructor(find: FindEntries) {
    this.find = find;
  }

  get isFull(): boolean {
    return this.waiting.length >= WAITING_MAX;
  }

  /** Checks what an entry says by itself, and keeps it for `settle` if it names another. */
  add(entry: StoredEntry): BadRow | null {
    const { number, kind, reversesNumber, resolvesNumber } = entry.header;
    if (reversesNumber === null && resolvesNumber === null) {
      return kind === 'reversal' || kind === 'release' ? misnamed(entry.header, '') : null;
    }
    const isReversal = reversesNumber !== null;
    const kindFits = isReversal ? kind === 'reversal' : kind === 'release' || kind === 'redemption';
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

  /** Checks all that wait; the first that does not fit. */
  async settle(): Promise<BadRow | null> {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return null;
    const numbers = waiting.map(({ header }) => header.reversesNumber ?? header.resolvesNumber ?? 0);
    const targets = await this.find(numbers);
    for (const [index, entry] of waiting.entries()) {
      const target = targets.get(numbers[index] ?? 0);
      const wrong = target ? checkReference(entry, target) : misnamed(entry.header, '');
      if (wrong) return wrong;
    }
    return null;
  }
}

function checkReference(entry: StoredEntry, target: StoredEntry): BadRow | null {
  const { header } = entry;
  if (header.reversesNumber !== null) {
    if (NOT_REVERSIBLE.has(target.header.kind)) return misnamed(header, target.header.kind);
    const expected = opposite(target.lines).map(({ account, amount }) => ({
      accountId: accountId(account),
      amount,
    }));
    return sameMoves(expected, entry.lines) ? null : misnamed(header, describe(entry.lines));
  }
  if (target.header.kind !== 'hold') return misnamed(header, target.header.kind);
  return resolvesHold(entry, target) ? null : misnamed(header, describe(entry.lines));
}

/** All that was held leaves the held account; what the household gets back and what is spent make it up. */
function resolvesHold({ header, lines }: StoredEntry, hold: StoredEntry): boolean {
  const held = hold.lines.find((line) => line.amount > 0);
  const account = held && parseAccountId(held.accountId);
  if (!held || account?.kind !== 'held') return false;
  const taken = lines.find((line) => line.accountId === accountId(heldAccount(account.ownerId)));
  if (taken?.amount !== -held.amount) return false;
  const back = lines.find((line) => line.accountId === accountId(householdAccount(account.ownerId)));
  if (header.kind === 'release') return lines.length === 2 && back?.amount === held.amount;
  return (back?.amount ?? 0) >= 0 && lines.every((line) => line === taken || !isTaken(line));
}

/** Whether points leave some household: in a redemption out of a hold only the held points may. */
function isTaken({ accountId: id, amount, unit }: LineRow): boolean {
  const kind = parseAccountId(id)?.kind;
  return unit === POINT && amount < 0 && (kind === 'household' || kind === 'held');
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
