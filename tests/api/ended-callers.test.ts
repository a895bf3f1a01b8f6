import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { mayDo, PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { typePin } from '../support/pins.ts';
import { furnish, sampleOf, type Furnished } from '../support/samples.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const ids = Object.keys(ENDPOINTS) as EndpointId[];
const openTo = (role: Role) =>
  ids.filter((id) => {
    const roles: readonly Role[] = PERMISSIONS[OPERATIONS[id].access];
    return !roles.includes('public') && mayDo([role], OPERATIONS[id].access);
  });

/** A caller whose rights have ended is refused by every endpoint that was open before. */
describe.each(ENGINES)('those who may no longer, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('find every door closed', () => {
    let server: TestServer;
    let own: Furnished;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
    });
    afterAll(() => server.remove());

    /** Calls the endpoints as this caller and groups them by the answered code. */
    async function answers(tried: readonly EndpointId[], as: Caller): Promise<Record<string, EndpointId[]>> {
      const byCode: Record<string, EndpointId[]> = {};
      for (const id of tried) {
        const sent = { ...sampleOf(id, own), as, key: newKey() } as Parameters<typeof server.call>[1];
        const { status, problem } = await server.call(id, sent);
        (byCode[status < 400 ? 'done' : problem.code] ??= []).push(id);
      }
      return byCode;
    }

    it('a member of staff who was disabled', async () => {
      const gone = await server.asStaff('admin');
      await server.must('session.me', { as: gone });
      const body = { disabled: true };
      await server.must('staff.update', { as: own.admin, params: { id: gone.id }, body });
      expect(Object.keys(await answers(openTo('admin'), gone))).toEqual(['auth.session_ended']);
      const { username, password } = gone;
      expect(await server.refused('session.login', { body: { username, password } })).toBe('auth.wrong');
    });

    it('a volunteer whose shift is over', async () => {
      const kiosk = await server.asKiosk();
      await server.must('kiosk.signOut', { as: kiosk, body: {} });
      const needShift = openTo('volunteer').filter((id) => !mayDo(['kiosk'], OPERATIONS[id].access));
      expect(Object.keys(await answers(needShift, kiosk))).toEqual(['kiosk.shift_over']);
    });

    it('a volunteer who was disabled', async () => {
      const kiosk = await server.asKiosk();
      const params = { id: kiosk.volunteerId };
      await server.must('volunteers.update', { as: own.admin, params, body: { disabled: true } });
      const needShift = openTo('volunteer').filter((id) => !mayDo(['kiosk'], OPERATIONS[id].access));
      expect(Object.keys(await answers(needShift, kiosk))).toEqual(['kiosk.shift_over']);
    });

    it('a kiosk that was locked, with its volunteer or without', async () => {
      const kiosk = await server.asKiosk();
      await server.must('kiosks.revoke', { as: own.admin, params: { id: kiosk.device.id }, body: {} });
      expect(Object.keys(await answers(openTo('kiosk'), kiosk.device))).toEqual(['kiosk.revoked']);
      expect(Object.keys(await answers(openTo('volunteer'), kiosk))).toEqual(['kiosk.revoked']);
    });

    it('a phone whose household got a new PIN', async () => {
      const phone = await server.asHousehold(own.household.id);
      await typePin(server, own.household.id, own.admin);
      expect(Object.keys(await answers(openTo('household'), phone))).toEqual(['auth.session_ended']);
    });

    it('one household cannot touch what is another’s', async () => {
      const other = await server.must('households.create', {
        as: own.admin,
        body: { head: '别家人', group: '一组' },
      });
      const mine = await server.asHousehold(own.household.id);
      const theirs = await server.asHousehold(other.id);
      const { items } = await server.must('me.phones', { as: theirs });
      expect(items).toHaveLength(1);
      const params = { id: items[0]?.id ?? '' };
      expect(await server.refused('me.endPhone', { as: mine, params, body: {} })).toBe('phone.not_found');
      expect(JSON.stringify(await server.must('me.phones', { as: mine }))).not.toContain(params.id);
      // `households.endPhone` refuses a household that the phone does not belong to.
      expect(
        await server.refused('households.endPhone', {
          as: own.admin,
          params: { id: own.household.id, phoneId: params.id },
          body: {},
        }),
      ).toBe('phone.not_found');
      expect((await server.must('me.view', { as: theirs })).household.head).toContain('别');
    });
  });
});
