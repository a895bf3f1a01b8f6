import type { Store } from '../../db/store.ts';
import {
  type FactInput,
  goodsAccount,
  householdAccount,
  type Ledger,
  type LineInput,
  orRefuse,
  stockCostAccount,
  type PostOutcome,
  villageAccount,
} from './ledger.ts';
import { createVillage } from '../../server/village/index.ts';
import { Book, testLedger } from './books.ts';

/**
 * A village with a book in which every kind of entry occurs, and facts of every form; the same on every engine, to the
 * last byte.
 */
export async function writeFullBook(
  store: Store,
  villageId = 'v1',
  ledger: Ledger = testLedger(),
): Promise<Book> {
  const book = new Book(store, ledger, villageId);
  await store.transaction((tx) =>
    createVillage(tx, ledger, {
      id: villageId,
      bookId: `book-of-${villageId}`,
      name: '古旦村',
      town: '古旦镇',
      isDemo: false,
      nowMs: 1_760_000_000_000,
    }),
  );
  const must = async (posting: Promise<PostOutcome>) => orRefuse(await posting).entry.number;
  await must(opening(book, ['h1', 'h2', 'h3', 'h4']));
  await must(book.stockIn('rice', 40, 101_001, { key: 'in', day: '2026-01-05', note: '县里拨的米' }));
  await must(book.stockIn('soap', 25, 4_999, { key: 'in2', day: '2026-01-05' }));
  // First awards of the same amount: nothing but the account tells such lines apart.
  for (const household of ['h5', 'h6', 'h7']) {
    await must(
      book.award(household, 500, {
        key: `first-${household}`,
        day: '2026-02-01',
        note: '义务劳动',
        facts: ruled(`staff-of-${household}`),
      }),
    );
  }
  const taken = await must(
    book.award('h1', 250, {
      key: 'wrong',
      day: '2026-02-02',
      note: '=记错了; "引号"\\, @户\n第二行',
      facts: [...ruled('staff2'), { name: 'heard', value: '', ownerId: 'h1' }],
    }),
  );
  await must(book.award('h2', 1250, { key: 'late', day: '2026-01-20', note: '补记 | 上月：助学' }));
  const seen = { name: 'seen', value: '卡 48120675930146527718', ownerId: 'h2' };
  const handedOut = { name: 'lines', value: '[["rice",3,300]]' };
  await must(
    book.redeem('h2', 900, 'rice', 3, 7575, {
      key: 'red',
      day: '2026-02-03',
      note: '大米',
      facts: [seen, handedOut],
    }),
  );
  const undone = await must(book.redeem('h5', 300, 'soap', 2, 399, { key: 'red2', day: '2026-02-03' }));
  await must(book.reverse(undone, { key: 'undo', day: '2026-02-03', note: '拿错了' }));
  await must(book.reverse(taken, { key: 'correct', day: '2026-02-04', note: '冲正' }));
  const held = await must(book.hold('h6', 400, { key: 'hold', day: '2026-02-05', note: '留一袋米' }));
  await must(book.resolve(held, 250, { key: 'fetch', day: '2026-02-06' }));
  const dropped = await must(book.hold('h7', 100, { key: 'hold2', day: '2026-02-06' }));
  await must(book.resolve(dropped, 0, { key: 'drop', day: '2026-02-07', note: '不要了' }));
  await must(
    book.deduct('h3', 700, { key: 'below', day: '2026-02-08', mayPassFloor: true, note: '乱倒垃圾' }),
  );
  await must(book.award('h3', 100, { key: 'up', day: '2026-02-09', note: '改好了' }));
  await must(stocktake(book));
  const told = (value: string) => ({ name: 'told', value, ownerId: 'h4' });
  const erased = await must(
    book.award('h4', 50, {
      key: 'erase',
      day: '2026-02-10',
      note: '要删的话',
      facts: [told('要删的事'), ...ruled('staff2')],
    }),
  );
  await store.transaction(async (tx) => {
    await ledger.eraseText(tx, villageId, erased);
    await ledger.eraseFactsOf(tx, villageId, 'h4');
  });
  await must(
    book.award('h4', 75, { key: 'last', day: '2026-02-10', note: '照顾老人', facts: [told('邻居说的')] }),
  );
  return book;
}

function ruled(staffId: string): FactInput[] {
  return [
    { name: 'rule', value: `rule-of-${staffId}@2` },
    { name: 'proposedBy', value: staffId },
  ];
}

function opening(book: Book, households: readonly string[]): Promise<PostOutcome> {
  const lines: LineInput[] = households.map((id) => ({ account: householdAccount(id), amount: 600 }));
  return post(book, 'opening', 'open', [
    { account: villageAccount('opening'), amount: -600 * households.length },
    ...lines,
  ]);
}

function stocktake(book: Book): Promise<PostOutcome> {
  return post(book, 'stocktake', 'count', [
    { account: goodsAccount('shelf', 'soap'), amount: -1 },
    { account: goodsAccount('adjusted', 'soap'), amount: 1 },
    { account: stockCostAccount('soap'), amount: -200 },
    { account: villageAccount('cost'), amount: 200 },
  ]);
}

function post(
  book: Book,
  kind: 'opening' | 'stocktake',
  key: string,
  lines: LineInput[],
): Promise<PostOutcome> {
  const { store, ledger, villageId } = book;
  const day = kind === 'opening' ? '2026-01-01' : '2026-02-09';
  return store.transaction((tx) =>
    ledger.post(tx, {
      villageId,
      kind,
      effectiveOn: day,
      idempotencyKey: key,
      actorId: 'staff1',
      source: kind === 'opening' ? `import:${key}` : `stocktake:${key}`,
      lines,
    }),
  );
}
