import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../db/postgres/store.ts';
import { StoreBusy, StoreMisuse, type Tx } from '../../db/store.ts';
import { createLedger, readHead } from '../support/ledger.ts';
import { hasPostgres } from '../support/postgres.ts';
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

    it('fails only the one that refers to what is not there, and calls it no matter of trying again', async () => {
      const ledger = createLedger({ clock: () => 0 });
      const orphan = (tx: Tx) =>
        tx.db
          .insert(tx.t.balances)
          .values({ villageId: 'nowhere', accountNumber: 1, balance: 0, floor: 0, effectiveThrough: '' })
          .returning({ id: tx.t.balances.accountNumber });
      const [before, broken, after] = await Promise.allSettled([
        test.store.transaction((tx) => ledger.openBook(tx, 'before', 'b')),
        test.store.transaction(orphan),
        test.store.transaction((tx) => ledger.openBook(tx, 'after', 'b')),
      ]);
      expect([before.status, broken.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(broken).not.toHaveProperty('reason.name', 'StoreBusy');
      const heads = await test.store.read(async (reader) => [
        await readHead(reader, 'before'),
        await readHead(reader, 'after'),
      ]);
      expect(heads.map((head) => head !== null)).toEqual([true, true]);
    });

    it('never calls work done that a caught database error has undone', async () => {
      const ledger = createLedger({ clock: () => 0 });
      await test.store.transaction((tx) => ledger.openBook(tx, 'twice', 'b1'));
      const careless = test.store.transaction(async (tx) => {
        await ledger.openBook(tx, 'careless', 'b2');
        await ledger.openBook(tx, 'twice', 'b3').catch(() => undefined);
        return 'done';
      });
      const told = await careless.catch((error: unknown) => error);
      const head = await test.store.read((reader) => readHead(reader, 'careless'));
      // After an error SQLite goes on with the transaction. PostgreSQL answers a later commit with a rollback.
      if (engine === 'sqlite') expect(told).toBe('done');
      else expect(told).toBeInstanceOf(StoreMisuse);
      expect(head !== null).toBe(told === 'done');
    });
  });
});

describe.skipIf(!hasPostgres)('the PostgreSQL store', () => {
  it('says that it is busy, with nothing written, when a lock is not to be had', async () => {
    const test = await openTestStore('postgres');
    const impatient = openPostgresStore({ url: test.databaseUrl ?? '', lockWaitMs: 100 });
    const ledger = createLedger({ clock: () => 0 });
    await test.store.transaction((tx) => ledger.openBook(tx, 'v1', 'b1'));
    let told: unknown;
    await test.store.transaction(async (tx) => {
      await tx.lockBook('v1');
      told = await impatient
        .transaction(async (other) => {
          await ledger.openBook(other, 'v2', 'b2');
          await other.lockBook('v1');
        })
        .catch((error: unknown) => error);
    });
    expect(told).toBeInstanceOf(StoreBusy);
    expect(await test.store.read((reader) => readHead(reader, 'v2'))).toBeNull();
    await impatient.close();
    await test.remove();
  });
});
