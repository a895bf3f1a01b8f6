import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweep } from '../../server/privacy/index.ts';
import { RETENTION_DAYS } from '../../shared/retention.ts';
import { jpeg } from '../support/jpeg.ts';
import { csv } from '../support/office.ts';
import { furnish, type Furnished } from '../support/samples.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';
import { UNUSED_PICTURES_MOST } from '../../shared/pictures.ts';

const DAY_MS = 86_400_000;
const MB = 1024 * 1024;
/** docs/security.md: the papers of a village that nobody confirmed. */
const PAPERS_BYTES_MOST = 64 * MB;

/** Photos and papers are handed in before anything shows or confirms them. They cannot fill the disk. */
describe.each(ENGINES)('uploads that nobody means to use, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('in a village', () => {
    let server: TestServer;
    let own: Furnished;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
    });
    afterAll(() => server.remove());

    const add = (as: Caller, body = jpeg()) =>
      server.call('pictures.add', { as, params: { purpose: 'evidence' }, body });
    const idOf = async (as: Caller) => (await add(as)).data.id;
    const stored = async (villageId: string) => {
      const sizes = await server.store.read(({ db, t: { pictures } }) =>
        db
          .select({ bytes: sql<number>`length(${pictures.bytes})`.mapWith(Number) })
          .from(pictures)
          .where(eq(pictures.villageId, villageId)),
      );
      return { count: sizes.length, bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0) };
    };
    const isThere = async (id: string, as: Caller) =>
      (await server.call('pictures.get', { as, params: { id } })).status === 200;

    it('photos by one person are so many at most, also when they come at once; used ones do not count', async () => {
      const { count } = UNUSED_PICTURES_MOST.own;
      const village = await server.addVillage('照片村');
      const [planter, clerk] = [
        await server.asStaff('committee', { village }),
        await server.asStaff('committee', { village }),
      ];
      const got = await Promise.all(Array.from({ length: count + 20 }, () => add(planter)));
      expect(got.filter(({ status }) => status === 200)).toHaveLength(count);
      const refused = got.filter(({ status }) => status !== 200).map(({ problem }) => problem);
      expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['picture.too_many']));
      expect(refused[0]).toMatchObject({ moved: 'no', params: { what: 'own', limit: count } });
      expect((await stored(village.id)).count).toBe(count);
      // Nobody else is kept from work by it.
      expect((await add(clerk)).status).toBe(200);
    });

    /** Writes photos into the database that nobody handed in over HTTP. */
    const plant = (villageId: string, createdBy: string, ...sizes: readonly number[]) =>
      server.store.transaction(async (tx) => {
        const rest = {
          purpose: 'evidence' as const,
          mediaType: 'image/jpeg',
          width: 1,
          height: 1,
          sha256: '',
        };
        const when = { createdAtMs: server.clock.nowMs, usedAtMs: null };
        for (const size of sizes) {
          const row = { villageId, id: newKey(), ...rest, ...when, bytes: Buffer.alloc(size), createdBy };
          await tx.db.insert(tx.t.pictures).values(row).returning({ id: tx.t.pictures.id });
        }
      });

    it('photos have so many bytes at most, of one person and of the village', async () => {
      const village = await server.addVillage('大图村');
      const { own: one, village: all } = UNUSED_PICTURES_MOST;
      const planter = await server.asStaff('committee', { village });
      const clerk = await server.asStaff('committee', { village });
      const { bytes: size } = (await add(clerk)).data;
      await plant(village.id, planter.id, one.bytes - size + 1);
      const { problem } = await add(planter);
      expect([problem.code, problem.params]).toEqual([
        'picture.too_many',
        { what: 'own', limit: one.count, limitMb: one.bytes / MB },
      ]);
      expect((await add(clerk)).status).toBe(200);
      await plant(village.id, 'another', all.bytes - (await stored(village.id)).bytes - size + 1);
      expect((await add(clerk)).problem.params).toEqual({
        what: 'village',
        limit: all.count,
        limitMb: all.bytes / MB,
      });
      expect((await stored(village.id)).bytes).toBeLessThanOrEqual(all.bytes);
      // Another village has its own.
      expect((await add(own.admin)).status).toBe(200);
    });

    it('photos that nothing has shown for a day make room for new ones; those in use stay for ever', async () => {
      const { count } = UNUSED_PICTURES_MOST.own;
      const used = await idOf(own.staff);
      const body = { ruleId: own.ruleId, householdIds: [own.household.id], points: 300, pictureIds: [used] };
      await server.must('proposals.create', { as: own.staff, body });
      const planted: string[] = [];
      while (planted.length < count) planted.push(await idOf(own.staff));
      expect((await add(own.staff)).problem.code).toBe('picture.too_many');
      server.clock.nowMs += DAY_MS + 1;
      const as = await server.asStaff('admin');
      const again = await server.asStaff('committee');
      expect((await add(again)).status).toBe(200);
      const login = { username: own.staff.username, password: own.staff.password };
      const { accessToken } = await server.must('session.login', { body: login });
      const late = { id: own.staff.id, headers: { Authorization: `Bearer ${accessToken}` } };
      expect((await add(late)).status).toBe(200);
      expect([await isThere(planted[0] ?? '', as), await isThere(planted[1] ?? '', as)]).toEqual([
        false,
        true,
      ]);
      await sweep({ store: server.store, nowMs: server.clock.nowMs + RETENTION_DAYS.unusedPhotos * DAY_MS });
      expect((await stored(server.id)).count).toBeGreaterThan(0);
      // A month later everybody logs in again.
      const later = await server.asStaff('admin');
      expect([await isThere(used, later), await isThere(planted[1] ?? '', later)]).toEqual([true, false]);
    });

    const read = (as: Caller, body: Buffer, kind: 'roster' | 'goods' = 'roster') =>
      server.call('imports.read', { as, params: { kind }, query: { filename: 'a.csv' }, body });
    const papers = (villageId: string) =>
      server.store.read(async ({ db, t }) => {
        const rows = await db.select().from(t.imports);
        return rows.filter((row) => row.villageId === villageId);
      });

    it('papers that were uploaded again take the place of the earlier ones of their kind', async () => {
      const village = await server.addVillage('花名册村');
      const as = village.admin;
      const roster = csv('户号,村民小组,户主', '001,第一组,王明');
      const ids: string[] = [];
      for (let round = 0; round < 5; round += 1) ids.push((await read(as, roster)).data.id);
      const goods = (await read(as, csv('品名,单位,积分', '大米,袋,100'), 'goods')).data.id;
      expect((await papers(village.id)).map(({ id }) => id).sort()).toEqual([...ids.slice(2), goods].sort());
      const [gone = '', , , , latest = ''] = ids;
      expect(await server.refused('imports.commit', { as, params: { id: gone }, body: {} })).toBe(
        'paper.not_found',
      );
      await server.must('imports.commit', { as, params: { id: latest }, body: {} });
      for (let round = 0; round < 4; round += 1) await read(as, roster);
      expect((await papers(village.id)).filter(({ state }) => state === 'committed')).toHaveLength(1);
    });

    it('papers have so many bytes at most in all, whoever uploads them', async () => {
      const village = await server.addVillage('表格村');
      const as = village.admin;
      const roster = csv('户号,村民小组,户主', '001,第一组,王明');
      const { id } = (await read(as, roster)).data;
      const kept = await papers(village.id);
      const file = Buffer.alloc(PAPERS_BYTES_MOST / 8 - 2_000);
      const planted = Array.from({ length: 8 }, () =>
        kept.map((row) => ({ ...row, id: newKey(), bytes: file, createdBy: 'another' })),
      );
      for (const rows of planted)
        await server.store.transaction((tx) =>
          tx.db.insert(tx.t.imports).values(rows).returning({ id: tx.t.imports.id }),
        );
      const late = await read(as, csv('户号,村民小组,户主', ...Array<string>(200).fill('001,第一组,王明')));
      expect([late.status, late.problem.code, late.problem.moved]).toEqual([409, 'paper.too_many', 'no']);
      expect(await papers(village.id)).toHaveLength(9);
      await server.must('imports.commit', { as, params: { id }, body: {} });
      await sweep({ store: server.store, nowMs: server.clock.nowMs + 8 * DAY_MS });
      expect((await papers(village.id)).map(({ state }) => state)).toEqual(['committed']);
    });
  });
});
