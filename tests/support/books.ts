import type { Store, Tx } from '../../db/store.ts';
import {
  createLedger,
  type FactInput,
  goodsAccount,
  heldAccount,
  householdAccount,
  type Ledger,
  type LineInput,
  type PostOutcome,
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

export interface Common {
  readonly villageId?: string;
  readonly key: string;
  readonly day?: string;
  readonly note?: string;
  readonly facts?: readonly FactInput[];
}

/** Short commands that post to the ledger like the domains do. */
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

  award(household: string, points: number, common: Common): Promise<PostOutcome> {
    return this.post('award', common, [
      { account: villageAccount('issued'), amount: -points },
      { account: householdAccount(household), amount: points },
    ]);
  }

  deduct(
    household: string,
    points: number,
    common: Common & { mayPassFloor?: boolean },
  ): Promise<PostOutcome> {
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
  spend(household: string, points: number, common: Common): Promise<PostOutcome> {
    return this.post('redemption', common, [
      { account: householdAccount(household), amount: -points },
      { account: villageAccount('redeemed'), amount: points },
    ]);
  }

  stockIn(goods: string, pieces: number, costFen: number, common: Common): Promise<PostOutcome> {
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
  ): Promise<PostOutcome> {
    return this.post('redemption', common, [
      { account: householdAccount(household), amount: -points },
      { account: villageAccount('redeemed'), amount: points },
      ...handOut(goods, pieces, costFen),
    ]);
  }

  hold(household: string, points: number, common: Common): Promise<PostOutcome> {
    const [from, into] = [householdAccount(household), heldAccount(household)];
    return this.act((tx) => this.ledger.hold(tx, { ...this.header(common), from, into, amount: points }));
  }

  resolve(holdNumber: number, spentPoints: number, common: Common): Promise<PostOutcome> {
    const spend = spentPoints > 0 ? [{ account: villageAccount('redeemed'), amount: spentPoints }] : [];
    return this.act((tx) =>
      this.ledger.resolveHold(tx, { ...this.header(common), holdNumber, kind: 'redemption', spend }),
    );
  }

  reverse(number: number, common: Common & { mayPassFloor?: boolean }): Promise<PostOutcome> {
    const mayPassFloor = common.mayPassFloor ?? false;
    return this.act((tx) => this.ledger.reverse(tx, { ...this.header(common), number, mayPassFloor }));
  }

  post(
    kind: 'award' | 'deduction' | 'stock_in' | 'redemption',
    common: Common,
    lines: LineInput[],
    mayPassFloor?: boolean,
  ): Promise<PostOutcome> {
    return this.act((tx) =>
      this.ledger.post(tx, {
        ...this.header(common),
        kind,
        lines,
        ...(mayPassFloor ? { mayPassFloor } : {}),
      }),
    );
  }

  /** Names the village, so that the transaction may share a commit, like the kernel does. */
  private act(work: (tx: Tx) => Promise<PostOutcome>): Promise<PostOutcome> {
    return this.store.transaction(work, this.villageId);
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
