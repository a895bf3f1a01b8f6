import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODULES } from '../../server/modules.ts';
import { sweep } from '../../server/privacy/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { RETENTION_DAYS } from '../../shared/retention.ts';
import { jpeg } from '../support/jpeg.ts';
import { csv } from '../support/office.ts';
import { furnish, type Furnished } from '../support/samples.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';
import { UNUSED_PICTURES_MOST } from '../../shared/pictures/limits.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';

const DAY_MS = 86_400_000;
const MB = 1024 * 1024;
/** The most bytes of unconfirmed papers in a village (docs/security.md). */
const PAPERS_BYTES_MOST = 64 * MB;

/** Photos and papers are stored before anybody uses or confirms them. Limits keep them from filling the disk. */
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
    const today = () => businessDay(server.clock.nowMs, DEFAULT_SETTINGS.timeZone);
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
      // Other staff may still add photos.
      expect((await add(clerk)).status).toBe(200);
    });

    /** Inserts photos of these sizes straight into the database. */
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
      // Another village has its own limit.
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
      await sweep({
        store: server.store,
        modules: MODULES,
        nowMs: server.clock.nowMs + RETENTION_DAYS.unusedPhotos * DAY_MS,
      });
      expect((await stored(server.id)).count).toBeGreaterThan(0);
      // The sweep of a later day has removed the log-ins.
      const later = await server.asStaff('admin');
      expect([await isThere(used, later), await isThere(planted[1] ?? '', later)]).toEqual([true, false]);
    });

    const unused = (villageId: string) =>
      server.store.read(async ({ db, t: { pictures } }) => {
        const rows = await db.select().from(pictures).where(eq(pictures.villageId, villageId));
        return rows.flatMap(({ id, usedAtMs }) => (usedAtMs === null ? [id] : [])).sort();
      });
    const propose = (at: Furnished, pictureIds: string[], householdIds = [at.household.id]) =>
      server.must('proposals.create', {
        as: at.staff,
        body: { ruleId: at.ruleId, householdIds, points: 300, pictureIds },
      });
    const decide = (as: Caller, action: 'withdraw' | 'return' | 'approve', ids: string[]) =>
      server.must('proposals.decide', { as, body: { action, ids, reason: '核对' } });

    it('photos of a deed that was withdrawn count again, however often it is done', async () => {
      const { count } = UNUSED_PICTURES_MOST.own;
      const village = await server.addVillage('撤回村');
      const at = await furnish(server, village, '撤');
      const before = (await stored(village.id)).count;
      for (let round = 0; round < count / 6; round += 1) {
        const photos: string[] = [];
        while (photos.length < 6) photos.push(await idOf(at.staff));
        const { ids } = await propose(at, photos);
        await decide(at.staff, 'withdraw', ids);
      }
      expect((await add(at.staff)).problem.code).toBe('picture.too_many');
      expect((await stored(village.id)).count - before).toBe(count);
    });

    it('photos stay in use while one deed keeps them: another household’s, one that was sent back, one that was posted', async () => {
      const village = await server.addVillage('留用村');
      const at = await furnish(server, village, '留');
      const other = await server.must('households.create', {
        as: at.admin,
        body: { number: '902', head: '李留', group: '第一组' },
      });
      const approver = await server.asStaff('approver', { village });
      const before = await unused(village.id);
      const since = async () => (await unused(village.id)).filter((id) => !before.includes(id));
      const [shared, old, fresh] = [await idOf(at.staff), await idOf(at.staff), await idOf(at.staff)];
      const { ids } = await propose(at, [shared], [at.household.id, other.id]);
      const [first = '', second = ''] = ids;
      await decide(at.staff, 'withdraw', [first]);
      expect(await since()).toEqual([old, fresh].sort());
      await decide(at.staff, 'withdraw', [second]);
      expect(await since()).toEqual([shared, old, fresh].sort());

      const { ids: returned } = await propose(at, [old, shared]);
      await decide(approver, 'return', returned);
      expect(await since()).toEqual([fresh]);
      const body = { ids: returned, ruleId: at.ruleId, points: 300, note: '', effectiveOn: today() };
      await server.must('proposals.correct', {
        as: at.staff,
        body: { ...body, pictureIds: [shared, fresh] },
      });
      expect(await since()).toEqual([old]);
      await decide(approver, 'approve', returned);
      expect(await since()).toEqual([old]);
    });

    it('photos that no deed keeps are found by the sweep, also those let go of before it looked', async () => {
      const village = await server.addVillage('旧照村');
      const at = await furnish(server, village, '旧');
      const lost = await idOf(at.staff);
      await server.store.transaction((tx) =>
        tx.db
          .update(tx.t.pictures)
          .set({ usedAtMs: server.clock.nowMs })
          .where(eq(tx.t.pictures.id, lost))
          .returning({ id: tx.t.pictures.id }),
      );
      expect(await unused(village.id)).not.toContain(lost);
      await sweep({ store: server.store, modules: MODULES, nowMs: server.clock.nowMs });
      expect(await unused(village.id)).toContain(lost);
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

    /** Inserts papers of these sizes straight into the database. */
    const plantPapers = async (villageId: string, createdBy: string, ...sizes: readonly number[]) => {
      const [like] = await papers(villageId);
      if (!like) throw new Error('there is no paper yet');
      for (const size of sizes) {
        server.clock.nowMs += 1;
        const reading = { ...like.reading, rows: [], top: [] };
        const row = { ...like, id: newKey(), kind: 'rules' as const, bytes: Buffer.alloc(size), createdBy };
        await server.store.transaction((tx) =>
          tx.db
            .insert(tx.t.imports)
            .values({ ...row, reading, createdAtMs: server.clock.nowMs })
            .returning({ id: tx.t.imports.id }),
        );
      }
    };
    const bytesOf = async (villageId: string, by: string) =>
      (await papers(villageId)).filter(({ createdBy }) => createdBy === by).map(({ bytes }) => bytes.length);

    it('papers of one person have a share: their own oldest go, and others are not shut out', async () => {
      const village = await server.addVillage('份额村');
      const [one, other] = [await server.asStaff('admin', { village }), village.admin];
      const roster = csv('户号,村民小组,户主', '001,第一组,王明');
      const goods = csv('品名,单位,积分', '大米,袋,100');
      await read(one, roster);
      await plantPapers(village.id, one.id, 10 * MB, 9 * MB, 8 * MB);
      // The next paper of any kind removes the oldest papers above the uploader's share.
      server.clock.nowMs += 1;
      expect((await read(one, goods, 'goods')).status).toBe(200);
      expect(await bytesOf(village.id, one.id)).toEqual([9 * MB, 8 * MB, goods.length]);
      // The village is full of others' papers. An uploader with earlier papers loses those, one without is refused.
      await plantPapers(village.id, 'another', 10 * MB, 10 * MB, 10 * MB, 10 * MB);
      server.clock.nowMs += 1;
      await plantPapers(village.id, other.id, 6 * MB);
      server.clock.nowMs += 1;
      expect((await read(other, roster)).status).toBe(200);
      expect(await bytesOf(village.id, other.id)).toEqual([6 * MB, roster.length]);
      await plantPapers(village.id, other.id, 1 * MB);
      server.clock.nowMs += 1;
      expect((await read(other, goods, 'goods')).status).toBe(200);
      expect(await bytesOf(village.id, other.id)).toEqual([roster.length, 1 * MB, goods.length]);
      expect((await papers(village.id)).filter(({ createdBy }) => createdBy === 'another')).toHaveLength(4);
    });

    it('a paper that is read anew counts with what is understood of it then', async () => {
      const village = await server.addVillage('改读村');
      const as = village.admin;
      const rows = Array.from({ length: 2_000 }, (_, n) => `${n + 1},第一组,户主${n + 1}`);
      const { id } = (await read(as, csv('户号,村民小组,户主', ...rows))).data;
      const options = { headerRow: 1 };
      await plantPapers(village.id, as.id, 10 * MB, 10 * MB, 3 * MB);
      expect((await server.call('imports.correct', { as, params: { id }, body: options })).status).toBe(200);
      expect((await papers(village.id)).length).toBe(4);
      await plantPapers(village.id, as.id, 0.9 * MB);
      expect((await server.call('imports.correct', { as, params: { id }, body: options })).status).toBe(200);
      expect((await papers(village.id)).length).toBe(4);
      await plantPapers(village.id, 'another', 10 * MB, 10 * MB, 10 * MB, 10 * MB, 10 * MB, 10 * MB, 4 * MB);
      const { problem } = await server.call('imports.correct', { as, params: { id }, body: options });
      expect(problem.code).toBe('paper.too_many');
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
      await sweep({ store: server.store, modules: MODULES, nowMs: server.clock.nowMs + 8 * DAY_MS });
      expect((await papers(village.id)).map(({ state }) => state)).toEqual(['committed']);
    });
  });
});
