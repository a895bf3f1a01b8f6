import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asTwo } from '../support/second-person.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ruleSample } from '../support/sample-parts.ts';
import { ENGINES } from '../support/stores.ts';

const DAY = 86_400_000;

describe.each(ENGINES)('the rule book on a household’s page, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let householdId = '';
    let cleanId = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      householdId = (await addHousehold(server)).id;
      cleanId = (await add('A1', '清理河道')).id;
      await add('A2', '停用的一条', { enabled: false });
    });
    afterAll(() => server.remove());

    const fixed = (points: number) => ({
      pointsMode: 'fixed' as const,
      points,
      pointsMin: null,
      pointsMax: null,
    });
    /** Days pass in these tests, and log-ins end: everybody comes in anew. */
    const admin = () => server.asStaff('admin');
    const add = async (code: string, title: string, fields: object = {}) =>
      server.must('rules.create', {
        as: await admin(),
        body: { ...ruleSample(code, title), ...fixed(300), ...fields },
      });
    const change = async (id: string, body: object) =>
      asTwo(server, 'rules.update', { as: await admin(), params: { id }, body });
    const told = async () => {
      const { changes } = await server.must('me.view', { as: await server.asHousehold(householdId) });
      return changes;
    };

    test('shows the rules that count, each with a drawing, and none that is switched off', async () => {
      const { items } = await server.must('me.rules', { as: await server.asHousehold(householdId) });
      expect(items.map(({ title, points, drawing }) => [title, points, drawing])).toEqual([
        ['清理河道', 300, 'river-cleaning'],
      ]);
      expect(Object.keys(items[0] ?? {})).not.toContain('proposer');
    });

    test('shows the options of a rule, and which are fit for the old', async () => {
      const options = [
        { name: '中职', points: 300 },
        { name: '本科', points: 500 },
      ];
      const list = { pointsMode: 'list', points: null, pointsMin: null, pointsMax: null, options };
      const fresh = await add('A9', '子女升学', { ...list, isFitForOld: true });
      const { items } = await server.must('me.rules', { as: await server.asHousehold(householdId) });
      expect(items.find(({ id }) => id === fresh.id)).toMatchObject({
        ...{ pointsMode: 'list', options, isFitForOld: true },
      });
      await change(fresh.id, { enabled: false });
    });

    test('a new book is no news; from then on each change is told once, as it is now, for two weeks', async () => {
      expect(await told()).toMatchObject({ rules: [], moreRules: 0 });
      server.clock.nowMs += 20 * DAY;
      await change(cleanId, { points: 400 });
      await change(cleanId, { points: 500 });
      server.clock.nowMs += 1000;
      const fresh = await add('A3', '植树');
      const { rules } = await told();
      expect(rules.map(({ title, before, after }) => [title, before?.points, after?.points])).toEqual([
        ['植树', undefined, 300],
        ['清理河道', 300, 500],
      ]);
      await change(fresh.id, { enabled: false });
      await change(cleanId, { points: 300 });
      // Neither of them is different from what it was before.
      expect((await told()).rules).toEqual([]);
      await change(cleanId, { enabled: false });
      expect((await told()).rules).toMatchObject([
        { title: '清理河道', before: { points: 300 }, after: null },
      ]);
      server.clock.nowMs += 15 * DAY;
      expect((await told()).rules).toEqual([]);
    });

    test('tells six of many, and how many more there are', async () => {
      for (let number = 0; number < 8; number += 1)
        await add(`B${String(number)}`, `新的一条${String(number)}`);
      const { rules, moreRules } = await told();
      expect([rules.length, moreRules]).toEqual([6, 2]);
    });
  });
});
