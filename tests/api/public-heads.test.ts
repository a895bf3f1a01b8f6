/** The last entry of the book as everybody may see it, on both engines: what was seen once tells of every later book. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import { createLedger } from '../support/ledger.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold, givePoints } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('heads in public on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let id: string;
    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = Date.parse('2026-03-01T00:30:00+08:00');
      ({ id } = await addHousehold(server, 10_000));
    });
    afterAll(() => server.remove());

    const board = () => server.must('board.view', { params: { villageId: server.id } });
    const notice = (from: string, to: string) =>
      server.must('notices.view', { as: server.admin, query: { from, to } });
    const headOf = async (number: number) => {
      const { hash } = await server.must('ledger.entry', { as: server.admin, params: { number } });
      return { number, digits: publicDigits(hash) };
    };

    it('shows number and sixteen digits on the board and on a household’s phone', async () => {
      const { book } = await board();
      expect(book?.digits).toMatch(/^[0-9a-f]{4}( [0-9a-f]{4}){3}$/);
      expect(book).toEqual(await headOf(book?.number ?? 0));
      const view = await server.must('me.view', { as: await server.asHousehold(id) });
      expect(view.book).toEqual((await board()).book);
      await givePoints(server, id, 50);
      expect((await board()).book?.number).toBe((view.book?.number ?? 0) + 1);
    });

    it('prints on notices which entries were booked in their days, so that they join without a gap', async () => {
      const march = (await board()).book?.number ?? 0;
      server.clock.nowMs = Date.parse('2026-03-31T23:59:59+08:00');
      await givePoints(server, id, 50);
      server.clock.nowMs = Date.parse('2026-04-01T00:00:00+08:00');
      await givePoints(server, id, 50);
      await givePoints(server, id, 50);
      const [first, second] = [
        await notice('2026-03-01', '2026-03-31'),
        await notice('2026-04-01', '2026-04-30'),
      ];
      const last = await headOf(march + 1);
      expect(first.booked).toEqual({ first: 1, last: last.number, digits: last.digits });
      expect(second.booked).toEqual({
        first: march + 2,
        last: march + 3,
        digits: (await headOf(march + 3)).digits,
      });
      expect((await notice('2026-02-01', '2026-02-28')).booked).toBeNull();
      expect((await notice('2026-05-01', '2026-05-31')).booked).toBeNull();
    });

    it('tells a phone when the book was last restored from a backup', async () => {
      const phone = await server.asHousehold(id);
      expect((await server.must('me.view', { as: phone })).restoredAtMs).toBeNull();
      server.clock.nowMs += 60_000;
      const ledger = createLedger({ clock: () => server.clock.nowMs, guardsClock: false });
      await server.store.transaction((tx) =>
        ledger.post(tx, {
          ...{ villageId: server.id, kind: 'act', effectiveOn: '2026-04-01', actorId: 'system' },
          ...{ source: `village:${server.id}`, idempotencyKey: 'restored', lines: [] },
          facts: [
            { name: 'act', value: 'backups.restored' },
            { name: 'via', value: 'command_line' },
          ],
        }),
      );
      expect((await server.must('me.view', { as: phone })).restoredAtMs).toBe(server.clock.nowMs);
    });
  });
});
