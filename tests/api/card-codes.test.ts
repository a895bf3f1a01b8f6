import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../shared/contract.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import type { Operation } from '../../shared/operation.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import { type Role, STAFF_ROLES } from '../../shared/roles.ts';
import { cardCodeOf, newCardCode } from '../support/presence.ts';
import { furnish, type Furnished, sampleOf } from '../support/samples.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const rolesOf = (id: EndpointId): readonly Role[] => PERMISSIONS[(OPERATIONS[id] as Operation).access];
const asked = (Object.keys(ENDPOINTS) as EndpointId[]).filter(
  (id) => ENDPOINTS[id].startsWith('GET') && !rolesOf(id).includes('public'),
);
const PRINTERS: readonly Role[] = ['admin', 'committee', 'shopkeeper'];

describe.each(ENGINES)('the code of a card on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('stands on paper', () => {
    let server: TestServer;
    let own: Furnished;
    let staff: ReadonlyMap<Role, Caller>;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
      const callers = new Map<Role, Caller>([['admin', server.admin]]);
      for (const role of STAFF_ROLES) if (role !== 'admin') callers.set(role, await server.asStaff(role));
      staff = callers;
    });
    afterAll(() => server.remove());

    const sheet = (as: Caller, householdIds = [own.household.id]) =>
      server.call('cards.sheet', { as, key: newKey(), body: { householdIds } });

    function callersOf(id: EndpointId): Caller[] {
      const roles = rolesOf(id);
      if (roles.includes('household')) return [own.phone];
      if (roles.includes('kiosk') || roles.includes('volunteer')) return [own.kiosk];
      return roles.flatMap((role) => staff.get(role) ?? []);
    }

    it.each(asked)('alone: %s has it for nobody', async (id) => {
      for (const as of callersOf(id)) {
        const sent = { ...sampleOf(id, own), as } as Parameters<typeof server.call>[1];
        const { data } = await server.call(id, sent);
        const said = data instanceof Blob ? await data.text() : JSON.stringify(data);
        expect(said).not.toContain(own.household.card);
      }
    });

    it('alone: a household found by it, or made or changed, answers the last digits', async () => {
      const as = server.admin;
      const { card, id } = own.household;
      const { items } = await server.must('households.list', { as, query: { q: card } });
      expect(items).toMatchObject([{ id, card: { lastDigits: card.slice(-4) } }]);
      const made = await server.must('households.create', { as, body: { head: '新户', group: '一组' } });
      const code = (await cardCodeOf(server, made.id)) ?? '';
      expect(made.card?.lastDigits).toBe(code.slice(-4));
      const changed = await server.must('households.update', {
        as,
        params: { id: made.id },
        body: { size: 2 },
      });
      expect(JSON.stringify([made, changed])).not.toContain(code);
    });

    it.each(STAFF_ROLES)('is taken out by who may print cards: %s', async (role) => {
      const { status, data, problem } = await sheet(staff.get(role) ?? server.admin);
      const { id, card, cardIssuedAtMs } = own.household;
      const item = { householdId: id, issuedAtMs: cardIssuedAtMs, code: card, url: `/me/#c=${card}` };
      expect(status === 200 ? data : problem.code).toEqual(
        PRINTERS.includes(role) ? { items: [item] } : 'auth.forbidden',
      );
    });

    it('is not taken out unseen: the book of acts names the household, and nobody else’s', async () => {
      const as = server.admin;
      const { id, card } = own.household;
      expect((await sheet(as, [id, own.closedId, 'nobody', id])).data).toMatchObject({
        items: [{ householdId: id }],
      });
      const { items } = await server.must('acts.list', { as, query: { limit: 1 } });
      expect(items).toMatchObject([
        { act: 'cards.listed', actorId: as.id, thing: { kind: 'household', id } },
      ]);
      expect(JSON.stringify(items)).toContain(card.slice(-4));
      expect(JSON.stringify(items)).not.toContain(card);
    });
  });

  describe.skipIf(missing)('that was replaced', () => {
    let server: TestServer;
    beforeAll(async () => (server = await startTestServer(engine)));
    afterAll(() => server.remove());

    async function household() {
      const as = server.admin;
      const { id } = await server.must('households.create', { as, body: { head: '王小明', group: '' } });
      return { id, phone: await server.asHousehold(id) };
    }

    it('leaves no phone open, and so does one that is stopped', async () => {
      const [{ id, phone }, other] = [await household(), await household()];
      await server.must('me.view', { as: phone });
      await newCardCode(server, id);
      expect(await server.refused('me.view', { as: phone })).toBe('auth.session_ended');
      const again = await server.asHousehold(id);
      await server.must('households.revokeCard', { as: server.admin, params: { id }, body: {} });
      expect(await server.refused('me.view', { as: again })).toBe('auth.session_ended');
      // The first card of a household ends nothing: nothing was opened with another.
      const first = await server.asHousehold(id);
      await newCardCode(server, id);
      await server.must('me.view', { as: first });
      await server.must('me.view', { as: other.phone });
    });
  });
});
