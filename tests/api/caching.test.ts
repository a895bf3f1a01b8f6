import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/operation.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { furnish, sampleOf, type Furnished } from '../support/samples.ts';
import { addressOf, type Caller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const ids = Object.keys(ENDPOINTS) as EndpointId[];
const cacheOf = (id: EndpointId) => (OPERATIONS[id] as Operation).cache;
const rolesOf = (id: EndpointId): readonly Role[] => PERMISSIONS[OPERATIONS[id].access];

it('only what everybody may read may be kept for everybody', () => {
  for (const id of ids) {
    if (cacheOf(id) === undefined) continue;
    expect([id, ENDPOINTS[id].startsWith('GET '), cacheOf(id) === 'public']).toEqual([
      id,
      true,
      rolesOf(id).includes('public'),
    ]);
  }
});

describe.each(ENGINES)('what callers may keep on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of an answer', () => {
    let server: TestServer;
    let own: Furnished;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
    });
    afterAll(() => server.remove());

    function callerOf(id: EndpointId): Caller | undefined {
      const roles = rolesOf(id);
      if (roles.includes('public')) return undefined;
      if (roles.includes('household')) return own.phone;
      return roles.includes('volunteer') ? own.kiosk : own.admin;
    }
    const get = (id: EndpointId, headers: Record<string, string> = {}, as = callerOf(id)) =>
      fetch(server.url + addressOf(id, sampleOf(id, own)), { headers: { ...as?.headers, ...headers } });

    it.each(ids.filter(cacheOf))('%s is sent again only when it changed', async (id) => {
      const first = await get(id);
      const tag = first.headers.get('ETag') ?? '';
      expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
      const isPublic = cacheOf(id) === 'public';
      expect(first.headers.get('Cache-Control')).toBe(isPublic ? 'public, max-age=5' : 'private, no-cache');
      const vary = first.headers.get('Vary') ?? '';
      expect(vary.includes('Authorization') && vary.includes('X-Shift')).toBe(!isPublic);
      await first.text();

      for (const known of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
        const again = await get(id, { 'If-None-Match': known });
        expect([known, again.status, await again.text()]).toEqual([known, 304, '']);
        expect([again.headers.get('ETag'), again.headers.get('Content-Type')]).toEqual([tag, null]);
      }
      for (const other of ['"other"', 'W/""', tag.slice(0, -2), '']) {
        const again = await get(id, { 'If-None-Match': other });
        expect([other, again.status]).toEqual([other, 200]);
        await again.text();
      }
    });

    it('a change makes another tag', async () => {
      const tags = async () => {
        const got = [await get('goods.list'), await get('kiosk.goods'), await get('board.view')];
        return got.map(({ headers }) => headers.get('ETag'));
      };
      const before = await tags();
      expect(await tags()).toEqual(before);
      const body = { price: 4200 };
      await server.must('goods.update', { as: own.admin, params: { id: own.goodsId }, body });
      const after = await tags();
      expect(after.filter((tag, index) => tag === before[index])).toEqual([]);
    });

    it('knowing a tag opens nothing', async () => {
      const tag = (await get('me.view')).headers.get('ETag') ?? '';
      const nobody = await get('me.view', { 'If-None-Match': tag }, { id: '', headers: {} });
      expect([nobody.status, nobody.headers.get('ETag')]).toEqual([401, null]);
      expect(nobody.headers.get('Cache-Control')).toBe('no-store');
      const lost = await fetch(`${server.url}/api/v1/board/nowhere`, { headers: { 'If-None-Match': '*' } });
      expect([lost.status, lost.headers.get('Cache-Control')]).toEqual([404, 'no-store']);
    });

    it('everything else is kept by nobody', async () => {
      for (const id of ids.filter((one) => ENDPOINTS[one].startsWith('GET ') && !cacheOf(one))) {
        if ((OPERATIONS[id] as Operation).response === 'picture') continue;
        const got = await get(id);
        const kept = [got.headers.get('Cache-Control'), got.headers.get('ETag')];
        expect([id, got.status, ...kept]).toEqual([id, 200, 'no-store', null]);
        await got.arrayBuffer();
      }
    });
  });
});
