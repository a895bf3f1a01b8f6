/** The ledger keeps a number in the place of an account's id: one for each account, without gaps, whoever writes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../db/index.ts';
import { command, createCommandQueue } from '../../server/commands/index.ts';
import { fillVillage, TODAY, VILLAGE } from '../support/command-village.ts';
import {
  bookOf,
  householdAccount,
  type Ledger,
  orRefuse,
  verify,
  villageAccount,
} from '../support/ledger.ts';
import { openRaw } from '../support/raw.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const ISSUED = villageAccount('issued');

/** Gives a household its points, the first that it ever had. */
const award = command<{ readonly householdId: string; readonly key: string }, Ledger>()({
  reads: ({ householdId }) => ({ book: bookOf([ISSUED, householdAccount(householdId)]) }),
  decide({ book }, { householdId, key }, ledger) {
    const common = { villageId: VILLAGE, effectiveOn: TODAY, actorId: 'approver', idempotencyKey: key };
    const lines = [
      { account: ISSUED, amount: -100 },
      { account: householdAccount(householdId), amount: 100 },
    ];
    const { rows, entries } = orRefuse(ledger.draft(book, [{ ...common, kind: 'award', lines }]));
    return { rows, answer: entries[0]?.number };
  },
});

describe.each(ENGINES)('numbers of accounts on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('when 64 commands at once use new accounts', () => {
    let own: TestStore;
    let ledger: Ledger;
    const stores: Store[] = [];
    beforeEach(async () => {
      own = await openTestStore(engine);
      ledger = await fillVillage(own.store);
      stores.push(own.store);
    });
    afterEach(async () => {
      for (const store of stores.splice(0)) if (store !== own.store) await store.close();
      await own.remove();
    });

    const accounts = async () => {
      const raw = await openRaw(own);
      const rows = await raw.rows('select number, id from accounts order by number');
      await raw.close();
      return rows;
    };

    test.each([1, 2])('in %i processes: each account has one, and each the next', async (processes) => {
      if (processes > 1) stores.push(await own.openAgain());
      const before = await accounts();
      const ran: number[] = [];
      const noted = {
        opened: () => undefined,
        onWritten: () => undefined,
        ran: (n: number) => void ran.push(n),
      };
      const queues = stores.map((store) => createCommandQueue(store, noted));
      const give = async (n: number) => {
        const given = { householdId: `new${Math.floor(n / 2) % 20}`, key: `award${n}` };
        await queues[n % processes]?.run(VILLAGE, () => Promise.resolve(award.with(given, ledger)));
      };
      await Promise.all(Array.from({ length: 64 }, (_, n) => give(n)));
      // Several shared a commit, so that some found an account that another had just made.
      expect(Math.max(...ran)).toBeGreaterThan(4);
      const after = await accounts();
      expect(after.map(({ number }) => number)).toEqual(after.map((_, index) => index + 1));
      expect(after.slice(0, before.length)).toEqual(before);
      const made = Array.from({ length: 20 }, (_, index) => `household:new${index}:POINT`);
      expect(after.slice(before.length).map(({ id }) => id)).toHaveLength(21);
      expect(new Set(after.slice(before.length).map(({ id }) => id))).toEqual(
        new Set([...made, 'issued:village:POINT']),
      );
      expect((await verify(own.store, VILLAGE)).ok).toBe(true);
    });
  });
});
