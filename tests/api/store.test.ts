import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreMisuse, type Tx } from '../../db/store.ts';
import { createLedger, readHead } from '../../server/ledger/index.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

describe.each(ENGINES)('the store on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('a transaction', () => {
    let test: TestStore;
    beforeAll(async () => {
      test = await openTestStore(engine);
    });
    afterAll(() => test.remove());

    it('refuses a handle that outlived its turn', async () => {
      let kept: Tx | undefined;
      await test.store.transaction(async (tx) => {
        kept = tx;
        await tx.lockBook('none');
      });
      expect(() => kept?.db).toThrow(StoreMisuse);
    });

    it('undoes a savepoint alone', async () => {
      const ledger = createLedger({ clock: () => 0 });
      await test.store.transaction(async (tx) => {
        await ledger.openBook(tx, 'kept', 'b1');
        await tx
          .savepoint(async () => {
            await ledger.openBook(tx, 'undone', 'b2');
            throw new Error('changed my mind');
          })
          .catch(() => undefined);
      });
      const heads = await test.store.read(async (reader) => [
        await readHead(reader, 'kept'),
        await readHead(reader, 'undone'),
      ]);
      expect(heads.map((head) => head !== null)).toEqual([true, false]);
    });

    it('keeps readers from writing', async () => {
      const ledger = createLedger({ clock: () => 0 });
      await expect(
        test.store.read((reader) => ledger.openBook(reader as Tx, 'sneaky', 'b')),
      ).rejects.toThrow();
      expect(await test.store.read((reader) => readHead(reader, 'sneaky'))).toBeNull();
    });

    it('answers nobody before the neighbours’ commit, and fails only the one that failed', async () => {
      const ledger = createLedger({ clock: () => 0 });
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, i) =>
          test.store.transaction(async (tx) => {
            await ledger.openBook(tx, `batch${String(i)}`, `b${String(i)}`);
            if (i % 5 === 0) throw new Error('refused');
          }),
        ),
      );
      expect(results.map((one) => one.status === 'rejected')).toEqual(
        Array.from({ length: 20 }, (_, i) => i % 5 === 0),
      );
      const there = await test.store.read(async (reader) => {
        const found = [];
        for (let i = 0; i < 20; i++) found.push((await readHead(reader, `batch${String(i)}`)) !== null);
        return found;
      });
      expect(there).toEqual(Array.from({ length: 20 }, (_, i) => i % 5 !== 0));
    });
  });
});

describe('the SQLite store', () => {
  it('refuses work that awaits something else, and its neighbours go on', async () => {
    const test = await openTestStore('sqlite');
    const ledger = createLedger({ clock: () => 0 });
    const slow = test.store.transaction(async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await ledger.openBook(tx, 'slow', 'b');
    });
    const quick = test.store.transaction((tx) => ledger.openBook(tx, 'quick', 'b'));
    await expect(slow).rejects.toThrow(StoreMisuse);
    await quick;
    await new Promise((resolve) => setTimeout(resolve, 40));
    const heads = await test.store.read(async (reader) => [
      await readHead(reader, 'slow'),
      await readHead(reader, 'quick'),
    ]);
    expect(heads.map((head) => head !== null)).toEqual([false, true]);
    await test.remove();
  });
});
