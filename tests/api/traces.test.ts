import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHead } from '../../server/ledger/index.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { goodWrite, KEYED_WRITES, operationOf } from '../support/all-writes.ts';
import { furnish, type Furnished, sampleOf } from '../support/samples.ts';
import { isTold, toldFacts } from '../support/told-facts.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const taking = (Object.keys(ENDPOINTS) as EndpointId[]).filter((id) => operationOf(id).takes !== undefined);

describe.each(ENGINES)('the trace of every write on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is an entry of the book', () => {
    let server: TestServer;
    let own: Furnished;
    let approver: Caller;
    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      own = await furnish(server, server, '本');
      approver = await server.asStaff('approver');
    });
    afterAll(() => server.remove());

    const headNow = async () =>
      (await server.store.read((reader) => readHead(reader, server.id)))?.number ?? 0;

    it.each(KEYED_WRITES)('%s', async (id) => {
      const sent = { ...(await goodWrite(server, id, { own, approver })), key: newKey() };
      const before = await headNow();
      const first = await server.call(id, sent as Parameters<typeof server.call>[1]);
      expect([first.status, JSON.stringify(first.data)]).toEqual([200, expect.any(String)]);
      const after = await headNow();
      expect(after > before, operationOf(id).untraced ?? 'it leaves no trace').toBe(
        operationOf(id).untraced === undefined,
      );
      // Asked again it is answered again, and nothing is booked.
      await server.call(id, sent as Parameters<typeof server.call>[1]);
      expect(await headNow()).toBe(after);
    });

    it.each(taking)('%s, before anything is read', async (id) => {
      const roles: readonly Role[] = PERMISSIONS[operationOf(id).access];
      const as = roles.includes('household')
        ? await server.asHousehold(own.household.id)
        : roles.includes('kiosk')
          ? (await server.asKiosk()).device
          : operationOf(id).access === 'card.issue'
            ? await server.asStaff('committee')
            : own.admin;
      await server.must(id, { ...sampleOf(id, own), as } as Parameters<typeof server.must>[1]);
      const { items } = await server.must('acts.list', { as: own.admin, query: { limit: 1 } });
      expect(items[0]).toMatchObject({ act: operationOf(id).takes, actorId: as.id });
    });

    it('whose facts docs/seal.md explains', async () => {
      const facts = await server.store.read(({ db, t: { journalFacts } }) =>
        db.selectDistinct({ name: journalFacts.name }).from(journalFacts),
      );
      expect(facts.length).toBeGreaterThan(20);
      const told = toldFacts();
      expect(facts.filter(({ name }) => !isTold(told, name))).toEqual([]);
    });

    it('by which verify knows every row that was written', async () => {
      expect(await server.must('ledger.verify', { as: own.admin })).toMatchObject({ ok: true, bad: null });
    });
  });
});
