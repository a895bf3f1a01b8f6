import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store, Tx } from '../../db/store.ts';
import {
  balance,
  balancesOf,
  entries,
  goodsAccount,
  heldAccount,
  householdAccount,
  type LineInput,
  passbook,
  readHead,
  stockCostAccount,
  verify,
  villageAccount,
} from '../support/ledger.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import { ERRORS } from '../../shared/errors.ts';
import { type Answered, Book, testLedger } from '../support/books.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

/** Mistakes of other ledgers, each with the test that keeps ours from it. The numbers are those of docs/lessons.md. */
describe.each(ENGINES)('lessons of other ledgers, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('the ledger', () => {
    let test: TestStore;
    let villages = 0;
    beforeAll(async () => {
      test = await openTestStore(engine);
    });
    afterAll(() => test.remove());

    async function newBook(): Promise<Book> {
      const book = new Book(test.store, testLedger(), `lesson${String(++villages)}`);
      await book.open();
      return book;
    }
    const balanceOf = (book: Book, household: string) =>
      book.store.read((reader) => balance(reader, book.villageId, householdAccount(household)));
    const sound = async (book: Book) => {
      expect(await verify(test.store, book.villageId)).toMatchObject({ ok: true, bad: null });
    };

    it('1: a hold committed many times at once is committed once', async () => {
      const book = await newBook();
      await book.award('h1', 1000, { key: 'a' });
      await book.hold('h1', 600, { key: 'hold' });
      const sameKey = await Promise.all(
        Array.from({ length: 20 }, () => book.resolve(2, 400, { key: 'commit' })),
      );
      expect(sameKey.map(kindOf).filter((kind) => kind === 'posted')).toHaveLength(1);
      expect(sameKey.map(kindOf).filter((kind) => kind === 'replayed')).toHaveLength(19);
      expect(new Set(sameKey.map((one) => (one.ok ? one.entry.hash : ''))).size).toBe(1);
      const otherKeys = await Promise.all(
        Array.from({ length: 5 }, (_, i) => book.resolve(2, 400, { key: `other${String(i)}` })),
      );
      expect(otherKeys.map(kindOf)).toEqual(Array<string>(5).fill('ledger.hold_resolved'));
      expect(await balanceOf(book, 'h1')).toBe(600);
      await sound(book);
    });

    it('2: held points cannot be spent twice', async () => {
      const book = await newBook();
      await book.award('h1', 1000, { key: 'a' });
      const outcomes = await Promise.all([
        ...Array.from({ length: 10 }, (_, i) => book.hold('h1', 300, { key: `hold${String(i)}` })),
        ...Array.from({ length: 10 }, (_, i) => book.spend('h1', 300, { key: `spend${String(i)}` })),
      ]);
      expect(outcomes.filter((one) => one.ok)).toHaveLength(3);
      expect(await balanceOf(book, 'h1')).toBe(100);
      await sound(book);
    });

    it('4: whatever statement fails, nothing of the entry is there', async () => {
      const book = await newBook();
      let failAt = 1;
      for (; failAt < 60; failAt++) {
        const failing = failingStore(test.store, failAt);
        const attempt = new Book(failing, book.ledger, book.villageId).award('new', 100, {
          key: 'a',
          note: '新户',
        });
        const died = await attempt.then(
          () => false,
          (error: unknown) => String(error).includes('power cut'),
        );
        if (!died) break;
        const found = await test.store.read((reader) => entries(reader, book.villageId, { limit: 10 }));
        expect(found.items).toEqual([]);
        await sound(book);
      }
      expect(failAt).toBeGreaterThan(5);
      expect(await balanceOf(book, 'new')).toBe(100);
      await sound(book);
    });

    it('5, 6: keys come from the caller, a retry gets the first answer, other content is refused', async () => {
      const book = await newBook();
      const [first, second] = [
        await book.award('h1', 100, { key: 'x', note: '帮工' }),
        await book.award('h1', 100, { key: 'y', note: '帮工' }),
      ];
      expect([kindOf(first), kindOf(second)]).toEqual(['posted', 'posted']);
      const again = await book.award('h1', 100, { key: 'x', note: '帮工' });
      expect(kindOf(again)).toBe('replayed');
      expect(again.ok && first.ok && again.entry.hash === first.entry.hash).toBe(true);
      expect(kindOf(await book.award('h1', 101, { key: 'x', note: '帮工' }))).toBe('idempotency.conflict');
      expect(kindOf(await book.award('h1', 100, { key: 'x', note: '别的' }))).toBe('idempotency.conflict');
      expect(kindOf(await book.award('h1', 100, { key: 'x', day: '2026-05-02', note: '帮工' }))).toBe(
        'idempotency.conflict',
      );
      const racing = await Promise.all(
        Array.from({ length: 30 }, () => book.award('h1', 5, { key: 'race' })),
      );
      expect(racing.map(kindOf).filter((kind) => kind === 'posted')).toHaveLength(1);
      expect(await balanceOf(book, 'h1')).toBe(205);
    });

    it('8: a reversal is one new entry, happens once, and changes nothing that was', async () => {
      const book = await newBook();
      await book.award('h1', 1000, { key: 'a' });
      await book.stockIn('rice', 5, 12_501, { key: 'in' });
      await book.redeem('h1', 320, 'rice', 2, 5000, { key: 'r' });
      const before = await test.store.read((reader) => entries(reader, book.villageId, { limit: 10 }));
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, i) => book.reverse(3, { key: `undo${String(i)}` })),
      );
      expect(outcomes.map(kindOf).sort()).toEqual([
        ...Array<string>(9).fill('ledger.already_reversed'),
        'posted',
      ]);
      expect(kindOf(await book.reverse(4, { key: 'again' }))).toBe('ledger.not_reversible');
      const after = await test.store.read((reader) => entries(reader, book.villageId, { limit: 10 }));
      expect(after.items.slice(1).map((entry) => entry.hash)).toEqual(
        before.items.map((entry) => entry.hash),
      );
      const accounts = [householdAccount('h1'), goodsAccount('shelf', 'rice'), stockCostAccount('rice')];
      const balances = await test.store.read((reader) => balancesOf(reader, book.villageId, accounts));
      expect([...balances.values()].sort((a, b) => a - b)).toEqual([5, 1000, 12_501]);
      await sound(book);
    });

    it('9: a filter that cannot be answered is refused, never answered empty', async () => {
      const book = await newBook();
      const page = test.store.read((reader) =>
        passbook(reader, book.villageId, householdAccount('h1'), { before: 'nonsense', limit: 5 }),
      );
      await expect(page).rejects.toMatchObject({ code: 'request.invalid' });
    });

    it.each([0.5, Number.NaN, Infinity, 2 ** 53, 1e13, 0, -0])(
      '10: refuses %d as an amount',
      async (amount) => {
        const book = await newBook();
        expect(kindOf(await book.award('h1', amount, { key: 'a' }))).toBe('ledger.malformed');
        expect(await test.store.read((reader) => readHead(reader, book.villageId))).toMatchObject({
          number: 0,
        });
      },
    );

    it('11: one hundredth too much is unbalanced: there is no tolerance', async () => {
      const book = await newBook();
      const outcome = await book.post('award', { key: 'a' }, [
        { account: villageAccount('issued'), amount: -1000 },
        { account: householdAccount('h1'), amount: 1001 },
      ]);
      expect(kindOf(outcome)).toBe('ledger.unbalanced');
    });

    it('12: contention is worked through inside and never shown as a shortage', async () => {
      const book = await newBook();
      await Promise.all(
        Array.from({ length: 8 }, (_, i) => book.award(`h${String(i)}`, 10_000, { key: `a${String(i)}` })),
      );
      // Each entry moves two households in opposite orders: the classic deadlock, were locks not ordered.
      const swaps = await Promise.all(
        Array.from({ length: 60 }, (_, i) => {
          const [from, to] = i % 2 ? ['h1', 'h2'] : ['h2', 'h1'];
          return book.post('deduction', { key: `swap${String(i)}` }, [
            { account: householdAccount(from), amount: -10 },
            { account: householdAccount(to), amount: 10 },
          ]);
        }),
      );
      expect(new Set(swaps.map(kindOf))).toEqual(new Set(['posted']));
      expect(ERRORS['server.busy'].kind).toBe('retry');
      expect(ERRORS['ledger.points_short'].kind).toBe('refused');
      await sound(book);
    });

    it('20: one issuer and many households at once: every award once, numbers without a gap', async () => {
      const book = await newBook();
      const outcomes = await Promise.all(
        Array.from({ length: 120 }, (_, i) => book.award(`h${String(i)}`, 50, { key: `a${String(i)}` })),
      );
      const numbers = outcomes.map((one) => (one.ok ? one.entry.number : 0)).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
      const issued = await test.store.read((reader) =>
        balance(reader, book.villageId, villageAccount('issued')),
      );
      expect(issued).toBe(-6000);
      await sound(book);
    });

    it('200 redemptions at once against one balance and one shelf never go below zero', async () => {
      const book = await newBook();
      await book.award('h1', 1000, { key: 'a' });
      await book.stockIn('rice', 25, 2500, { key: 'in' });
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          book.redeem('h1', 30, 'rice', 1, 100, { key: `r${String(i)}` }),
        ),
      );
      const kinds = outcomes.map(kindOf);
      expect(kinds.filter((kind) => kind === 'posted')).toHaveLength(25);
      expect(kinds.filter((kind) => kind === 'ledger.stock_short')).toHaveLength(175);
      expect(await balanceOf(book, 'h1')).toBe(250);
      await sound(book);
    });

    it('lets a deduction pass the floor where the village says so, and a redemption never', async () => {
      const book = await newBook();
      await book.award('h1', 100, { key: 'a' });
      expect(kindOf(await book.deduct('h1', 150, { key: 'd1' }))).toBe('ledger.points_short');
      expect(kindOf(await book.deduct('h1', 150, { key: 'd2', mayPassFloor: true }))).toBe('posted');
      expect(kindOf(await book.spend('h1', 10, { key: 's' }))).toBe('ledger.points_short');
      const waived = await book.post(
        'redemption',
        { key: 's2' },
        [
          { account: householdAccount('h1'), amount: -1 },
          { account: villageAccount('redeemed'), amount: 1 },
        ],
        true,
      );
      expect(kindOf(waived)).toBe('ledger.malformed');
      expect(await balanceOf(book, 'h1')).toBe(-50);
      await sound(book);
    });

    it('refuses in the documented order', async () => {
      const book = await newBook();
      const nowhere = new Book(test.store, book.ledger, 'no-such-village');
      await book.award('h1', 100, { key: 'used' });
      const unbalanced = [
        { account: villageAccount('issued'), amount: -1 },
        { account: householdAccount('h1'), amount: 2 },
      ];
      // Each input offends several rules at once and must be refused for the first.
      expect(kindOf(await nowhere.post('award', { key: 'used', day: 'yesterday' }, unbalanced))).toBe(
        'ledger.malformed',
      );
      expect(kindOf(await nowhere.post('award', { key: 'used' }, unbalanced))).toBe('ledger.unbalanced');
      expect(kindOf(await nowhere.spend('h1', 500, { key: 'used' }))).toBe('ledger.no_book');
      expect(kindOf(await book.spend('h1', 500, { key: 'used' }))).toBe('idempotency.conflict');
      expect(kindOf(await book.spend('h1', 500, { key: 'new' }))).toBe('ledger.points_short');
      await book.hold('h1', 100, { key: 'hold' });
      expect(kindOf(await book.resolve(2, 500, { key: 'used' }))).toBe('idempotency.conflict');
      expect(kindOf(await book.resolve(2, 500, { key: 'new' }))).toBe('ledger.hold_exceeded');
      const held = await test.store.read((reader) => balance(reader, book.villageId, heldAccount('h1')));
      expect(held).toBe(100);
    });

    it('books holds, releases and reversals through their own doors alone', async () => {
      const book = await newBook();
      await book.award('h1', 300, { key: 'a' });
      await book.hold('h1', 100, { key: 'hold' });
      const move = (from: LineInput['account'], to: LineInput['account']): LineInput[] => [
        { account: from, amount: -10 },
        { account: to, amount: 10 },
      ];
      const [own, held] = [householdAccount('h1'), heldAccount('h1')];
      const post = (kind: EntryKind, lines: LineInput[]) => book.post(kind, { key: `as-${kind}` }, lines);
      expect(kindOf(await post('reversal', move(own, villageAccount('issued'))))).toBe('ledger.malformed');
      expect(kindOf(await post('release', move(held, own)))).toBe('ledger.malformed');
      expect(kindOf(await post('hold', move(own, heldAccount('h2'))))).toBe('ledger.malformed');
      expect(kindOf(await post('redemption', move(held, villageAccount('redeemed'))))).toBe(
        'ledger.malformed',
      );
      // Nor does a hold pay with what was not held.
      const spend = move(own, villageAccount('redeemed'));
      const resolved = await book.endHold(2, spend, { key: 'r' });
      expect(kindOf(resolved)).toBe('ledger.malformed');
      expect([await balanceOf(book, 'h1'), await balanceOf(book, 'h2')]).toEqual([200, 0]);
      await sound(book);
    });

    it('writes nothing when refused, so that the caller’s transaction can go on', async () => {
      const book = await newBook();
      const entry = (kind: 'award' | 'redemption', key: string, points: number) => ({
        ...book.header({ key }),
        kind,
        lines: [
          { account: householdAccount('h1'), amount: points },
          { account: villageAccount(points > 0 ? 'issued' : 'redeemed'), amount: -points },
        ],
      });
      const ends = await test.store.transaction(async (tx) => [
        await book.ledger.post(tx, entry('award', 'a', 100)),
        await book.ledger.post(tx, entry('redemption', 'b', -500)),
        await book.ledger.post(tx, entry('redemption', 'c', -50)),
      ]);
      expect(ends.map((end) => (end.ok ? 'posted' : end.code))).toEqual([
        ...['posted', 'ledger.points_short', 'posted'],
      ]);
      expect(await balanceOf(book, 'h1')).toBe(50);
      await sound(book);
    });

    it('posts a thousand awards in one commit as if one by one', async () => {
      const [many, single] = [await newBook(), await newBook()];
      const inputs = (villageId: string) =>
        Array.from({ length: 1000 }, (_, i) => ({
          villageId,
          kind: 'award' as const,
          effectiveOn: i % 3 ? '2026-05-01' : '2026-04-30',
          idempotencyKey: `a${String(i)}`,
          actorId: 'staff1',
          text: { title: 'A1', note: '' },
          lines: [
            { account: villageAccount('issued'), amount: -100 - i },
            { account: householdAccount(`h${String(i % 600)}`), amount: 100 + i },
          ],
        }));
      const first = await test.store.transaction((tx) =>
        many.ledger.postMany(tx, many.villageId, inputs(many.villageId)),
      );
      expect(first.ok && first.entries.map(({ number }) => number)).toEqual(
        Array.from({ length: 1000 }, (_, i) => i + 1),
      );
      for (const input of inputs(single.villageId).slice(0, 20))
        await test.store.transaction((tx) => single.ledger.post(tx, input));
      const [inMany, inSingle] = await test.store.read(async (reader) => [
        await entries(reader, many.villageId, { before: 21, limit: 20 }),
        await entries(reader, single.villageId, { before: 21, limit: 20 }),
      ]);
      expect(inMany.items.map((entry) => entry.lines)).toEqual(inSingle.items.map((entry) => entry.lines));
      // The journal itself lets no key in twice.
      const again = test.store.transaction((tx) =>
        many.ledger.postMany(tx, many.villageId, inputs(many.villageId).slice(0, 2)),
      );
      await expect(again).rejects.toThrow();
      await sound(many);
      await sound(single);
    });

    it('posts none of many when one is refused, and names it', async () => {
      const book = await newBook();
      await book.award('h1', 100, { key: 'a' });
      const spend = (key: string, points: number) => ({
        villageId: book.villageId,
        kind: 'redemption' as const,
        effectiveOn: '2026-05-01',
        idempotencyKey: key,
        actorId: 's',
        lines: [
          { account: householdAccount('h1'), amount: -points },
          { account: villageAccount('redeemed'), amount: points },
        ],
      });
      const outcome = await test.store.transaction((tx) =>
        book.ledger.postMany(tx, book.villageId, [spend('b', 60), spend('c', 60), spend('d', 10)]),
      );
      expect(outcome).toMatchObject({
        ok: false,
        index: 1,
        code: 'ledger.points_short',
        params: { missing: 20 },
      });
      expect(await balanceOf(book, 'h1')).toBe(100);
      const twice = test.store.transaction((tx) =>
        book.ledger.postMany(tx, book.villageId, [spend('e', 1), spend('e', 1)]),
      );
      await expect(twice).rejects.toThrow();
      expect(await balanceOf(book, 'h1')).toBe(100);
      await sound(book);
    });

    it('erases an entry’s text and still verifies', async () => {
      const book = await newBook();
      await book.award('h1', 100, { key: 'a', note: '扶起摔倒的老人' });
      await test.store.transaction((tx) => book.ledger.eraseText(tx, book.villageId, 1));
      const page = await test.store.read((reader) =>
        passbook(reader, book.villageId, householdAccount('h1'), { limit: 5 }),
      );
      expect(page.lines[0]?.text).toEqual({ title: '', note: '', erased: true });
      expect(kindOf(await book.award('h1', 100, { key: 'a', note: '扶起摔倒的老人' }))).toBe('replayed');
      await sound(book);
    });

    it('keeps villages apart', async () => {
      const [one, other] = [await newBook(), await newBook()];
      await one.award('h1', 100, { key: 'same' });
      expect(kindOf(await other.award('h1', 300, { key: 'same' }))).toBe('posted');
      expect([await balanceOf(one, 'h1'), await balanceOf(other, 'h1')]).toEqual([100, 300]);
    });
  });
});

describe.skipIf(ENGINES.some((one) => one.missing))('one history, two engines', () => {
  it('seals the same commands to the same bytes', async () => {
    const heads = [];
    for (const { engine } of ENGINES) {
      const test = await openTestStore(engine);
      const book = new Book(test.store, testLedger());
      await book.open('one-book');
      await book.award('h1', 1000, { key: 'a', note: '敬老 “爱亲”' });
      await book.stockIn('rice', 3, 8700, { key: 'in' });
      await book.redeem('h1', 320, 'rice', 1, 2900, { key: 'r', day: '2026-05-03' });
      await book.hold('h1', 100, { key: 'h', day: '2026-05-02' });
      await book.resolve(4, 40, { key: 'c' });
      await book.reverse(3, { key: 'u' });
      await book.deduct('h1', 2000, { key: 'd', mayPassFloor: true });
      heads.push(await test.store.read((reader) => readHead(reader, 'v1')));
      await test.remove();
    }
    expect(heads[0]).toMatchObject({ number: 7 });
    expect(heads[0]).toEqual(heads[1]);
  });
});

function kindOf(outcome: Answered): string {
  if (!outcome.ok) return outcome.code;
  return outcome.replay ? 'replayed' : 'posted';
}

/** A store whose transactions fail at their nth use of the database, as when the power goes. */
function failingStore(store: Store, failAt: number): Store {
  return {
    ...store,
    transaction: (work, ofVillage) =>
      store.transaction((tx) => {
        let uses = 0;
        const use = () => {
          if (++uses === failAt) throw new Error('power cut');
        };
        const failing: Tx = {
          engine: tx.engine,
          t: tx.t,
          get db() {
            use();
            return tx.db;
          },
          savepoint: (inner) => tx.savepoint(inner),
          write: async (name, build, values) => {
            use();
            return tx.write(name, build, values);
          },
          answeredWithCommit: (writes) => tx.answeredWithCommit(writes),
          pause: () => tx.pause(),
          lockBook: (villageId) => {
            use();
            return tx.lockBook(villageId);
          },
          prepared: async (name, build, values) => {
            use();
            return tx.prepared(name, build, values);
          },
          bareRows: async (name, build, values, make) => {
            use();
            return tx.bareRows(name, build, values, make);
          },
        };
        return work(failing);
      }, ofVillage),
  };
}
