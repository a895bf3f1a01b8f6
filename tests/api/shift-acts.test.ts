import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { signInAgain } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('the acts of shifts on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('say who began and who ended each', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
    });
    afterAll(() => server.remove());

    /** The acts at a kiosk, the oldest first, each with who did it and by which way. */
    async function actsAt(kioskId: string) {
      // The administrator's log-in may be over by the clock.
      const as = await server.asStaff('admin');
      const query = { thing: `kiosk:${kioskId}`, act: 'shifts.' };
      const { items } = await server.must('acts.list', { as, query });
      return items.reverse().map(({ act, actorId, via }) => [act, actorId, via]);
    }

    it('by signing in and out', async () => {
      const kiosk = await server.asKiosk();
      await server.must('kiosk.signOut', { as: kiosk, body: {} });
      expect(await actsAt(kiosk.device.id)).toEqual([
        ['shifts.begun', kiosk.id, 'kiosk'],
        ['shifts.ended', kiosk.id, 'kiosk'],
      ]);
    });

    it('by the desk, which locks the kiosk out or sends the volunteer away', async () => {
      const [kiosk, other] = [await server.asKiosk(), await server.asKiosk()];
      const as = await server.asStaff('admin');
      await server.must('kiosks.revoke', { as, params: { id: kiosk.device.id }, body: {} });
      await server.must('volunteers.update', {
        as,
        params: { id: other.volunteerId },
        body: { disabled: true },
      });
      for (const one of [kiosk, other])
        expect((await actsAt(one.device.id)).at(-1)).toEqual(['shifts.ended', as.id, 'desk']);
    });

    it('by the next one who signs in, or by the server where nobody used it any more', async () => {
      const kiosk = await server.asKiosk();
      const other = await server.asKiosk();
      const { volunteerId, pin } = other;
      await server.must('kiosk.signIn', { as: kiosk.device, body: { volunteerId, pin } });
      server.clock.nowMs += 31 * 60_000;
      await signInAgain(server, kiosk);
      expect(await actsAt(kiosk.device.id)).toEqual([
        ['shifts.begun', kiosk.id, 'kiosk'],
        ['shifts.ended', other.id, 'kiosk'],
        ['shifts.begun', other.id, 'kiosk'],
        ['shifts.ended', 'system', 'server'],
        ['shifts.begun', kiosk.id, 'kiosk'],
      ]);
    });

    it('and every shift is as they say', async () => {
      const as = await server.asStaff('admin');
      expect(await server.must('ledger.verify', { as })).toMatchObject({ ok: true, bad: null });
    });
  });
});
