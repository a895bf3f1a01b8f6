import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { added, type Store, writeRows } from '../../db/index.ts';
import { importsModule } from '../../server/imports/module.ts';
import { sweep } from '../../server/privacy/index.ts';
import { csv, figures, Office } from '../support/office.ts';
import {
  addressOf,
  type AnswerOf,
  newKey,
  requestOf,
  serveOver,
  type TestServer,
} from '../support/server.ts';
import { addGoods } from '../support/shop.ts';
import { ENGINES, openTestStore } from '../support/stores.ts';

const HEADER = '户号,村民小组,户主,人口';
const ROSTER = csv(HEADER, '001,第一组,王明,4', '002,第一组,李强,3', '003,第二组,欧阳合爱,5');
const LARGE = csv(
  HEADER,
  ...Array.from({ length: 1100 }, (_, n) => `${String(2000 + n)},第${String(n % 9)}组,赵大${String(n)},4`),
);

/**
 * An import becomes true by one commit, after others that only tell how far it is. These tests act between all of them,
 * at every moment at which somebody else could.
 */
describe.each(ENGINES)('while an import is written, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('others', () => {
    let server: TestServer;
    let office: Office;
    /** Runs after every transaction of an import but the one that makes it true. */
    let between: (() => Promise<void>) | null = null;
    let acts = 0;

    beforeEach(async () => {
      const own = await openTestStore(engine);
      const transaction: Store['transaction'] = async (work, ofVillage) => {
        const answer = await own.store.transaction(work, ofVillage);
        const act = between;
        if (act && (await rowsOf('importProgress')) > 0) {
          // Its own transactions are no part of the import.
          between = null;
          acts += 1;
          await act();
          between ??= act;
        }
        return answer;
      };
      server = await serveOver({ ...own, store: { ...own.store, transaction } });
      office = new Office(server, server);
      acts = 0;
    });
    afterEach(() => {
      between = null;
      return server.remove();
    });

    const rowsOf = (table: 'importProgress' | 'households') =>
      server.store.read(({ db, t }) => db.$count(t[table]));
    const households = async () => (await office.households()).total;
    const add = (number: string, head: string) =>
      server.must('households.create', { as: office.admin, body: { number, head, group: '第一组' } });
    const once = (act: () => Promise<unknown>) => async () => {
      if (acts === 1) await act();
    };

    test('see how far it is, also at another server, and none of what it brings', async () => {
      const elsewhere = await server.another();
      const state = await office.read('roster', LARGE);
      const seen: (AnswerOf<'imports.get'>['progress'] | number)[] = [];
      between = async () => {
        const sent = { as: office.admin, params: { id: state.id } };
        const got = await fetch(
          `${elsewhere}${addressOf('imports.get', sent)}`,
          requestOf('imports.get', sent),
        );
        const { progress, effect, state: now } = (await got.json()) as AnswerOf<'imports.get'>;
        expect({ effect, now }).toMatchObject({ effect: { create: 1100 }, now: 'read' });
        seen.push(progress, await households());
      };
      expect((await office.commit(state)).data).toMatchObject({ state: 'committed', progress: null });
      const done = [0, 200, 400, 600, 800, 1000, 1100];
      expect(seen).toEqual(done.flatMap((rows) => [{ done: rows, total: 1100 }, 0]));
      expect(await households()).toBe(1100);
      expect(await rowsOf('importProgress')).toBe(0);
    });

    test('book deliveries between any two of its pieces, and its entries follow as one', async () => {
      // Balances are entries at once only before the books are open.
      office = await Office.open(server);
      const as = office.admin;
      await office.bring('roster', LARGE);
      const { id } = await addGoods(server, { price: 100 }, { quantity: 50, costFen: 100 }, as);
      const numbers: number[] = [];
      const deliver = async () => {
        const body = { quantity: 1, totalCostFen: 100, source: 'bought' as const };
        const { journalNumber } = await server.must('goods.stockIn', { as, params: { id }, body });
        numbers.push(journalNumber);
      };
      const lines = Array.from(
        { length: 1100 },
        (_, n) => `${String(2000 + n)},赵大${String(n)},${String(n + 1)}`,
      );
      const state = await office.read('balances', csv('户号,户主,余额', ...lines));
      between = deliver;
      const { data } = await office.commit(state);
      between = null;
      await deliver();
      expect(numbers).toHaveLength(8);
      const last = numbers.at(-2) ?? 0;
      expect(data.result?.journalNumbers).toEqual(Array.from({ length: 1100 }, (_, n) => last + 1 + n));
      // The act of the import comes after its entries.
      expect(numbers.at(-1)).toBe(last + 1102);
      expect(await server.must('ledger.verify', { as: office.admin })).toMatchObject({ ok: true });
    });

    test('add a household that stands in it: it is compared once more', async () => {
      const state = await office.read('roster', ROSTER);
      between = once(() => add('1', '王明'));
      const { data } = await office.commit(state);
      expect(data.result).toMatchObject({ created: 2, updated: 1, unchanged: 0 });
      expect(await households()).toBe(3);
      // It began once and was ready in one piece, and the second time in two.
      expect(acts).toBe(4);
    });

    test('add one every time it is ready: then it is compared and written under the lock', async () => {
      const state = await office.read('roster', ROSTER);
      between = async () => void (await add(String(500 + acts), `赵${String(acts)}`));
      expect((await office.commit(state)).data.result).toMatchObject({ created: 3 });
      // It began once, and was ready three times.
      expect(acts).toBe(4);
      expect(await households()).toBe(3 + 4);
    });

    test.each([
      ['rules', '编号,类别,内容,分值', 'A1,五美家庭,门前三包,+5', 'A1,五美家庭,门前三包,+6'],
      ['goods', '名称,所需积分,成本,库存', '大米,50,45,10', '大米,60,45,10'],
    ] as const)('import the same %s: it changes nothing twice', async (kind, header, first, second) => {
      const state = await office.read(kind, csv(header, first));
      between = once(() => office.bring(kind, csv(header, second)));
      expect((await office.commit(state)).data.result).toMatchObject({ created: 0, updated: 1 });
      if (kind === 'goods') expect(await office.entries()).toBe(1);
    });

    test('bring the same balances: each household gets one', async () => {
      office = await Office.open(server);
      await office.bring('roster', ROSTER);
      const state = await office.read('balances', csv('户号,户主,余额', '1,王明,20', '2,李强,30'));
      between = once(() => office.bring('balances', csv('户号,户主,余额', '1,王明,20', '2,李强,31')));
      const { data } = await office.commit(state);
      expect(data.result).toMatchObject({ created: 0, unchanged: 1, leftOut: 1 });
      expect(await office.entries()).toBe(2);
    });

    test('bring other balances: both stand', async () => {
      office = await Office.open(server);
      await office.bring('roster', ROSTER);
      const state = await office.read('balances', csv('户号,户主,余额', '1,王明,20'));
      between = once(() => office.bring('balances', csv('户号,户主,余额', '2,李强,30')));
      expect((await office.commit(state)).data.result).toMatchObject({ created: 1 });
      expect(await office.entries()).toBe(2);
    });

    test('correct its paper: it is written as it was corrected', async () => {
      const state = await office.read('roster', ROSTER);
      between = once(() => office.correct(state.id, { columns: { size: null } }));
      expect((await office.commit(state)).status).toBe(200);
      expect((await office.households()).items.map(({ size }) => size)).toEqual([null, null, null]);
    });

    test('confirm it under the same key or another: it is written once', async () => {
      const state = await office.read('roster', ROSTER);
      const key = newKey();
      const inner: unknown[] = [];
      between = once(async () => {
        inner.push((await office.commit(state, key)).data);
        inner.push((await office.commit(state)).problem.code);
      });
      const { data } = await office.commit(state, key);
      expect(inner).toEqual([data, 'paper.committed']);
      expect(figures(data)).toEqual({ create: 3, update: 0, unchanged: 0, leftOut: 0 });
      expect(await households()).toBe(3);
    });

    test('see it gone with its paper, and nothing of it stands', async () => {
      const state = await office.read('roster', ROSTER);
      const nowMs = server.clock.nowMs + 8 * 86_400_000;
      between = once(() => sweep({ store: server.store, modules: [importsModule], nowMs }));
      expect((await office.commit(state)).problem.code).toBe('paper.not_found');
      expect(await households()).toBe(0);
      expect(await rowsOf('importProgress')).toBe(0);
    });

    test('learn nothing of one whose process died, and the sweep forgets it', async () => {
      const state = await office.read('roster', ROSTER);
      const get = () => server.must('imports.get', { as: office.admin, params: { id: state.id } });
      between = once(() => Promise.reject(new Error('the power')));
      expect((await office.commit(state)).status).toBe(500);
      between = null;
      expect(await rowsOf('importProgress')).toBe(0);
      // A process that is killed leaves it behind.
      const row = { villageId: office.village.id, importId: state.id, done: 2, total: 3 };
      const left = { ...row, effect: state.effect, toldAtMs: server.clock.nowMs };
      await server.store.transaction((tx) => writeRows(tx, [added('importProgress', left)]));
      expect((await get()).progress).toEqual({ done: 2, total: 3 });
      server.clock.nowMs += 61_000;
      expect(await get()).toMatchObject({ progress: null, effect: { create: 3 } });
      await sweep({ store: server.store, modules: [importsModule], nowMs: server.clock.nowMs });
      expect(await rowsOf('importProgress')).toBe(0);
      expect((await office.commit(state)).data.result).toMatchObject({ created: 3 });
    });
  });
});
