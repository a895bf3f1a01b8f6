import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHead } from '../../server/ledger/index.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import type { Operation } from '../../shared/operation.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { withCard } from '../support/presence.ts';
import { basketSample } from '../support/sample-parts.ts';
import { confirmedSupervisor, DONE_ONCE, furnish, type Furnished, sampleOf } from '../support/samples.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const operationOf = (id: EndpointId): Operation => OPERATIONS[id];
/**
 * Log-ins and set-up are played elsewhere. Those of the kiosk and of cards come first, because `kiosks.revoke` ends the
 * kiosk and `households.revokeCard` the card.
 */
const FIRST = /^(?:kiosk|cards)\./;
const keyed = (Object.keys(ENDPOINTS) as EndpointId[])
  .filter((id) => !ENDPOINTS[id].startsWith('GET') && operationOf(id).idempotent !== false)
  .filter((id) => !DONE_ONCE.includes(id))
  .sort((a, b) => Number(FIRST.test(b)) - Number(FIRST.test(a)));
const taking = (Object.keys(ENDPOINTS) as EndpointId[]).filter((id) => operationOf(id).takes !== undefined);

describe.each(ENGINES)('the trace of every write on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is an entry of the book', () => {
    let server: TestServer;
    let own: Furnished;
    let approver: Caller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
      approver = await server.asStaff('approver');
    });
    afterAll(() => server.remove());

    async function callerOf(id: EndpointId): Promise<Caller> {
      const roles: readonly Role[] = PERMISSIONS[operationOf(id).access];
      if (roles.includes('volunteer')) return id === 'kiosk.undo' ? own.kiosk : server.asKiosk();
      if (roles.includes('household')) return server.asHousehold(own.household.id);
      if (id === 'signatures.sign') return confirmedSupervisor(server, approver);
      const byApprover = ['proposals.decide', 'staff.confirm', 'changes.agree', 'changes.refuse'];
      return byApprover.includes(id) ? approver : own.admin;
    }
    const headNow = async () =>
      (await server.store.read((reader) => readHead(reader, server.id)))?.number ?? 0;

    it.each(keyed)('%s', async (id) => {
      const as = await callerOf(id);
      const sample =
        id === 'kiosk.redeem'
          ? { body: await withCard(server, as, basketSample(own.household.id, own.goodsId)) }
          : sampleOf(id, own);
      const sent = { ...sample, as, key: newKey() };
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
      const as = PERMISSIONS[operationOf(id).access].some((role) => role === 'household')
        ? await server.asHousehold(own.household.id)
        : operationOf(id).access === 'card.issue'
          ? await server.asStaff('committee')
          : own.admin;
      await server.must(id, { ...sampleOf(id, own), as } as Parameters<typeof server.must>[1]);
      const { items } = await server.must('acts.list', { as: own.admin, query: { limit: 1 } });
      expect(items[0]).toMatchObject({ act: operationOf(id).takes, actorId: as.id });
    });
  });
});
