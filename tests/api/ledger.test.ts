import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Book, testLedger } from '../support/books.ts';
import { balance, balanceOn, householdAccount, passbook } from '../support/ledger.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

describe.each(ENGINES.map((e) => [e.engine, e.missing] as const))('ledger on %s', (engine, missing) => {
  describe.skipIf(missing)('posting', () => {
    let test: TestStore;
    let book: Book;
    beforeAll(async () => {
      test = await openTestStore(engine);
      book = new Book(test.store, testLedger());
      await book.open();
    });
    afterAll(() => test.remove());

    const award = (key: string, points: number, day = '2026-05-01', household = 'h1') =>
      book.award(household, points, { key, day, note: '' });

    it('moves points, replays a key and refuses its reuse', async () => {
      const first = await award('k1', 500);
      expect(first).toMatchObject({ ok: true, replay: false, entry: { number: 1 } });
      expect(await award('k1', 500)).toMatchObject({ ok: true, replay: true, entry: { number: 1 } });
      expect(await award('k1', 600)).toMatchObject({ ok: false, code: 'idempotency.conflict' });
      await award('k2', 300, '2026-05-03');
      await award('k3', 100, '2026-05-02');
      const [now, onThe2nd, page] = await test.store.read(async (reader) => [
        await balance(reader, 'v1', householdAccount('h1')),
        await balanceOn(reader, 'v1', householdAccount('h1'), '2026-05-02'),
        await passbook(reader, 'v1', householdAccount('h1'), { limit: 2 }),
      ]);
      expect(now).toBe(900);
      expect(onThe2nd).toBe(600);
      expect(page.lines.map((line) => line.balanceAfter)).toEqual([900, 800]);
      expect(page.next).not.toBeNull();
    });

    it('survives 200 simultaneous awards with gapless numbers', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          award(`many${String(i)}`, 100, '2026-05-04', `h${String(i % 7)}`),
        ),
      );
      const numbers = outcomes.map((one) => (one.ok ? one.entry.number : 0)).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => 4 + i));
    });
  });
});
