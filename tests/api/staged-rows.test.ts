import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  added,
  addedTo,
  changed,
  RowsChanged,
  stagedForm,
  writeRows,
  type WrittenRow,
  writeStaged,
} from '../../db/index.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const RUN = { villageId: 'v', importId: 'i', run: 'r' };
const village = (id: string, isDemo: boolean) => ({
  ...{
    id,
    name: `“${id}” 村, 'x'`,
    town: '',
    isDemo,
    settings: { ...DEFAULT_SETTINGS },
    createdAtMs: 5,
    openedAtMs: null,
  },
});
const card = (code: string) =>
  added('cards', {
    villageId: 'v',
    code,
    householdId: code,
    issuedAtMs: 2 ** 45,
    revokedAtMs: null,
    printedAtMs: 7,
  });
/** More than one statement copies. */
const CARDS = Array.from({ length: 2100 }, (_, n) => card(String(n)));

describe.each(ENGINES)('rows that are staged, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('in a database', () => {
    let own: TestStore;
    beforeEach(async () => {
      own = await openTestStore(engine);
      await own.store.transaction((tx) => writeRows(tx, [added('villages', village('a', false))]));
    });
    afterEach(() => own.remove());

    const stage = (rows: readonly WrittenRow[]) =>
      own.store.transaction((tx) => writeRows(tx, stagedForm(tx, RUN, rows, { from: 0, nowMs: 1 })));
    const write = (count: number) => own.store.transaction((tx) => writeStaged(tx, RUN, count));
    const villages = () => own.store.read(({ db, t }) => db.select().from(t.villages).orderBy(t.villages.id));
    const cards = () => own.store.read(({ db, t }) => db.select().from(t.cards));

    test('are copied as they are: texts, numbers, truth, JSON and nothing', async () => {
      const now = {
        ...village('a', true),
        name: '新',
        settings: { ...DEFAULT_SETTINGS, timeZone: 'Asia/Urumqi' },
      };
      const rows = [
        ...CARDS,
        added('villages', village('b', true)),
        changed('villages', village('a', false), now),
      ];
      await stage(rows);
      expect([await villages(), await cards()]).toEqual([[village('a', false)], []]);
      await write(rows.length);
      expect(await villages()).toEqual([now, village('b', true)]);
      expect((await cards()).toSorted((a, b) => Number(a.code) - Number(b.code))).toEqual(
        CARDS.map((one) => one.now),
      );
    });

    test('are written whole or not at all: when one is gone', async () => {
      await stage(CARDS);
      await own.store.transaction(({ db, t }) =>
        db.delete(t.stagedRows).where(eq(t.stagedRows.place, 2099)).returning({ place: t.stagedRows.place }),
      );
      await expect(write(CARDS.length)).rejects.toThrow(RowsChanged);
      expect(await cards()).toEqual([]);
    });

    test('are written whole or not at all: when a row is no longer as it was read', async () => {
      await stage([card('1'), changed('villages', { ...village('a', false), name: '旧' }, { name: '新' })]);
      await expect(write(2)).rejects.toThrow(RowsChanged);
      expect([await villages(), await cards()]).toEqual([[village('a', false)], []]);
    });

    test('cannot be such that add to others', async () => {
      const uses = addedTo('ruleUses', { villageId: 'v', ruleId: 'r', uses: 1 }, ['uses']);
      await expect(stage([uses])).rejects.toThrow('cannot be staged');
    });
  });
});
