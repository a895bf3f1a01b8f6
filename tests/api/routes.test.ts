import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** Routes beside the contract, which everybody may ask and which change nothing: the descriptions. */
const BESIDE = ['GET /', 'GET /:tag.css', 'GET /:tag.js', 'GET /api/v1/openapi.json', 'GET /en', 'GET /zh'];

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
