import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableShapes } from '../../db/copy/shapes.ts';
import { PIN_SLIP_HOURS, PINS_AT_ONCE } from '../../shared/households/pin-runs.ts';
import { isEasyPin } from '../../shared/pin.ts';
import { sweepSlips } from '../../server/households/pin-slips.ts';
import { takePins, typePin } from '../support/pins.ts';
import { cardCodeOf } from '../support/presence.ts';
import { type Caller, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const HOUR_MS = 3_600_000;

describe.each(ENGINES)('PINs in a run, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let colleague: Caller;
    const ids: string[] = [];

    const make = async (householdIds: string[], replace = false, as: Caller = committee, key?: string) =>
      server.must('households.makePins', {
        as,
        body: { householdIds, replace },
        ...(key === undefined ? {} : { key }),
      });
    /** The households whose PINs this person made and has not taken out. */
    const slips = async (as: Caller = committee) =>
      new Set((await server.must('households.pinSlips', { as })).items.map(({ householdId }) => householdId));
    const takenBy = (as: Caller, householdIds: readonly string[] = ids) => takePins(server, as, householdIds);
    const later = async (ms: number) => {
      server.clock.nowMs += ms;
      const { username, password } = committee;
      const { accessToken } = await server.must('session.login', { body: { username, password } });
      committee = { ...committee, headers: { Authorization: `Bearer ${accessToken}` } };
    };
    const logIn = async (id: string, pin: string) => {
      const card = (await cardCodeOf(server, id)) ?? '';
      return server.call('me.login', { body: { card, pin } });
    };

    beforeAll(async () => {
      server = await startTestServer(engine);
      committee = await server.asStaff('committee');
      colleague = await server.asStaff('committee');
      for (let n = 0; n < 6; n += 1) ids.push((await addHousehold(server)).id);
    });
    afterAll(() => server.remove());

    it('are made for those without one, open the passbook, and are printed by who made them alone', async () => {
      const [first = '', second = ''] = ids;
      expect(await make([first, second, first])).toEqual({ made: 2, kept: 0 });
      for (const other of [colleague, server.admin]) {
        expect((await slips(other)).size).toBe(0);
        expect((await takenBy(other)).size).toBe(0);
      }
      expect([...(await slips())].sort()).toEqual([first, second].sort());
      const own = await takenBy(committee);
      expect([...own.keys()].sort()).toEqual([first, second].sort());
      for (const pin of own.values()) expect(isEasyPin(pin)).toBe(false);
      expect((await logIn(first, own.get(first) ?? '')).status).toBe(200);
      const list = await server.must('cards.list', { as: committee });
      const having = list.items.filter(({ hasPin }) => hasPin).map(({ household }) => household.id);
      expect(having.sort()).toEqual([first, second].sort());
    });

    it('are read once: whoever asks again finds none, unless it is the same request', async () => {
      const { id } = await addHousehold(server);
      await make([id]);
      const take = (key: string, as: Caller = committee) =>
        server.must('households.takePinSlips', { as, key, body: { householdIds: [id] } });
      const { items } = await take('a-request-of-mine');
      expect(items).toMatchObject([{ householdId: id }]);
      expect((await take('another-request-of-mine')).items).toEqual([]);
      expect((await take('a-request-of-the-others', colleague)).items).toEqual([]);
      // An answer that was lost on the way can be asked for again, by the same person and the same key.
      expect((await take('a-request-of-mine')).items).toEqual(items);
      expect((await slips()).has(id)).toBe(false);
      const acts = await server.must('acts.list', { as: server.admin, query: { limit: 1 } });
      expect(acts.items).toMatchObject([{ act: 'households.pin_slips_read', thing: { id } }]);
    });

    it('made by two people at once give each household one PIN, which one of them can print', async () => {
      const both = ids.slice(1, 4);
      const [one, other] = await Promise.all([make(both), make(both, false, colleague)]);
      expect(one.made + other.made).toBe(2); // the second household has one already
      const [mine, theirs] = [await takenBy(committee), await takenBy(colleague)];
      for (const id of both.slice(1)) {
        const pins = [mine.get(id), theirs.get(id)].filter((pin) => pin !== undefined);
        expect(pins).toHaveLength(1);
        expect((await logIn(id, pins[0] ?? '')).status).toBe(200);
      }
    });

    it('take the place of others only when told to, and the slip before is not printed again', async () => {
      const [first = ''] = ids;
      await make([first], true);
      expect(await make([first], false, colleague)).toEqual({ made: 0, kept: 1 });
      expect((await slips()).has(first)).toBe(true);
      expect(await make([first], true, colleague)).toEqual({ made: 1, kept: 0 });
      expect((await slips()).has(first)).toBe(false);
      const after = (await takenBy(colleague, [first])).get(first) ?? '';
      expect((await logIn(first, after)).status).toBe(200);
      await make([first], true, colleague);
      // A PIN that the household types takes the place of the one in the run.
      const typed = await typePin(server, first, committee);
      expect((await slips(colleague)).has(first)).toBe(false);
      expect((await logIn(first, typed)).status).toBe(200);
    });

    it('asked for again under the same key are the same PINs', async () => {
      const id = ids[4] ?? '';
      const first = await make([id], true, committee, 'one-piece-of-a-run');
      const pin = (await takenBy(committee, [id])).get(id) ?? '';
      expect(await make([id], true, committee, 'one-piece-of-a-run')).toEqual(first);
      expect((await slips()).has(id)).toBe(false);
      expect((await logIn(id, pin)).status).toBe(200);
    });

    it('are none for closed households, and refused for those that are not there', async () => {
      const other = await server.addVillage();
      const refused = (as: Caller, id: string) =>
        server.refused('households.makePins', { as, body: { householdIds: [id], replace: true } });
      expect(await refused(other.admin, ids[0] ?? '')).toBe('household.not_found');
      expect(await refused(committee, 'no-such-household')).toBe('household.not_found');
      const leaver = await addHousehold(server);
      await make([leaver.id]);
      expect((await slips()).has(leaver.id)).toBe(true);
      const change = await server.must('households.proposeChange', {
        as: committee,
        params: { id: leaver.id },
        body: { kind: 'departure', toId: null, reason: '搬走' },
      });
      const approver = await server.asStaff('approver');
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [change.id] } });
      expect((await slips()).has(leaver.id)).toBe(false);
      expect(await make([leaver.id], true)).toEqual({ made: 0, kept: 1 });
    });

    it('come in pieces', async () => {
      const many = Array.from({ length: PINS_AT_ONCE + 1 }, (_, n) => `household-${n}`);
      expect(
        await server.refused('households.makePins', {
          as: committee,
          body: { householdIds: many, replace: false },
        }),
      ).toBe('request.invalid');
    });

    it('are in no table as they are, and in no backup at all', async () => {
      await make(ids, true);
      const sealed = await server.store.read(({ db, t }) => db.select().from(t.pinSlips));
      const pins = [...(await takenBy(committee)).values()];
      expect(pins.length).toBeGreaterThan(2);
      for (const pin of pins) expect(JSON.stringify(sealed)).not.toContain(pin);
      const stored = await server.store.read(async ({ db, t }) => [
        await db.select().from(t.commands),
        await db.select().from(t.households),
      ]);
      const text = JSON.stringify(stored);
      for (const pin of pins) expect(text).not.toContain(`"${pin}"`);
      expect(tableShapes().map(({ name }) => name)).not.toContain('pin_slips');
    });

    it('are printed for a day and never after, and then deleted', async () => {
      const rows = () => server.store.read(async ({ db, t }) => db.select().from(t.pinSlips));
      await make(ids.slice(0, 3), true);
      expect((await slips()).size).toBeGreaterThan(0);
      await later((PIN_SLIP_HOURS - 1) * HOUR_MS);
      expect((await slips()).size).toBeGreaterThan(0);
      const late = ids[5] ?? '';
      await make([late], true);
      await later(HOUR_MS);
      expect(await slips()).toEqual(new Set([late]));
      expect([...(await takenBy(committee, ids.slice(0, 3))).keys()]).toEqual([]);
      expect((await rows()).length).toBeGreaterThan(1);
      await server.store.transaction((tx) => sweepSlips(tx, server.clock.nowMs));
      expect((await rows()).map(({ householdId }) => householdId)).toEqual([late]);
      await later((PIN_SLIP_HOURS - 1) * HOUR_MS);
      expect((await slips()).size).toBe(0);
      expect((await takenBy(committee, [late])).size).toBe(0);
    });
  });
});
