/** A device that cannot send any more: its file, taken in at the desk, gets the answers that its rows have or would have had. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  batchesOf,
  chosenFile,
  counted,
  NOTHING_TAKEN,
  type TakenIn,
} from '../../client/desk/outbox/row-file.ts';
import { rowFile } from '../../client/kiosk/outbox/save-row-file.ts';
import type { RowBodies } from '../../shared/kiosk/rows.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { TestOutbox } from '../support/outbox.ts';
import { cardCodeOf } from '../support/presence.ts';
import { asTwo } from '../support/second-person.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, signInAgain, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const ROWS = 2000;
/** The device sent so many before it was lost. */
const SENT = 700;
const PRICE = 100;
const HOUR_MS = 3_600_000;

describe.each(ENGINES)('the file of a device on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('with two thousand rows', () => {
    let server: TestServer;
    let household: { id: string; number: string };
    let goodsId: string;
    let box: TestOutbox;
    let text: string;
    const villageId = async () => (await server.must('village.get', { as: server.admin })).id;

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = Date.UTC(2026, 2, 15, 4);
      let kiosk = await server.asKiosk();
      await asTwo(server, 'village.update', {
        as: server.admin,
        body: { settings: { withoutNetworkHundredths: 1_000_000 } },
      });
      const added = await addGoods(server, { price: PRICE, name: '肥皂' }, { quantity: 3000, costFen: 3000 });
      goodsId = added.id;
      household = await addHousehold(server, ROWS * PRICE);
      await cardCodeOf(server, household.id);
      const cards = await server.store.read(({ db, t }) => db.select().from(t.cards));
      const cardIssuedAtMs = cards.find(({ householdId }) => householdId === household.id)?.issuedAtMs ?? 0;
      server.clock.nowMs += HOUR_MS;
      kiosk = await signInAgain(server, kiosk);
      const shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
      box = await TestOutbox.of(server, kiosk.device);
      const body: RowBodies['kiosk.redeem'] = {
        ...{ householdId: household.id, householdNumber: household.number, points: PRICE, balance: 10_000 },
        lines: [{ goodsId, name: '肥皂', unit: '块', quantity: 1, price: PRICE }],
        ...{ presence: { cardIssuedAtMs }, pinProof: null, vouchProofs: [] },
      };
      for (let n = 0; n < ROWS; n += 1) await box.add('kiosk.redeem', shift, body, { done: 'here' });
      for (const rows of batchesOf(box.rows.slice(0, SENT)))
        await server.must('outbox.send', { as: kiosk.device, body: { rows, isEmptyAfter: false } });
      const parts = { village: '村', kiosk: '柜台', savedAtMs: server.clock.nowMs };
      text = await rowFile({ ...parts, villageId: await villageId() }, box.rows).content.text();
    });
    afterAll(() => server.remove());

    async function takeIn(file: string): Promise<{ taken: TakenIn; entries: (number | null)[] }> {
      const chosen = chosenFile(file, await villageId());
      if (chosen.is !== 'rows') throw new Error(chosen.is);
      let taken = NOTHING_TAKEN;
      const entries: (number | null)[] = [];
      for (const rows of batchesOf(chosen.rows)) {
        const { answers } = await server.must('outbox.takeIn', { as: server.admin, body: { rows } });
        taken = counted(taken, answers);
        entries.push(...answers.map(({ entry }) => entry));
      }
      return { taken, entries };
    }
    const pointsLeft = async () => (await standing(server, household.id, goodsId)).points;
    const edited = (file: string, line: number, change: (row: OutboxRow) => unknown) =>
      file
        .split('\n')
        .map((one, index) => (index === line ? JSON.stringify(change(JSON.parse(one) as OutboxRow)) : one))
        .join('\n');

    it('books what had not been sent, and gives what had been sent its own answers', async () => {
      expect(await pointsLeft()).toBe((ROWS - SENT) * PRICE);
      const { taken, entries } = await takeIn(text);
      expect(taken).toEqual({ ...NOTHING_TAKEN, n: ROWS, late: ROWS });
      expect(await pointsLeft()).toBe(0);
      expect(new Set(entries).size).toBe(ROWS);
      const again = await takeIn(text);
      expect(again.entries).toEqual(entries);
      expect(await pointsLeft()).toBe(0);
      const kept = await server.store.read(({ db, t }) => db.select().from(t.outboxRows));
      expect(kept).toHaveLength(ROWS);
      const ways = kept.map(({ carriedBy }) => carriedBy);
      expect(ways.filter((way) => way === 'desk')).toHaveLength(ROWS - SENT);
    });

    it('says of a row that somebody edited that its signature is wrong, and takes the others', async () => {
      const dearer = edited(text, 1, (row) => ({
        ...row,
        body: row.body.replace('"points":100', '"points":1'),
      }));
      const { taken } = await takeIn(dearer);
      expect(taken).toEqual({ ...NOTHING_TAKEN, n: ROWS, late: ROWS - 1, refused: 1, edited: 1 });
      expect(await pointsLeft()).toBe(0);
    });

    it('refuses nothing of a device that the server does not know: the rows wait until it does', async () => {
      const foreign = edited(text, 5, (row) => ({ ...row, device: 'C'.repeat(43) }));
      const { taken } = await takeIn(foreign);
      expect(taken).toMatchObject({ waiting: 1, unknown: 1, late: ROWS - 1 });
    });

    it('is taken in whatever line is spoilt: the rest does not stop at it', async () => {
      const spoilt = edited(text, 3, () => ({ number: 'three' }));
      const { taken } = await takeIn(spoilt);
      expect(taken).toEqual({ ...NOTHING_TAKEN, n: ROWS - 1, late: ROWS - 1 });
      expect(chosenFile(spoilt, await villageId())).toMatchObject({ flaws: { isCut: false, spoilt: [4] } });
    });
  });
});
