import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODULES } from '../../server/modules.ts';
import { sweep } from '../../server/privacy/index.ts';
import { PICTURE_BYTES_MOST } from '../../shared/pictures/limits.ts';
import { cameraNotes, jpeg } from '../support/jpeg.ts';
import { furnish, type Furnished } from '../support/samples.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

type Purpose = 'evidence' | 'goods';
const DAY_MS = 86_400_000;

describe.each(ENGINES)('photos on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('are taken, kept and shown', () => {
    let server: TestServer;
    let own: Furnished;
    let foreign: Furnished;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
      foreign = await furnish(server, await server.addVillage('彼村'), '外');
    });
    afterAll(() => server.remove());

    const add = (purpose: Purpose, body: Uint8Array, as: Caller = own.admin, key = newKey()) =>
      server.call('pictures.add', { as, params: { purpose }, body, key });
    const must = async (purpose: Purpose, body = jpeg()) => (await add(purpose, body)).data.id;
    const shown = (id: string, headers: Record<string, string> = {}) =>
      fetch(`${server.url}/api/v1/pictures/goods/${own.id}/${id}`, { headers });
    const propose = (body: object, as: Caller = own.staff) =>
      server.call('proposals.create', {
        as,
        body: { ruleId: own.ruleId, householdIds: [own.household.id], points: 300, ...body },
      });

    it('come back without a word the camera wrote', async () => {
      const { data } = await add('evidence', jpeg({ width: 1280, height: 960, notes: cameraNotes() }));
      expect(data).toMatchObject({ width: 1280, height: 960 });
      const got = await server.call('pictures.get', { as: own.staff, params: { id: data.id } });
      const bytes = Buffer.from(await got.data.arrayBuffer());
      expect(bytes).toEqual(jpeg({ width: 1280, height: 960 }));
      expect(got.headers.get('Content-Type')).toBe('image/jpeg');
      expect([got.headers.get('Cache-Control'), got.headers.get('ETag')]).toEqual(['no-store', null]);
      const [row] = await server.store.read(({ db, t }) => db.select().from(t.pictures).limit(200));
      expect(row?.bytes.includes(Buffer.from('Exif'))).toBe(false);
    });

    it('are answered alike under the same key, and once', async () => {
      const key = newKey();
      const first = await add('goods', jpeg(), own.admin, key);
      const again = await add('goods', jpeg(), own.admin, key);
      expect([again.headers.get('Idempotency-Replayed'), again.data]).toEqual(['true', first.data]);
      expect((await add('goods', jpeg({ width: 8 }), own.admin, key)).problem.code).toBe(
        'idempotency.conflict',
      );
    });

    it.each([
      ['an empty file', Buffer.alloc(0), 'picture.not_jpeg'],
      ['a drawing with a script in it', Buffer.from('<svg onload="alert(1)"/>'), 'picture.not_jpeg'],
      ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'picture.not_jpeg'],
      ['a page that calls itself JPEG', Buffer.from('\xff\xd8\xff\xe0<html>', 'latin1'), 'picture.broken'],
      ['half a photo', jpeg({ width: 800, height: 600 }).subarray(0, 900), 'picture.broken'],
      ['a photo of a whole wall', jpeg({ width: 2056, height: 8 }), 'picture.too_large'],
      [
        'a photo that says it is endless',
        jpeg({ width: 65_535, height: 65_535 }).subarray(0, 500_000),
        'picture.too_large',
      ],
      ['a large file', Buffer.concat([jpeg(), Buffer.alloc(PICTURE_BYTES_MOST)]), 'picture.too_large'],
    ])('%s is refused', async (_, body, code) => {
      const { status, problem } = await add('evidence', body);
      expect([status < 500, problem.code, problem.moved]).toEqual([true, code, 'no']);
    });

    it('are handed in by whoever may do what they are for', async () => {
      const [committee, shopkeeper] = [await server.asStaff('committee'), await server.asStaff('shopkeeper')];
      expect((await add('evidence', jpeg(), committee)).status).toBe(200);
      expect((await add('goods', jpeg(), committee)).problem.code).toBe('auth.forbidden');
      expect((await add('goods', jpeg(), shopkeeper)).status).toBe(200);
      expect((await add('evidence', jpeg(), shopkeeper)).problem.code).toBe('auth.forbidden');
      expect((await add('goods', jpeg(), await server.asStaff('supervisor'))).problem.code).toBe(
        'auth.forbidden',
      );
    });

    it('of goods are everybody’s, for ever, and asked for once', async () => {
      const id = await must('goods');
      const first = await shown(id);
      expect([first.status, first.headers.get('Content-Type'), first.headers.get('Cache-Control')]).toEqual([
        200,
        'image/jpeg',
        'public, max-age=31536000, immutable',
      ]);
      expect(Buffer.from(await first.arrayBuffer())).toEqual(jpeg());
      const again = await shown(id, { 'If-None-Match': first.headers.get('ETag') ?? '' });
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
      expect((await shown(id, { 'If-None-Match': '"another"' })).status).toBe(200);
    });

    it('that are evidence are nobody’s outside the office of the village', async () => {
      const id = await must('evidence');
      const params = { id };
      expect((await shown(id)).status).toBe(404);
      expect(await server.refused('pictures.get', { params })).toBe('auth.required');
      expect(await server.refused('pictures.get', { params, as: own.phone })).toBe('auth.forbidden');
      expect(await server.refused('pictures.get', { params, as: own.kiosk })).toBe('auth.forbidden');
      expect(await server.refused('pictures.get', { params, as: foreign.admin })).toBe('picture.not_found');
    });

    it('go with a deed to whoever decides on it', async () => {
      const pictureIds = [await must('evidence'), await must('evidence')];
      const { data } = await propose({ pictureIds: [...pictureIds, pictureIds[0]] });
      const seen = await server.must('proposals.get', { as: own.staff, params: { id: data.ids[0] ?? '' } });
      expect(seen.pictureIds).toEqual(pictureIds);
      expect((await propose({ pictureIds: [await must('goods')] })).problem.code).toBe('picture.not_found');
      expect((await propose({ pictureIds: [foreign.evidenceId] })).problem.code).toBe('picture.not_found');
      expect((await propose({ pictureIds: Array(7).fill(pictureIds[0]) })).problem.code).toBe(
        'request.invalid',
      );
      expect((await propose({})).status).toBe(200);
    });

    it('of goods are shown wherever the goods are, until another takes their place', async () => {
      const as = own.admin;
      const [first, second] = [await must('goods'), await must('goods', jpeg({ width: 32 }))];
      const params = { id: own.goodsId };
      await server.must('goods.update', { as, params, body: { pictureId: first } });
      await server.must('goods.update', { as, params, body: { unit: '包' } });
      const { items } = await server.must('goods.list', { as });
      const { goods } = await server.must('board.view', { params: { villageId: own.id } });
      const mine = await server.must('me.goods', { as: own.phone });
      const atKiosk = await server.must('kiosk.goods', { as: own.kiosk.device });
      for (const list of [items, goods, mine.items, atKiosk.items])
        expect(list.find(({ id }) => id === own.goodsId)?.pictureId).toBe(first);
      await server.must('goods.update', { as, params, body: { pictureId: second } });
      expect([(await shown(first)).status, (await shown(second)).status]).toEqual([404, 200]);
      const emptied = await server.must('goods.update', { as, params, body: { pictureId: null } });
      expect([emptied.pictureId, (await shown(second)).status]).toEqual([null, 404]);
      expect(await server.refused('goods.update', { as, params, body: { pictureId: own.evidenceId } })).toBe(
        'picture.not_found',
      );
    });

    it('shown by two items stay when one of them loses it', async () => {
      const as = own.admin;
      const pictureId = await must('goods');
      const base = { kind: 'goods', category: '粮油', unit: '袋', price: 100, costFen: null } as const;
      const rest = { barcode: null, monthlyLimit: null, enabled: true, pictureId };
      const one = await server.must('goods.create', { as, body: { ...base, ...rest, name: '面一' } });
      await server.must('goods.create', { as, body: { ...base, ...rest, name: '面二' } });
      await server.must('goods.update', { as, params: { id: one.id }, body: { pictureId: null } });
      expect((await shown(pictureId)).status).toBe(200);
    });

    it('nobody used are forgotten after a month; those in use stay', async () => {
      const [used, unused] = [await must('evidence'), await must('evidence')];
      await propose({ pictureIds: [used] });
      await sweep({ store: server.store, modules: MODULES, nowMs: server.clock.nowMs + 32 * DAY_MS });
      // A month later everybody logs in again.
      const admin = await server.asStaff('admin');
      const get = (id: string) => server.call('pictures.get', { as: admin, params: { id } });
      expect([(await get(used)).status, (await get(unused)).problem.code]).toEqual([
        200,
        'picture.not_found',
      ]);
    });
  });
});
