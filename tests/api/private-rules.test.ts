/** Deeds under a rule that is private stand on no board and no notice, other than in a sum, on both engines. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CappedVillage } from '../support/capped.ts';
import { asTwo } from '../support/second-person.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const NOON = Date.parse('2026-05-20T04:00:00Z');
const DAYS = { from: '2026-05-01', to: '2026-05-31' };
const QUARREL = { category: '乡风家风', title: '家庭矛盾经调解主动和好' };

describe.each(ENGINES)('a private rule, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let village: CappedVillage;
    let quarrel = '';
    let tidy = '';
    let wang = '';
    let li = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = NOON;
      village = await CappedVillage.open(server);
      quarrel = await village.rule({ ...QUARREL, points: 1000, isPrivate: true });
      tidy = await village.rule({ title: '庭院美' });
      wang = await village.household('王小明', '第一组');
      li = await village.household('李大娘', '第二组');
    });
    afterAll(() => server.remove());

    const board = () => server.must('board.view', { params: { villageId: village.village.id } });
    const notice = () => server.must('notices.view', { as: village.committee, query: DAYS });
    /** Each deed that stands in public, with how many households did it: on the board, and on the notice. */
    const told = async () => {
      const [shown, printed] = [await board(), await notice()];
      return {
        board: shown.deeds.map(({ title, households }) => [title, households]),
        notice: printed.heads.flatMap(({ deeds }) =>
          deeds.map(({ title, households }) => [title, households.length]),
        ),
        counted: [printed.deeds, printed.households],
        takenBack: printed.takenBack.map(({ title }) => title),
        otherwise: printed.movedOtherwise,
      };
    };
    const makePublic = (isPrivate: boolean) =>
      asTwo(server, 'rules.update', {
        ...{ as: village.village.admin, by: village.approver, village: village.village },
        ...{ params: { id: quarrel }, body: { isPrivate } },
      });

    test('stands in a sum on the notice, without names, and not on the board at all', async () => {
      await village.posted(quarrel, wang);
      await village.posted(tidy, wang);
      expect(await told()).toEqual({
        ...{ board: [['庭院美', 1]], notice: [['庭院美', 1]], counted: [1, 1], takenBack: [] },
        otherwise: [{ kind: 'private', entries: 1, points: 1000 }],
      });
      // The rule itself is no secret: it may stand among the ways to earn points.
      for (const seen of [await board(), await notice()])
        expect(JSON.stringify({ ...seen, rules: [] })).not.toContain(QUARREL.title);
    });

    test('is in the month’s sums as any other, and in the household’s own passbook', async () => {
      expect((await board()).month).toMatchObject({ awarded: 1500 });
      const { lines } = await server.must('me.view', {
        as: await server.asHousehold(wang, village.village),
      });
      expect(lines.map(({ text }) => text.title)).toContain(`R1 ${QUARREL.title}`);
    });

    test('is not named where it is taken back', async () => {
      const number = await village.posted(quarrel, li);
      await village.decide('approve', await village.reversal(number));
      expect(await told()).toMatchObject({
        takenBack: [],
        otherwise: [
          { kind: 'private', entries: 1, points: 1000 },
          { kind: 'correction', entries: 1, points: 1000 },
        ],
      });
    });

    test('hides what was done while it was private for good, and what was done before as long as it is', async () => {
      await makePublic(false);
      expect((await told()).board).toEqual([['庭院美', 1]]);
      await village.posted(quarrel, li);
      expect(await told()).toMatchObject({
        board: [
          [QUARREL.title, 1],
          ['庭院美', 1],
        ],
        counted: [2, 2],
        otherwise: [
          { kind: 'private', entries: 1, points: 1000 },
          { kind: 'correction', entries: 1, points: 1000 },
        ],
      });
      await makePublic(true);
      expect(await told()).toMatchObject({
        ...{ board: [['庭院美', 1]], counted: [1, 1] },
        otherwise: [
          { kind: 'private', entries: 2, points: 2000 },
          { kind: 'correction', entries: 1, points: 1000 },
        ],
      });
    });
  });
});
