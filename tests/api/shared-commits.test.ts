import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { values } from '../../db/copy/read.ts';
import { openStore, OutcomeUnknown, type Store, StoreBusy, StoreMisuse, type Tx } from '../../db/index.ts';
import { openPostgresStore } from '../../db/postgres/store.ts';
import { householdAccount, readHead, verify, villageAccount } from '../support/ledger.ts';
import { openProxy } from '../faults/proxy.ts';
import { Book, testLedger } from '../support/books.ts';
import { hasPostgres } from '../support/postgres.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const VILLAGE = 'v1';
const WORKS = 40;
const each = <T>(act: (index: number) => T): T[] => Array.from({ length: WORKS }, (_, index) => act(index));

describe.each(ENGINES)('works that share a commit on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('in one village', () => {
    let test: TestStore;
    let store: Store;
    let book: Book;
    let commits: number[];
    beforeEach(async () => {
      test = await openTestStore(engine);
      commits = [];
      const observer = { opened: () => undefined, committed: (works: number) => void commits.push(works) };
      store = await openStore({ dataDir: test.dataDir, databaseUrl: test.databaseUrl, observer });
      book = new Book(store, testLedger(), VILLAGE);
      await book.open();
      commits = [];
    });
    afterEach(async () => {
      await store.close();
      await test.remove();
    });

    const act = <T>(work: (tx: Tx) => Promise<T>) => store.transaction(work, VILLAGE);
    const lastNumber = async () => (await store.read((reader) => readHead(reader, VILLAGE)))?.number;
    const post = (tx: Tx, key: string) =>
      book.ledger.post(tx, {
        ...book.header({ key }),
        kind: 'award',
        lines: [
          { account: villageAccount('issued'), amount: -100 },
          { account: householdAccount('h1'), amount: 100 },
        ],
      });

    it('all stand, in their order and without a gap, with fewer commits than works', async () => {
      const posted = await Promise.all(
        each((index) => book.award(`h${index % 7}`, 100, { key: `k${index}` })),
      );
      expect(posted.map((one) => one.ok && one.entry.number)).toEqual(each((index) => index + 1));
      expect(commits.reduce((sum, works) => sum + works, 0)).toBe(WORKS);
      expect(commits.length).toBeLessThan(WORKS / 2);
      expect((await verify(store, VILLAGE)).ok).toBe(true);
    });

    it('a work that fails after writing takes nothing of its neighbours with it', async () => {
      const told = await Promise.allSettled(
        each((index) =>
          act(async (tx) => {
            await post(tx, `k${index}`);
            if (index % 5 === 0) throw new Error('changed my mind');
          }),
        ),
      );
      expect(told.map(({ status }) => status === 'rejected')).toEqual(each((index) => index % 5 === 0));
      expect(await lastNumber()).toBe((WORKS * 4) / 5);
      expect((await verify(store, VILLAGE)).ok).toBe(true);
    });

    it('nor does one that the database itself refuses, at once or only at the commit', async () => {
      await book.award('h1', 100, { key: 'first' });
      const again = (tx: Tx) => book.ledger.openBook(tx, VILLAGE, 'another');
      // A line whose entry never comes: lines go before their entry, so that is found out at the commit.
      const line = { number: 999, line: 1, accountNumber: 2 };
      const stray = { ...line, amount: 1, balanceAfter: 1, effectiveOn: '', effectiveThrough: '' };
      const orphan = (tx: Tx) =>
        tx.db
          .insert(tx.t.postings)
          .values({ villageId: VILLAGE, ...stray })
          .returning({ line: tx.t.postings.line });
      const told = await Promise.allSettled(
        each((index) => {
          if (index === 10) return act(again);
          return index === 20 ? act(orphan) : act((tx) => post(tx, `k${index}`));
        }),
      );
      expect(told.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([10, 20]);
      for (const index of [10, 20]) expect(told[index]).not.toHaveProperty('reason.name', 'StoreBusy');
      expect(await lastNumber()).toBe(1 + WORKS - 2);
      expect((await verify(store, VILLAGE)).ok).toBe(true);
    });

    it('nor does one that caught an error of the database and called itself done', async () => {
      const careless = async (tx: Tx) => {
        await post(tx, 'careless');
        await book.ledger.openBook(tx, VILLAGE, 'another').catch(() => undefined);
      };
      const told = await Promise.allSettled(
        each((index) => act<unknown>((tx) => (index === 10 ? careless(tx) : post(tx, `k${index}`)))),
      );
      const stood = told.filter(({ status }) => status === 'fulfilled').length;
      // After an error SQLite goes on with the transaction. PostgreSQL answers a later commit with a rollback.
      expect(told[10]).toMatchObject(
        engine === 'sqlite' ? { status: 'fulfilled' } : { reason: expect.any(StoreMisuse) as unknown },
      );
      expect(stood).toBe(engine === 'sqlite' ? WORKS : WORKS - 1);
      expect(await lastNumber()).toBe(stood);
    });

    it('nor does one that left a failed statement behind it', async () => {
      const hasty = async (tx: Tx) => {
        await post(tx, 'hasty');
        book.ledger.openBook(tx, VILLAGE, 'another').catch(() => undefined);
      };
      const told = await Promise.allSettled(
        each((index) => act<unknown>((tx) => (index === 10 ? hasty(tx) : post(tx, `k${index}`)))),
      );
      const failed = told.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
      expect(failed).toEqual(engine === 'sqlite' ? [] : [10]);
      expect(await lastNumber()).toBe(WORKS - failed.length);
      expect((await verify(store, VILLAGE)).ok).toBe(true);
    });

    it('one that waits for something else is refused, and its neighbours go on', async () => {
      const slow = act(async (tx) => {
        await post(tx, 'before');
        await new Promise((resolve) => setTimeout(resolve, 20));
        await post(tx, 'after');
      });
      const others = each((index) => act((tx) => post(tx, `k${index}`)));
      await expect(slow).rejects.toThrow(StoreMisuse);
      await Promise.all(others);
      await new Promise((resolve) => setTimeout(resolve, 40));
      expect(await lastNumber()).toBe(WORKS);
    });

    it('one that pauses goes on in its own transaction, and readers are answered meanwhile', async () => {
      let seen: number | undefined;
      const large = act(async (tx) => {
        await post(tx, 'before');
        setTimeout(() => void lastNumber().then((number) => (seen = number)), 1);
        while (seen === undefined) await tx.pause();
        await post(tx, 'after');
      });
      const others = each((index) => act((tx) => post(tx, `k${index}`)));
      await Promise.all([large, ...others]);
      expect(seen).toBe(0);
      expect(await lastNumber()).toBe(WORKS + 2);
    });

    it('those that wait are finished when the store is closed, and who comes later is refused', async () => {
      const early = each((index) => book.award('h1', 100, { key: `k${index}` }));
      const closing = store.close();
      await expect(book.award('h1', 100, { key: 'late' })).rejects.toThrow('closed');
      await closing;
      expect((await Promise.all(early)).every(({ ok }) => ok)).toBe(true);
      expect((await verify(test.store, VILLAGE)).entries).toBe(WORKS);
    });
  });
});

describe.skipIf(!hasPostgres)('works that share commits on PostgreSQL', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await openTestStore('postgres');
  });
  afterEach(() => test.remove());

  it('keep out of the way of other processes and of works alone, in several villages', async () => {
    const villages = ['v1', 'v2', 'v3'];
    const stores = [test.store, await test.openAgain(), await test.openAgain()];
    const ledger = testLedger();
    for (const village of villages) await new Book(test.store, ledger, village).open();
    const all = stores.flatMap((store, process) =>
      villages.flatMap((village) => {
        const book = new Book(store, ledger, village);
        const alone = new Book({ ...store, transaction: (work) => store.transaction(work) }, ledger, village);
        // All processes use every second key at the same moment.
        const key = (index: number) => (index % 2 === 0 ? `k${index}` : `k${index}-${process}`);
        return each((index) => (index % 8 < 7 ? book : alone).award('h1', 100, { key: key(index) }));
      }),
    );
    expect((await Promise.all(all)).every(({ ok }) => ok)).toBe(true);
    for (const village of villages) {
      const { ok, entries } = await verify(test.store, village);
      expect({ ok, entries }).toEqual({ ok: true, entries: WORKS / 2 + (stores.length * WORKS) / 2 });
    }
  });

  it('run one after another where their commit was refused, and keep no connections from others', async () => {
    const store = openPostgresStore({ url: test.databaseUrl ?? '' });
    const book = new Book(store, testLedger(), VILLAGE);
    await book.open();
    await book.award('h1', 100, { key: 'first' });
    const line = { number: 999, line: 1, accountNumber: 2 };
    const orphan = (tx: Tx) =>
      tx.db
        .insert(tx.t.postings)
        .values({
          villageId: VILLAGE,
          ...line,
          amount: 1,
          balanceAfter: 1,
          effectiveOn: '',
          effectiveThrough: '',
        })
        .returning({ line: tx.t.postings.line });
    const runs = each(() => 0);
    const atWork: number[] = [];
    const count = (index: number) => async (tx: Tx) => {
      runs[index] = (runs[index] ?? 0) + 1;
      const [row] = await values(
        tx,
        sql`select count(*) from pg_stat_activity
          where datname = current_database() and application_name = 'jishan' and state <> 'idle'`,
      );
      atWork.push(Number(row?.[0]));
    };
    const told = await Promise.allSettled(
      each((index) => store.transaction<unknown>(index === 10 ? orphan : count(index), VILLAGE)),
    );
    expect(told.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([10]);
    expect(Math.max(...runs)).toBe(2);
    // One of them, and the queue's next.
    expect(Math.max(...atWork)).toBeLessThanOrEqual(2);
    await store.close();
  });

  it('are refused with the one in front that waited for the book in vain', async () => {
    await new Book(test.store, testLedger(), VILLAGE).open();
    const holder = Promise.withResolvers<undefined>();
    const held = Promise.withResolvers<undefined>();
    const holding = test.store.transaction(async (tx) => {
      await tx.lockBook(VILLAGE);
      held.resolve(undefined);
      await holder.promise;
    });
    await held.promise;
    const impatient = openPostgresStore({ url: test.databaseUrl ?? '', lockWaitMs: 600 });
    let settled = 0;
    const ask = () =>
      expect(impatient.transaction(() => Promise.resolve(), VILLAGE))
        .rejects.toThrow(StoreBusy)
        .finally(() => (settled += 1));
    try {
      const first = ask();
      await new Promise((resolve) => setTimeout(resolve, 50));
      const second = ask();
      await first;
      await new Promise((resolve) => setImmediate(resolve));
      // The second request fails together with the first and does not wait on its own.
      expect(settled).toBe(2);
      await second;
    } finally {
      holder.resolve(undefined);
      await holding;
      await impatient.close();
    }
  });

  it('all hear that nobody knows when their commit is lost, and their keys tell', async () => {
    const road = await openProxy(test.databaseUrl ?? '');
    const store = await openStore({ dataDir: test.dataDir, databaseUrl: road.url });
    const book = new Book(store, testLedger(), VILLAGE);
    await book.open();
    const award = (index: number) => book.award('h1', 100, { key: `k${index}` });
    try {
      for (const which of ['before', 'after'] as const) {
        const before = (await store.read((reader) => readHead(reader, VILLAGE)))?.number ?? 0;
        const from = which === 'before' ? 0 : WORKS;
        road.loseNextCommit(which);
        const told = await Promise.allSettled(each((index) => award(from + index)));
        const lost = told.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
        // Many, unless the machine is so busy that nobody could join the first in time.
        expect(lost.length).toBeGreaterThan(0);
        expect(lost.every((error) => error instanceof OutcomeUnknown)).toBe(true);
        const again = await Promise.all(each((index) => award(from + index)));
        const replayed = again.filter((one) => one.ok && one.replay).length;
        expect(replayed).toBe(which === 'before' ? WORKS - lost.length : WORKS);
        const { ok, entries } = await verify(store, VILLAGE);
        expect({ ok, entries }).toEqual({ ok: true, entries: before + WORKS });
      }
    } finally {
      await store.close();
      await road.close();
    }
  });
});
