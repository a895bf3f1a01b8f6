import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import type { Operation } from '../../shared/operation.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { BOOK, changedTables, type Digest, openDigest } from '../support/digest.ts';
import { furnish, sampleOf, type Furnished } from '../support/samples.ts';
import { type Caller, methodOf, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

/** Routes beside the contract, which everybody may ask and which change nothing: the descriptions. */
const BESIDE = ['GET /api/v1/openapi.json', 'GET /ca.crt'];

interface Layer {
  readonly route?: {
    readonly path: string | readonly string[];
    readonly methods: Readonly<Record<string, boolean>>;
  };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/**
 * The tests of roles, foreign villages and made-up requests walk over the contract. A route that was put beside it would
 * be walked over by none of them: there is none.
 */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer('sqlite');
});
afterAll(() => server.remove());

it('what the server routes is the contract, and what is named here', () => {
  const declared = Object.values(ENDPOINTS).map((place) => {
    const [method = '', path = ''] = place.split(' ');
    // Each room has a router of its own, which knows the rest of the path.
    return `${method} /${path.split('/').slice(2).join('/')}`;
  });
  expect(routed()).toEqual([...declared, ...BESIDE].sort());
});

it('a route put beside them would be seen', () => {
  const before = routed();
  const beside = express.Router();
  beside.patch(['/:id', '/:id/name'], (_request, response) => response.end());
  server.http.app.use('/api/v1/beside', beside);
  expect(routed()).toEqual([...before, 'PATCH /:id', 'PATCH /:id/name'].sort());
});

const questions = (Object.keys(ENDPOINTS) as EndpointId[]).filter((id) => methodOf(id) === 'GET');
const takesOf = (id: EndpointId) => (OPERATIONS[id] as Operation).takes;
const takings = questions.flatMap((id) => {
  const act = takesOf(id);
  return act === undefined ? [] : [{ id, act }];
});

describe.each(ENGINES)('what is asked by GET on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('and answered', () => {
    let asked: TestServer;
    let own: Furnished;
    let digest: Digest;
    beforeAll(async () => {
      asked = await startTestServer(engine);
      own = await furnish(asked, asked, '问');
      digest = await openDigest(asked.test);
    });
    afterAll(async () => {
      await digest.close();
      await asked.remove();
    });

    it.each(questions.filter((id) => takesOf(id) === undefined))(
      '%s leaves every table as it was',
      async (id) => {
        const before = await digest.read();
        expect(before.size).toBeGreaterThan(20);
        const got = await asked.call(id, { ...sampleOf(id, own), as: callerOf(id) } as object);
        expect(got.status).toBe(200);
        expect(changedTables(before, await digest.read())).toEqual([]);
      },
    );

    it.each(takings)('$id leaves every table as it was, but for one act in the book', async ({ id, act }) => {
      const [before, entries, facts] = [
        await digest.read(),
        await rowsOf('journal'),
        await rowsOf('journalFacts'),
      ];
      const got = await asked.call(id, { ...sampleOf(id, own), as: callerOf(id) } as object);
      expect(got.status).toBe(200);
      expect(changedTables(before, await digest.read()).sort()).toEqual(BOOK);
      const [added, ...more] = without(await rowsOf('journal'), entries);
      expect([added, more]).toMatchObject([{ kind: 'act', lineCount: 0 }, []]);
      const told = without(await rowsOf('journalFacts'), facts);
      expect(told).toContainEqual(expect.objectContaining({ name: 'act', value: act }));
      expect(told.every(({ number }) => number === added?.number)).toBe(true);
    });

    it('would be seen to change something', async () => {
      const before = await digest.read();
      await asked.must('households.update', {
        as: own.admin,
        params: { id: own.household.id },
        body: { size: 7 },
      });
      expect(changedTables(before, await digest.read())).toContain('households');
    });

    const rowsOf = (table: 'journal' | 'journalFacts') =>
      asked.store.read(async ({ db, t }) => (await db.select().from(t[table] as never)) as Row[]);

    function callerOf(id: EndpointId): Caller | undefined {
      const roles: readonly Role[] = PERMISSIONS[OPERATIONS[id].access];
      if (roles.includes('public')) return undefined;
      if (roles.includes('household')) return own.phone;
      return roles.includes('volunteer') ? own.kiosk : own.admin;
    }
  });
});

type Row = Readonly<Record<string, unknown>>;

/** The rows that were not there before. Every row that was has stayed as it was. */
function without(rows: readonly Row[], before: readonly Row[]): Row[] {
  const texts = new Set(rows.map((row) => JSON.stringify(row)));
  expect(before.filter((row) => !texts.has(JSON.stringify(row)))).toEqual([]);
  const known = new Set(before.map((row) => JSON.stringify(row)));
  return rows.filter((row) => !known.has(JSON.stringify(row)));
}

function routed(): string[] {
  const { stack } = server.http.app.router as unknown as { stack: readonly Layer[] };
  return stack.flatMap(routesOf).sort();
}

/** Without those that answer every method: they refuse. */
function routesOf({ route, handle }: Layer): string[] {
  if (!route) return (handle.stack ?? []).flatMap(routesOf);
  const methods = Object.keys(route.methods).filter((method) => method !== '_all');
  return methods.flatMap((method) => [route.path].flat().map((path) => `${method.toUpperCase()} ${path}`));
}
