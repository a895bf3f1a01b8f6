/** The limits of handing out without network: off at first, looser only by two, and told to every kiosk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTwo } from '../support/second-person.ts';
import { type KioskCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('the limits without network on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;

    beforeAll(async () => {
      server = await startTestServer(engine);
      kiosk = await server.asKiosk();
    });
    afterAll(() => server.remove());

    const set = (settings: Record<string, number | null | undefined>) => ({
      as: server.admin,
      body: { settings },
    });
    const told = async () => (await server.must('kiosk.state', { as: kiosk.device })).village.withoutNetwork;

    it('hands out nothing without network until two people have agreed to an amount', async () => {
      expect(await told()).toBeNull();
      const asked = set({ withoutNetworkHundredths: 8000 });
      expect(await server.refused('village.update', asked)).toBe('change.needs_second');
      expect(await told()).toBeNull();
      await asTwo(server, 'village.update', asked);
      const limits = { householdHundredths: 8000, kioskHundredths: 50_000, copyDays: 14 };
      expect(await told()).toEqual(limits);
    });

    it('is loosened by two people, and tightened or switched off by one', async () => {
      for (const looser of [{ withoutNetworkKioskHundredths: 50_100 }, { copyDaysMost: 15 }])
        expect(await server.refused('village.update', set(looser))).toBe('change.needs_second');
      await server.must('village.update', set({ withoutNetworkKioskHundredths: 0, copyDaysMost: 1 }));
      expect(await told()).toEqual({ householdHundredths: 8000, kioskHundredths: 0, copyDays: 1 });
      await server.must('village.update', set({ withoutNetworkHundredths: null }));
      expect(await told()).toBeNull();
      expect(await server.http.verifier.verify(server.id)).toMatchObject({ ok: true });
    });

    it('takes no copy for good that is older than a month, and none that is of no age', async () => {
      for (const wrong of [{ copyDaysMost: 0 }, { copyDaysMost: 31 }, { withoutNetworkKioskHundredths: -1 }])
        expect(await server.refused('village.update', set(wrong))).toBe('request.invalid');
    });
  });
});
