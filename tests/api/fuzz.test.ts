import { request as httpRequest, Agent } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Operation } from '../../shared/operation.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { ERRORS } from '../../shared/errors.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { openApiDocument } from '../../server/http/openapi/document.ts';
import { BOOK, changedTables, type Digest, openDigest } from '../support/digest.ts';
import { type Attempt, attempts, type Schema } from '../support/hostile-input.ts';
import { furnish, sampleOf, type Furnished } from '../support/samples.ts';
import {
  addressOf,
  type Caller,
  type LooseSent,
  methodOf,
  newKey,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

/**
 * Every endpoint takes what nobody should send it. A campaign, and the same again:
 * npm test -- --long tests/api/fuzz, or of one engine and as many as wanted
 * JISHAN_FUZZ=2000 [JISHAN_FUZZ_SEED=…] npx vitest run --project api tests/api/fuzz.test.ts -t sqlite
 */
const WANTED = process.env.JISHAN_FUZZ ?? (process.env.JISHAN_LONG ? '2000' : undefined);
const EACH = Number(WANTED ?? 30);
const SEED = Number(process.env.JISHAN_FUZZ_SEED ?? (WANTED === undefined ? 20_260_302 : Date.now()));
const BATCH = 25;
const MINUTES = 60_000;
/** These endpoints lock out callers who guess. They come last, so that the lock hides no other endpoint's faults. */
const LAST = /^(?:session\.|me\.login|kiosk\.(?:pair|signIn|checkPin|statement)|setup\.)/;
const ids = (Object.keys(ENDPOINTS) as EndpointId[]).sort(
  (a, b) => Number(LAST.test(a)) - Number(LAST.test(b)),
);
const documented = documentedCodes();

interface Answered {
  readonly attempt: Attempt;
  readonly status: number;
  readonly text: string;
}

describe.each(ENGINES)('made-up requests on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)(`${EACH} for each endpoint, seed ${SEED}`, () => {
    let server: TestServer;
    let own: Furnished;
    let digest: Digest;
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const tally = { done: 0, refused: 0 };
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
      digest = await openDigest(server.test);
    });
    afterAll(async () => {
      if (WANTED !== undefined) console.log(engine, `seed ${SEED}`, tally);
      agent.destroy();
      await digest.close();
      await server.remove();
    });

    it('would be seen to change something', async () => {
      const before = await digest.read();
      expect(before.size).toBeGreaterThan(20);
      await server.must('goods.update', {
        as: own.admin,
        params: { id: own.goodsId },
        body: { unit: '箱' },
      });
      expect(changedTables(before, await digest.read()).sort()).toEqual(['commands', 'goods', ...BOOK]);
    });

    it.each(ids)(
      '%s',
      async (id) => {
        const sample = sampleOf(id, own);
        const caller = await callerOf(id);
        const made = fc.sample(attempts(sample, bodySchema(id), queryNames(id, sample)), {
          seed: SEED,
          numRuns: EACH,
        });
        for (let from = 0; from < made.length; from += BATCH) {
          const batch = made.slice(from, from + BATCH);
          const before = await digest.read();
          const answered = await sendAll(id, caller, batch);
          expect(answered.flatMap((one) => faultsOf(id, one))).toEqual([]);
          const refused = answered.filter(({ status }) => status >= 400).map(({ attempt }) => attempt);
          tally.done += batch.length - refused.length;
          tally.refused += refused.length;
          const after = await digest.read();
          if (changedTables(before, after).length === 0) continue;
          // Accepted attempts may write. The refused ones are sent again alone and must leave the database unchanged.
          const again = await sendAll(id, caller, refused);
          const stillRefused = again.every(({ status }) => status >= 400);
          const changed = changedTables(after, await digest.read());
          if (stillRefused)
            expect({ changed, refused: changed.length === 0 ? [] : refused }).toEqual({
              changed: [],
              refused: [],
            });
        }
      },
      30 * MINUTES,
    );

    it('leave the books whole and the server well', async () => {
      expect(await server.must('ledger.verify', { as: own.admin, body: {} })).toMatchObject({
        ok: true,
        bad: null,
      });
      expect(await (await fetch(`${server.url}/api/v1/health`)).json()).toMatchObject({ status: 'ok' });
      expect(({} as { roles?: unknown }).roles).toBeUndefined();
    });

    /** A new caller each time, because an earlier endpoint may have ended the last one's log-in. */
    async function callerOf(id: EndpointId): Promise<Caller | undefined> {
      const roles: readonly Role[] = PERMISSIONS[OPERATIONS[id].access];
      if (roles.includes('public')) return undefined;
      if (roles.includes('household')) return server.asHousehold(own.household.id);
      if (roles.includes('kiosk')) return LAST.test(id) ? own.kiosk.device : (await server.asKiosk()).device;
      // The sample's household showed its card at this kiosk.
      const isOwn = LAST.test(id) || id === 'kiosk.redeem';
      if (roles.includes('volunteer')) return isOwn ? own.kiosk : server.asKiosk();
      return own.admin;
    }

    async function sendAll(
      id: EndpointId,
      caller: Caller | undefined,
      batch: readonly Attempt[],
    ): Promise<Answered[]> {
      const answered: Answered[] = [];
      for (const attempt of batch) answered.push(await send(id, caller, attempt));
      return answered;
    }

    function send(id: EndpointId, caller: Caller | undefined, attempt: Attempt): Promise<Answered> {
      const sample = sampleOf(id, own);
      const sent: LooseSent = { ...sample, params: { ...sample.params, ...attempt.params } };
      const search = new URLSearchParams(
        (attempt.query ?? []).map(([name, value]) => [name, value]),
      ).toString();
      const address = addressOf(id, sent);
      const path = search === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${search}`;
      const method = methodOf(id);
      const body = method === 'GET' ? undefined : bytesOf(attempt, sample);
      const headers = {
        ...caller?.headers,
        ...(body === undefined
          ? {}
          : {
              'Idempotency-Key': newKey(),
              'Content-Type':
                sample.body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
              'Content-Length': String(body.length),
            }),
        ...attempt.headers,
      };
      return new Promise((resolve, reject) => {
        const asked = httpRequest(`${server.url}${path}`, { method, agent, headers }, (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () =>
            resolve({ attempt, status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
          );
          response.on('error', reject);
        });
        asked.on('error', (error: NodeJS.ErrnoException) => {
          // The request was too large. The server closes the connection, sometimes before its answer arrives.
          if (error.code === 'EPIPE' || error.code === 'ECONNRESET')
            resolve({ attempt, status: 431, text: '' });
          else reject(error);
        });
        if (body === undefined || attempt.cutAt === undefined) asked.end(body);
        else {
          const part = body.subarray(0, Math.max(1, Math.floor(body.length * attempt.cutAt)));
          asked.write(part, () => asked.destroy());
        }
      });
    }
  });
});

function bytesOf(attempt: Attempt, sample: LooseSent): Buffer {
  if (attempt.raw !== undefined) return Buffer.from(attempt.raw, 'latin1');
  if ('body' in attempt) return Buffer.from(JSON.stringify(attempt.body));
  return sample.body instanceof Uint8Array
    ? Buffer.from(sample.body)
    : Buffer.from(JSON.stringify(sample.body ?? {}));
}

/** Faults are undocumented problem codes and answers that mean a mistake of the server. */
function faultsOf(id: EndpointId, { attempt, status, text }: Answered): string[] {
  if (status === 200 || status === 304 || status === 431) return [];
  const fault = `${status} ${text.slice(0, 200)} for ${JSON.stringify(attempt).slice(0, 400)}`;
  if (status < 400 || status >= 500) return [fault];
  const problem = JSON.parse(text) as { code: string; status: number; detail: string; moved: string };
  const isWhole =
    problem.code in ERRORS && problem.status === status && problem.detail !== '' && problem.moved === 'no';
  const isKnown = documented.get(id)?.has(problem.code) === true || ELSEWHERE.has(problem.code);
  return isWhole && isKnown ? [] : [fault];
}

/** A made-up id can change the path, so that the request reaches no endpoint or another method. */
const ELSEWHERE = new Set(['request.not_found', 'request.method']);

function documentedCodes(): Map<string, Set<string>> {
  interface Described {
    readonly operationId: string;
    readonly responses: Record<
      string,
      {
        content?: Record<
          string,
          { schema: { allOf?: [object, { properties: { code: { enum: string[] } } }] } }
        >;
      }
    >;
  }
  const document = JSON.parse(JSON.stringify(openApiDocument('0'))) as {
    paths: Record<string, Record<string, Described>>;
  };
  const all = Object.values(document.paths).flatMap((path) => Object.values(path));
  return new Map(
    all.map(({ operationId, responses }) => [
      operationId,
      new Set(
        Object.values(responses).flatMap(
          ({ content }) =>
            content?.['application/problem+json']?.schema.allOf?.[1].properties.code.enum ?? [],
        ),
      ),
    ]),
  );
}

function bodySchema(id: EndpointId): Schema | null {
  const operation: Operation = OPERATIONS[id];
  if (!operation.body) return null;
  return z.toJSONSchema(operation.body, { unrepresentable: 'any', io: 'input' }) as Schema;
}

function queryNames(id: EndpointId, sample: LooseSent): string[] {
  const { query }: Operation = OPERATIONS[id];
  const schema = query && (z.toJSONSchema(query, { unrepresentable: 'any', io: 'input' }) as Schema);
  return Array.from(new Set([...Object.keys(schema?.properties ?? {}), ...Object.keys(sample.query ?? {})]));
}
