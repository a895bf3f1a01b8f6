/** A fortnight's rows come in at once when the network is back. */
import { webcrypto } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createOutbox } from '../../client/outbox/outbox.ts';
import type { KeptRow, OutboxDisk } from '../../client/outbox/outbox-disk.ts';
import { createRowSigner } from '../../client/outbox/row-signer.ts';
import { ROWS_A_BATCH } from '../../shared/outbox/answers.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { TestOutbox } from '../support/outbox.ts';
import { asTwo } from '../support/second-person.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const WAITING = 500;
const PRICE = 10;

describe.each(ENGINES)('$engine and five hundred rows that waited', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());

    it('are answered in ten batches, each row once', async () => {
      const kiosk = await server.asKiosk();
      const settings = { withoutNetworkHundredths: 100_000, withoutNetworkKioskHundredths: 1_000_000 };
      await asTwo(server, 'village.update', { as: server.admin, body: { settings } });
      const goods = await addGoods(server, { price: PRICE, name: '香皂' }, { quantity: WAITING, costFen: 0 });
      const household = await addHousehold(server, 10_000);
      const shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
      const box = await TestOutbox.of(server, kiosk.device);
      for (let row = 0; row < WAITING; row += 1)
        await box.add(
          'kiosk.redeem',
          shift,
          {
            ...{ householdId: household.id, householdNumber: household.number, points: PRICE, balance: 0 },
            lines: [{ goodsId: goods.id, name: '香皂', unit: '块', quantity: 1, price: PRICE }],
            ...{ presence: { cardIssuedAtMs: 1 }, pinProof: null, vouchProofs: [] },
          },
          { done: 'here' },
        );
      const batches: number[] = [];
      const carry = async (rows: readonly OutboxRow[], isEmptyAfter: boolean) => {
        batches.push(rows.length);
        const data = await server.must('outbox.send', {
          as: kiosk.device,
          body: { rows: [...rows], isEmptyAfter },
        });
        return { kind: 'answer', data } as const;
      };
      const startedMs = performance.now();
      const outbox = createOutbox({
        ...{ carry, disk: NO_DISK, key: box.key, keys: [box.key] },
        kept: { keys: [box.key], rows: box.rows.map((row): KeptRow => ({ row, answer: null })), damaged: [] },
        signer: createRowSigner(webcrypto.subtle as SubtleCrypto),
        now: () => server.clock.nowMs,
        offsetMs: () => 0,
        later: (ms, run) => void setTimeout(run, ms === 0 ? 0 : 60_000).unref(),
      });
      outbox.wake();
      const answers = () => outbox.rows().map(({ answer }) => answer?.answer);
      await vi.waitFor(() => expect(answers()).toEqual(Array.from({ length: WAITING }, () => 'late')), {
        timeout: 55_000,
      });
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
      console.info(`${engine}: ${String(WAITING)} waiting rows answered in ${seconds} s`);
      expect(batches).toEqual(Array.from({ length: WAITING / ROWS_A_BATCH }, () => ROWS_A_BATCH));
      const entries = new Set(outbox.rows().map(({ answer }) => answer?.entry));
      expect(entries.size).toBe(WAITING);
    });
  });
});

/** Everything that is written stays in the page's memory alone. */
const NO_DISK: OutboxDisk = {
  read: () => Promise.reject(new Error('nothing is read')),
  addKey: () => Promise.resolve(true),
  add: () => Promise.resolve(true),
  change: () => Promise.resolve(true),
  drop: () => Promise.resolve(true),
};
