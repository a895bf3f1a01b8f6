import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EndpointId } from '../../shared/endpoints.ts';
import { furnish, type Furnished, sampleOf } from '../support/samples.ts';
import {
  addressOf,
  type ProblemBody,
  requestOf,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const FILLER = '\u3164';
const UNSEEN = [
  FILLER,
  '\u115f\u1160',
  '\uffa0',
  '\u2800',
  '\u034f',
  '\ufe00\ufe0f',
  '\u{e0100}',
  '\u{e01ef}',
];
/** A form of 葛 that some families write. */
const RARE = '葛\u{e0101}';

/** Operations that give something a name, and its field. */
const NAMED: readonly (readonly [EndpointId, string])[] = [
  ['village.update', 'town'],
  ['households.create', 'head'],
  ['households.update', 'head'],
  ['staff.create', 'displayName'],
  ['staff.update', 'displayName'],
  ['rules.create', 'title'],
  ['goods.create', 'name'],
  ['goods.create', 'category'],
  ['goods.update', 'name'],
  ['kiosks.create', 'name'],
  ['kiosks.update', 'name'],
  ['volunteers.create', 'name'],
];

describe.each(ENGINES)('names that nobody can see, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('at a village’s office', () => {
    let server: TestServer;
    let own: Furnished;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
    });
    afterAll(() => server.remove());

    async function send(id: EndpointId, field: string, text: string) {
      const sample = sampleOf(id, own);
      const sent = { ...sample, as: own.admin, body: { ...(sample.body as object), [field]: text } };
      const response = await fetch(`${server.url}${addressOf(id, sent)}`, requestOf(id, sent));
      return { status: response.status, problem: (await response.json()) as ProblemBody };
    }

    it.each(NAMED)('%s refuses them for its %s', async (id, field) => {
      for (const text of UNSEEN) {
        const { status, problem } = await send(id, field, text);
        expect([text, status, problem.code, problem.errors?.[0]?.path]).toEqual([
          text,
          400,
          'request.invalid',
          `body.${field}`,
        ]);
      }
    });

    it('are not made two of by what is not seen in them', async () => {
      const goods = sampleOf('goods.create', own).body as { name: string };
      expect((await send('goods.create', 'name', '面粉一')).status).toBe(200);
      expect(goods.name).not.toBe('');
      for (const name of [`面粉一${FILLER}`, '面\u034f粉一', '\u2800面粉一'])
        expect((await send('goods.create', 'name', name)).problem.code).toBe('goods.name_taken');
    });

    it('keep how a rare character is written', async () => {
      const body = { head: `${RARE}小明${FILLER}`, group: '第九组' };
      const made = await server.must('households.create', { as: own.admin, body });
      const params = { id: made.id };
      expect((await server.must('households.get', { as: own.admin, params })).head).toBe(`${RARE}小明`);
      const stray = { head: `小\u200b明 \u{e0101}`, group: '第九组' };
      expect(await server.refused('households.create', { as: own.admin, body: stray })).toBe(
        'request.invalid',
      );
    });

    it('come out of no paper', async () => {
      const rows = [
        ['901', '第九组', FILLER],
        ['902', '第九组', `张${FILLER}三\u2800`],
        ['903', '第九组', `${RARE}四`],
        ['904', '第九组', `\u{e0101}李五`],
      ];
      const lines = [['户号', '村民小组', '户主', '人口'], ...rows.map((row) => [...row, '3'])];
      const csv = lines.map((row) => row.join(',')).join('\n');
      const read = await server.must('imports.read', {
        as: own.admin,
        params: { kind: 'roster' },
        query: { filename: '花名册.csv' },
        body: Buffer.from(csv),
      });
      expect(read.preview.problems.map(({ code, row }) => [code, row])).toEqual([['head_missing', 2]]);
      await server.must('imports.commit', { as: own.admin, params: { id: read.id }, body: {} });
      const { items } = await server.must('households.list', { as: own.admin, query: { group: '第九组' } });
      const heads = items.filter(({ number }) => /^90[1-4]$/.test(number)).map(({ head }) => head);
      expect(heads.sort()).toEqual(['张三', '李五', `${RARE}四`]);
    });
  });
});
