import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/contract/define.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/contract/endpoints.ts';
import { OPERATIONS } from '../../shared/contract/index.ts';
import { ERRORS } from '../../shared/errors.ts';
import { PERMISSIONS, type Role } from '../../shared/permissions.ts';
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

/** Not one of them is what any field wants. */
const WRONG: readonly unknown[] = [
  null,
  1.5,
  1e308,
  -(2 ** 53),
  ['x'],
  { $gt: '' },
  { toString: 'x' },
  'x'.repeat(100_000),
];
const STRINGS: readonly string[] = [
  "'; drop table journal; --",
  '" or 1=1 --',
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  '=cmd|" /C calc"!A0',
  '../../../etc/passwd',
  '%00%0a%0d',
  '\u0000',
  'line\nbreak\r\nX-Evil: 1',
  '\u202egnp.exe',
  '\ud800',
  '９９９９',
  'e\u0301'.repeat(20),
  '𠮷'.repeat(40),
  '__proto__',
  'constructor',
  'NaN',
  '-0',
  '1e9',
  '0x10',
  '99999999999999999999',
];
/** Half a pair cannot be written into an address at all. */
const IN_ADDRESSES = STRINGS.filter((text) => text.isWellFormed());
/** What ends a log-in or takes something away goes last, so that the rest is really looked at. */
const LAST: readonly EndpointId[] = [
  'households.revokeCard',
  'kiosks.revoke',
  'kiosks.newCode',
  'kiosk.signOut',
  'me.logout',
  'staff.update',
];
const ids = (Object.keys(ENDPOINTS) as EndpointId[]).sort((a, b) => LAST.indexOf(a) - LAST.indexOf(b));

interface Tried {
  readonly what: string;
  readonly status: number;
  readonly text: string;
}

describe.each(ENGINES)('hostile input on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is refused in order', () => {
    let server: TestServer;
    let own: Furnished;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
    });
    afterAll(() => server.remove());

    function callerOf(id: EndpointId): Caller | undefined {
      const roles: readonly Role[] = PERMISSIONS[OPERATIONS[id].access];
      if (roles.includes('public')) return undefined;
      if (roles.includes('household')) return own.phone;
      if (roles.includes('volunteer')) return roles.includes('kiosk') ? own.kiosk.device : own.kiosk;
      return own.admin;
    }

    async function ask(
      id: EndpointId,
      what: string,
      sent: LooseSent,
      raw?: { body?: string; type?: string },
    ): Promise<Tried> {
      const isGet = methodOf(id) === 'GET';
      const isBytes = sent.body instanceof Uint8Array;
      const response = await fetch(server.url + addressOf(id, sent), {
        method: methodOf(id),
        headers: {
          ...callerOf(id)?.headers,
          ...(isGet
            ? {}
            : {
                'Idempotency-Key': newKey(),
                'Content-Type': raw?.type ?? (isBytes ? 'application/octet-stream' : 'application/json'),
              }),
        },
        body: isGet
          ? undefined
          : isBytes
            ? new Blob([new Uint8Array(sent.body)])
            : (raw?.body ?? JSON.stringify(sent.body ?? {})),
      });
      return { what, status: response.status, text: await response.text() };
    }

    /** Answers, or problem documents with a code of ours; never a mistake of ours, never an echo of markup. */
    function faults(tried: readonly Tried[], mustBeRefused: boolean): string[] {
      return tried.flatMap(({ what, status, text }) => {
        const isRefused = status >= 400 && status < 500;
        if (status === 200 && !mustBeRefused) return [];
        if (!isRefused) return [`${what}: ${status} ${text.slice(0, 150)}`];
        const problem = JSON.parse(text) as { code: string; status: number; detail: string; moved: string };
        const isWhole =
          problem.code in ERRORS &&
          problem.status === status &&
          problem.detail !== '' &&
          problem.moved === 'no';
        return isWhole ? [] : [`${what}: ${text.slice(0, 150)}`];
      });
    }

    /** In small groups: each endpoint is asked a hundred things. */
    async function askAll(tries: readonly (() => Promise<Tried>)[]): Promise<Tried[]> {
      const done: Tried[] = [];
      for (let start = 0; start < tries.length; start += 8) {
        done.push(...(await Promise.all(tries.slice(start, start + 8).map((one) => one()))));
      }
      return done;
    }

    it.each(ids)('%s', async (id) => {
      const operation: Operation = OPERATIONS[id];
      const sample = sampleOf(id, own);
      const tries: (() => Promise<Tried>)[] = [];
      const mustFail: (() => Promise<Tried>)[] = [];
      for (const name of Object.keys(sample.params ?? {})) {
        for (const value of [...IN_ADDRESSES, 'x'.repeat(3000), ' ']) {
          tries.push(() =>
            ask(id, `param ${name}=${value.slice(0, 20)}`, {
              ...sample,
              params: { ...sample.params, [name]: value },
            }),
          );
        }
      }
      for (const name of [
        ...Object.keys(sample.query ?? {}),
        ...(operation.query ? ['before', 'after', 'limit', 'from', 'q'] : []),
      ]) {
        for (const value of [...IN_ADDRESSES, 'x'.repeat(3000)]) {
          tries.push(() =>
            ask(id, `query ${name}=${value.slice(0, 20)}`, {
              ...sample,
              query: { ...(sample.query as object), [name]: value },
            }),
          );
        }
      }
      if (operation.body) {
        const body = sample.body as Record<string, unknown>;
        for (const [name, good] of Object.entries(body)) {
          for (const value of [...WRONG, ...STRINGS]) {
            const changed = { ...body, [name]: value };
            const isBad = !operation.body.safeParse(JSON.parse(JSON.stringify(changed))).success;
            (isBad ? mustFail : tries).push(() =>
              ask(id, `body.${name}=${JSON.stringify(value).slice(0, 30)}`, { ...sample, body: changed }),
            );
          }
          const rest = Object.fromEntries(Object.entries(body).filter(([other]) => other !== name));
          const isNeeded = !operation.body.safeParse(rest).success;
          (isNeeded ? mustFail : tries).push(() => ask(id, `without ${name}`, { ...sample, body: rest }));
          if (typeof good === 'object' && good !== null) {
            tries.push(() => ask(id, `deep ${name}`, { ...sample, body: { ...body, [name]: nested(2000) } }));
          }
        }
        for (const root of [
          'null',
          '[]',
          '"text"',
          '7',
          '{"a":',
          '{"a":1}}',
          '\u0000',
          '{"__proto__":{"admin":true}',
          ' '.repeat(300_000),
        ]) {
          mustFail.push(() => ask(id, `raw ${root.slice(0, 20)}`, sample, { body: root }));
        }
        for (const type of [
          'text/plain',
          'application/x-www-form-urlencoded',
          'multipart/form-data',
          'application/json; charset=utf-7',
          'x',
        ]) {
          mustFail.push(() => ask(id, `type ${type}`, sample, { type }));
        }
        tries.push(() =>
          ask(id, 'proto', sample, {
            body: JSON.stringify(body).replace('{', '{"__proto__":{"roles":["admin"]},"constructor":1,'),
          }),
        );
      }
      if (operation.bodyType) {
        for (const bytes of [
          '',
          '\u0000\u0000',
          'PK\u0003\u0004',
          '\u00d0\u00cf\u0011\u00e0',
          'a,b\n'.repeat(10),
          '<html></html>',
        ]) {
          tries.push(() =>
            ask(id, `bytes ${bytes.length}`, { ...sample, body: Buffer.from(bytes, 'latin1') }),
          );
        }
      }
      expect(faults(await askAll(mustFail), true)).toEqual([]);
      expect(faults(await askAll(tries), false)).toEqual([]);
    });

    it('leaves the books whole and the server well', async () => {
      const { sum } = (await server.must('village.summary', { as: own.admin })) as unknown as {
        sum?: number;
      };
      expect(sum).toBeUndefined();
      const health = (await (await fetch(`${server.url}/api/health`)).json()) as { status: string };
      expect(health.status).toBe('ok');
      expect(({} as { roles?: unknown }).roles).toBeUndefined();
    });
  });
});

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}
