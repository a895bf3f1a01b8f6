/** A household's PIN stands on its slip, and in no other answer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OPERATIONS } from '../../shared/contract.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { pin } from '../../shared/fields.ts';
import type { Operation } from '../../shared/operation.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import { type Role, STAFF_ROLES } from '../../shared/roles.ts';
import { takePins, typePin } from '../support/pins.ts';
import { confirmedSupervisor, furnish, type Furnished, sampleOf } from '../support/samples.ts';
import { type Caller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const rolesOf = (id: EndpointId): readonly Role[] => PERMISSIONS[(OPERATIONS[id] as Operation).access];
const reads = (Object.keys(ENDPOINTS) as EndpointId[]).filter(
  (id) => ENDPOINTS[id].startsWith('GET') && !rolesOf(id).includes('public'),
);

it('answers that hold a PIN are those of slips, and of volunteers’ first PINs, which are good for no vouching', () => {
  const pattern = JSON.stringify((z.toJSONSchema(pin) as { pattern: string }).pattern);
  const holding = Object.entries(OPERATIONS as Record<string, Operation>).filter(
    ([, { response }]) =>
      typeof response !== 'string' &&
      JSON.stringify(z.toJSONSchema(response, { io: 'output', unrepresentable: 'any' })).includes(pattern),
  );
  expect(holding.map(([id]) => id).sort()).toEqual([
    'households.takePinSlips',
    'volunteers.create',
    'volunteers.update',
  ]);
});

describe.each(ENGINES)('the PIN of a household on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('typed at the desk, or made in a run', () => {
    let server: TestServer;
    let own: Furnished;
    let staff: ReadonlyMap<Role, Caller>;
    let typed = '';
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
      const approver = await server.asStaff('approver');
      const callers = new Map<Role, Caller>([
        ['admin', server.admin],
        ['approver', approver],
        ['supervisor', await confirmedSupervisor(server, approver)],
      ]);
      for (const role of STAFF_ROLES) if (!callers.has(role)) callers.set(role, await server.asStaff(role));
      staff = callers;
      // A number that stands nowhere by chance.
      typed = await typePin(server, own.household.id, await server.asStaff('committee'), '907351');
      await server.must('households.makePins', {
        as: callers.get('committee') ?? server.admin,
        body: { householdIds: [own.quietId], replace: true },
      });
      own = { ...own, phone: await server.asHousehold(own.household.id) };
    });
    afterAll(() => server.remove());

    function callersOf(id: EndpointId): Caller[] {
      const roles = rolesOf(id);
      if (roles.includes('household')) return [own.phone];
      if (roles.includes('kiosk') || roles.includes('volunteer')) return [own.kiosk];
      return roles.flatMap((role) => staff.get(role) ?? []);
    }

    it('is in no answer that anybody reads, and once in the one for slips', async () => {
      const said: string[] = [];
      for (const id of reads) {
        for (const as of callersOf(id)) {
          const sent = { ...sampleOf(id, own), as } as Parameters<typeof server.call>[1];
          const { data } = await server.call(id, sent);
          said.push(data instanceof Blob ? await data.text() : JSON.stringify(data));
        }
      }
      expect(said.length).toBeGreaterThan(reads.length);
      const maker = staff.get('committee') ?? server.admin;
      const onSlip = (await takePins(server, maker, [own.quietId, own.household.id])).get(own.quietId) ?? '';
      expect(onSlip).toMatch(/^\d{6}$/);
      for (const text of said) {
        expect(text).not.toContain(typed);
        expect(text).not.toContain(`"${onSlip}"`);
      }
      expect((await takePins(server, maker, [own.quietId])).size).toBe(0);
    });
  });
});
