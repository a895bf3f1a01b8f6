import type { NetworkInterfaceInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addHousehold } from '../support/shop.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const at = (address: string): NetworkInterfaceInfo => ({
  ...{ address, mac: '3c:7c:3f:00:00:01', family: 'IPv4', netmask: '255.255.255.0', internal: false },
  cidr: `${address}/24`,
});

describe.each(ENGINES)('the address of the server, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let now = '192.168.1.10';
    beforeAll(async () => {
      server = await startTestServer(engine, {
        place: { host: '0.0.0.0', port: 8080 },
        interfaces: () => ({ eth0: [at(now)], docker0: [at('172.17.0.1')] }),
      });
    });
    afterAll(() => server.remove());

    it('is none at first, and the machine’s own are offered', async () => {
      expect(await server.must('address.get', { as: await server.asStaff('supervisor') })).toEqual({
        address: null,
        chosen: null,
        state: 'none',
        now: 'http://192.168.1.10:8080',
        offered: [{ origin: 'http://192.168.1.10:8080', kind: 'village' }],
      });
    });

    it('is refused where no phone could open it, and nothing is changed', async () => {
      const as = server.admin;
      const choose = (origin: string) => ({ as, body: { origin, isKept: false } });
      expect(await server.refused('address.choose', choose('http://localhost:8080'))).toBe(
        'address.only_here',
      );
      expect(await server.refused('address.choose', choose('192.168.1.10'))).toBe('address.unusable');
      expect(await server.refused('address.choose', choose('http://192.168.1.10:8080/desk'))).toBe(
        'address.unusable',
      );
      expect((await server.must('address.get', { as })).chosen).toBeNull();
    });

    it('is chosen by whoever pairs or prints, remembered, and stands on cards from then on', async () => {
      const { id } = await addHousehold(server);
      const as = await server.asStaff('shopkeeper');
      const body = { origin: 'http://192.168.1.10:8080/', isKept: false };
      const chosen = await server.must('address.choose', { as, body });
      expect(chosen).toMatchObject({
        address: 'http://192.168.1.10:8080',
        chosen: { isOwn: true, isKept: false },
        state: 'unkept',
      });
      const cards = await server.must('cards.list', { as: server.admin });
      expect(cards.publicUrl).toBe('http://192.168.1.10:8080');
      const sheet = await server.must('cards.sheet', { as: server.admin, body: { householdIds: [id] } });
      expect(sheet.items).toHaveLength(1);
      for (const { url, code } of sheet.items) expect(url).toBe(`http://192.168.1.10:8080/me/#c=${code}`);
      expect((await server.must('village.get', { as: server.admin })).publicUrl).toBe(
        'http://192.168.1.10:8080',
      );
    });

    it('lasts through a change of other settings', async () => {
      const as = server.admin;
      const changed = await server.must('village.update', { as, body: { settings: { shopHours: '周六' } } });
      expect(changed.publicUrl).toBe('http://192.168.1.10:8080');
      expect((await server.must('address.get', { as })).state).toBe('unkept');
    });

    it('is another village’s own', async () => {
      const other = await server.addVillage('后洼村');
      expect((await server.must('address.get', { as: other.admin })).chosen).toBeNull();
    });

    it('that the machine lost is noticed while the server runs, and so is its return', async () => {
      const as = server.admin;
      await server.must('address.choose', { as, body: { origin: 'http://192.168.1.10:8080', isKept: true } });
      const noticed = async () => (await server.must('village.summary', { as })).movedAddress;
      expect(await noticed()).toBeNull();
      now = '192.168.1.23';
      expect(await noticed()).toEqual({ was: 'http://192.168.1.10:8080', now: 'http://192.168.1.23:8080' });
      expect((await server.must('address.get', { as })).state).toBe('gone');
      now = '192.168.1.10';
      expect(await noticed()).toBeNull();
      expect((await server.must('address.get', { as })).state).toBe('good');
    });

    it('by name is never taken for lost', async () => {
      const as = server.admin;
      await server.must('address.choose', { as, body: { origin: 'http://jishan.lan', isKept: false } });
      expect(await server.must('address.get', { as })).toMatchObject({
        state: 'good',
        chosen: { isOwn: false },
      });
    });
  });
});
