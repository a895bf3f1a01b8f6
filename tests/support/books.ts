import type { Store } from '../../db/store.ts';
import { type Call, given, runCommand } from '../../server/commands/index.ts';
import { inputHash } from '../../server/http/canonical.ts';
import { onceForKey } from '../../server/http/idempotency.ts';
import { Refusal } from '../../shared/errors.ts';
import { endHold, postEntry, reverseEntry } from './entry-commands.ts';
import {
  createLedger,
  type Entry,
  type EntryInput,
  type FactInput,
  goodsAccount,
  heldAccount,
  householdAccount,
  type Ledger,
  type LedgerRefusal,
  type LineInput,
  stockCostAccount,
  villageAccount,
} from './ledger.ts';

/** A ledger whose clock and salts repeat, so that the books of two engines can be compared byte by byte. */
export function testLedger(nowMs = 1_760_000_000_000): Ledger {
  let atMs = nowMs;
  let salts = 0;
  return createLedger({
    clock: () => (atMs += 1000),
    guardsClock: false,
    newSalt: () => (salts += 1).toString(16).padStart(32, '0'),
  });
}

/** A ledger for one command: deciding it once more gives the same entries again. */
export function ledgerOfCommand(bookedAtMs: number): Ledger {
  const salt = bookedAtMs.toString(16).padStart(32, '0');
  return createLedger({ clock: () => bookedAtMs, guardsClock: false, newSalt: () => salt });
}

export interface Common {
  readonly villageId?: string;
  readonly key: string;
  readonly day?: string;
  readonly note?: string;
  readonly facts?: readonly FactInput[];
}

/** The answer to a command. `replay`: it was given before, and this is the first answer again. */
export type Answered = { readonly ok: true; readonly entry: Entry; readonly replay: boolean } | LedgerRefusal;

/** Short commands that post to the ledger like the domains do, each done once for its key. */
export class Book {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly villageId: string;

  constructor(store: Store, ledger: Ledger, villageId = 'v1') {
    this.store = store;
    this.ledger = ledger;
    this.villageId = villageId;
  }

  open(bookId = `book-of-${this.villageId}`): Promise<void> {
    return this.store.transaction((tx) => this.ledger.openBook(tx, this.villageId, bookId));
  }

  award(household: string, points: number, common: Common): Promise<Answered> {
    return this.post('award', common, [
      { account: villageAccount('issued'), amount: -points },
      { account: householdAccount(household), amount: points },
    ]);
  }

  deduct(household: string, points: number, common: Common & { mayPassFloor?: boolean }): Promise<Answered> {
    return this.post(
      'deduction',
      common,
      [
        { account: householdAccount(household), amount: -points },
        { account: villageAccount('deducted'), amount: points },
      ],
      common.mayPassFloor,
    );
  }

  /** Redeems points without goods, like for a service. */
  spend(household: string, points: number, common: Common): Promise<Answered> {
    return this.post('redemption', common, [
      { account: householdAccount(household), amount: -points },
      { account: villageAccount('redeemed'), amount: points },
    ]);
  }

  stockIn(goods: string, pieces: number, costFen: number, common: Common): Promise<Answered> {
    return this.post('stock_in', common, [
      { account: goodsAccount('supplier', goods), amount: -pieces },
      { account: goodsAccount('shelf', goods), amount: pieces },
      { account: villageAccount('funding'), amount: -costFen },
      { account: stockCostAccount(goods), amount: costFen },
    ]);
  }

  redeem(
    household: string,
    points: number,
    goods: string,
    pieces: number,
    costFen: number,
    common: Common,
  ): Promise<Answered> {
    return this.post('redemption', common, [
      { account: householdAccount(household), amount: -points },
      { account: villageAccount('redeemed'), amount: points },
      ...handOut(goods, pieces, costFen),
    ]);
  }

  hold(household: string, points: number, common: Common): Promise<Answered> {
    const [from, into] = [householdAccount(household), heldAccount(household)];
    const input = { ...this.header(common), from, into, amount: points };
    return this.give(common, postEntry.with(this.ledger.draftHold(input), this.ledger), ['hold', input]);
  }

  resolve(holdNumber: number, spentPoints: number, common: Common): Promise<Answered> {
    const spend = spentPoints > 0 ? [{ account: villageAccount('redeemed'), amount: spentPoints }] : [];
    return this.endHold(holdNumber, spend, common);
  }

  endHold(holdNumber: number, spend: readonly LineInput[], common: Common): Promise<Answered> {
    const input = { ...this.header(common), holdNumber, kind: 'redemption' as const, spend };
    return this.give(common, endHold.with(input, this.ledger), ['resolve', input]);
  }

  reverse(number: number, common: Common & { mayPassFloor?: boolean }): Promise<Answered> {
    const input = { ...this.header(common), number, mayPassFloor: common.mayPassFloor ?? false };
    return this.give(common, reverseEntry.with(input, this.ledger), ['reverse', input]);
  }

  post(
    kind: EntryInput['kind'],
    common: Common,
    lines: LineInput[],
    mayPassFloor?: boolean,
  ): Promise<Answered> {
    const entry = { ...this.header(common), kind, lines, ...(mayPassFloor ? { mayPassFloor } : {}) };
    return this.give(common, postEntry.with(entry, this.ledger), ['post', entry]);
  }

  /** Names the village, so that the transaction may share a commit, like the queue of commands does. */
  private async give({ key }: Common, call: Call<Entry>, input: unknown): Promise<Answered> {
    const { villageId } = this;
    const command = { villageId, key, route: 'proposals.decide', actorId: 'staff1', nowMs: 0 } as const;
    const once = onceForKey<Answered>({ ...command, inputHash: inputHash(input) }, call, {
      fresh: (entry) => ({ outcome: { ok: true, entry: entry as Entry, replay: false }, kept: entry }),
      again: (entry) => given({ ok: true, entry: entry as Entry, replay: true }),
    });
    try {
      return await this.store.transaction((tx) => runCommand(tx, villageId, once), villageId);
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, code: error.code, params: error.params };
      throw error;
    }
  }

  header({ key, day, note, facts }: Common) {
    return {
      villageId: this.villageId,
      effectiveOn: day ?? '2026-05-01',
      idempotencyKey: key,
      actorId: 'staff1',
      ...(note === undefined ? {} : { text: { title: '测试', note } }),
      ...(facts ? { facts } : {}),
    };
  }
}

function handOut(goods: string, pieces: number, costFen: number): LineInput[] {
  const lines: LineInput[] = [
    { account: goodsAccount('shelf', goods), amount: -pieces },
    { account: goodsAccount('given', goods), amount: pieces },
  ];
  if (costFen !== 0) {
    lines.push(
      { account: stockCostAccount(goods), amount: -costFen },
      { account: villageAccount('cost'), amount: costFen },
    );
  }
  return lines;
}
