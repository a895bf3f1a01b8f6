import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { OutcomeUnknown, StoreBusy } from '../../db/index.ts';
import {
  createHttpApp,
  type HttpApp,
  type Limits,
  type Resolvers,
  type WriteContext,
} from '../../server/http/index.ts';
import { createLedger } from '../support/ledger.ts';
import { createVillage } from '../../server/village/index.ts';
import { Refusal, type ErrorCode } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { kernelParts, loggerInto } from '../support/kernel-parts.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

interface Problem {
  readonly type: string;
  readonly code: ErrorCode;
  readonly status: number;
  readonly kind: string;
  readonly moved: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { path: string; message: string }[];
}

const rice = {
  kind: 'goods',
  category: '粮油',
  name: '大米',
  unit: '袋',
  price: 1000,
  costFen: null,
  barcode: null,
  monthlyLimit: null,
  enabled: true,
};
const riceItem = {
  ...{ ...rice, id: 'rice', pictureId: null, chosenDrawing: null, drawing: 'rice-bag', rank: null },
  ...{ nextPrice: null, formerPrice: null, stock: 0 },
};
const json = { 'Content-Type': 'application/json' };
const staff = { Authorization: `Bearer ${'x'.repeat(32)}` };

/** The kernel on a real database, with handlers that do what each test wants done. */
describe.each(ENGINES)('the kernel on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('asked over HTTP', () => {
    let test: TestStore;
    let url = '';
    const lines: string[] = [];
    const open: { http: HttpApp; server: Server }[] = [];
    let onList: () => unknown;
    let onCreate: (context: WriteContext) => unknown;

    const resolvers: Resolvers = {
      staff: (token) =>
        token.startsWith('x')
          ? Promise.resolve({
              village: {
                id: 'v1',
                name: '前洼村',
                town: '谷旦镇',
                isDemo: false,
                openedAtMs: 1,
                settings: DEFAULT_SETTINGS,
              },
              actor: { kind: 'staff', id: 's1', roles: ['admin'], householdIds: [] },
            })
          : Promise.reject(new Refusal('auth.required')),
      household: () => Promise.reject(new Refusal('auth.required')),
      kiosk: () => Promise.reject(new Refusal('kiosk.revoked')),
    };

    async function start(limits: Partial<Limits>): Promise<{ http: HttpApp; server: Server; url: string }> {
      const http = createHttpApp({
        ...kernelParts(test, loggerInto(lines)),
        resolvers,
        limits,
        handlers: {
          'goods.list': () => new Promise((resolve) => resolve(onList())),
          'goods.create': (_: unknown, context: WriteContext) =>
            new Promise((resolve) => resolve(onCreate(context))),
          'session.login': () => Promise.reject(new Refusal('auth.wrong')),
          'imports.read': () => Promise.reject(new Refusal('paper.unreadable')),
          'ledger.export': () =>
            Promise.resolve({ filename: 'book.csv', mediaType: 'text/csv', content: manyLines() }),
        },
      });
      const server = createServer(http.app);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      open.push({ http, server });
      return { http, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    }

    beforeAll(async () => {
      test = await openTestStore(engine);
      const ledger = createLedger({ clock: Date.now });
      const village = { id: 'v1', bookId: 'b1', name: '前洼村', town: '谷旦镇', isDemo: false, nowMs: 1 };
      await test.store.transaction((tx) => createVillage(tx, ledger, village));
      ({ url } = await start({}));
    });
    beforeEach(() => {
      onList = () => ({ items: [riceItem] });
      onCreate = () => riceItem;
      lines.length = 0;
    });
    afterAll(async () => {
      for (const { server } of open) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await test.remove();
    });

    const get = (path: string, headers: Record<string, string> = staff) => fetch(url + path, { headers });
    const create = (key: string, body: unknown = rice, headers: Record<string, string> = {}) =>
      fetch(`${url}/api/v1/goods`, {
        method: 'POST',
        headers: { ...json, ...staff, 'Idempotency-Key': key, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    const problemOf = async (response: Response): Promise<Problem> => {
      expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
      const problem = (await response.json()) as Problem;
      expect(problem).toMatchObject({ status: response.status, type: `urn:jishan:problem:${problem.code}` });
      expect(problem.requestId).toBe(response.headers.get('X-Request-Id'));
      return problem;
    };
    const codeOf = async (response: Response) => (await problemOf(response)).code;
    const newKey = () => randomBytes(8).toString('hex');

    it('answers with few fixed headers, and nothing that says what it is made of', async () => {
      const response = await get('/api/v1/goods');
      expect(await response.json()).toEqual({ items: [riceItem] });
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'cache-control': 'private, no-cache',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'content-type': 'application/json; charset=utf-8',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      for (const name of ['X-Powered-By', 'Server']) expect(response.headers.has(name)).toBe(false);
    });

    it('speaks the caller’s language', async () => {
      const zh = await problemOf(await get('/api/v1/goods', { 'Accept-Language': 'zh-CN' }));
      const en = await problemOf(await get('/api/v1/goods', { 'Accept-Language': 'en' }));
      expect([zh.code, zh.title, en.title]).toEqual(['auth.required', '请先登录', 'Please log in']);
    });

    it('knows neither other addresses nor other methods', async () => {
      for (const path of ['/api/v1/nothing', '/api/v2/goods', '/api', '/api/v1/goods/a/b/c']) {
        expect(await codeOf(await get(path))).toBe('request.not_found');
      }
      const wrong = await fetch(`${url}/api/v1/goods`, { method: 'DELETE' });
      expect(wrong.headers.get('Allow')).toBe('GET, POST');
      expect([wrong.status, await codeOf(wrong)]).toEqual([405, 'request.method']);
      expect(await codeOf(await get('/api/v1/imports/%E0%A4%A'))).toBe('request.invalid');
    });

    it('answers HEAD as GET without a body', async () => {
      const response = await fetch(`${url}/api/v1/goods`, { method: 'HEAD', headers: staff });
      expect([response.status, await response.text()]).toEqual([200, '']);
    });

    it('tells what is wrong with an input and where', async () => {
      const problem = await problemOf(
        await create(newKey(), { ...rice, price: '10', kind: 'x' }, { 'Accept-Language': 'en' }),
      );
      expect(problem).toMatchObject({ status: 400, code: 'request.invalid', kind: 'refused', moved: 'no' });
      expect(problem.errors?.map(({ path }) => path).sort()).toEqual(['body.kind', 'body.price']);
      const zh = await problemOf(await create(newKey(), { ...rice, price: '10' }));
      expect(zh.errors?.[0]?.message).toMatch(/期望/);
    });

    it('reads JSON and nothing else, whole and of bearable size', async () => {
      const cut = JSON.stringify(rice).slice(0, -5);
      expect(await codeOf(await create(newKey(), cut))).toBe('request.invalid');
      expect(await codeOf(await create(newKey(), '"text"'))).toBe('request.invalid');
      expect(await codeOf(await create(newKey(), rice, { 'Content-Type': 'text/plain' }))).toBe(
        'request.not_json',
      );
      expect(
        await codeOf(await create(newKey(), rice, { 'Content-Type': 'application/json; charset=gb2312' })),
      ).toBe('request.not_json');
      expect(await codeOf(await create(newKey(), { ...rice, name: 'x'.repeat(300_000) }))).toBe(
        'request.too_large',
      );
      const packed = await fetch(`${url}/api/v1/goods`, {
        method: 'POST',
        headers: { ...json, ...staff, 'Idempotency-Key': newKey(), 'Content-Encoding': 'gzip' },
        body: new Blob([new Uint8Array(gzipSync(JSON.stringify(rice)))]),
      });
      expect(await codeOf(packed)).toBe('request.not_json');
      const upload = (bytes: number, type = 'application/octet-stream') =>
        fetch(`${url}/api/v1/imports/roster?filename=a.csv`, {
          method: 'POST',
          headers: { ...staff, 'Content-Type': type },
          body: new Blob([new Uint8Array(bytes)]),
        });
      expect(await codeOf(await upload(10))).toBe('paper.unreadable');
      expect(await codeOf(await upload(10, 'text/csv'))).toBe('request.not_json');
      expect(await codeOf(await upload(11 * 1024 * 1024))).toBe('request.too_large');
    });

    it('asks who is there before it reads what they send', async () => {
      const response = await fetch(`${url}/api/v1/goods`, {
        method: 'POST',
        headers: json,
        body: '{"broken',
      });
      expect([response.status, await codeOf(response)]).toEqual([401, 'auth.required']);
      for (const Authorization of [
        'Bearer',
        'Bearer short',
        'Basic eHh4eHh4eHh4eHh4eHh4eA==',
        `Bearer ${'y'.repeat(32)}`,
        `Bearer ${'x'.repeat(3000)}`,
        `Bearer ${'x'.repeat(32)} more`,
        `Bearer ${'x'.repeat(32)}, Bearer ${'x'.repeat(32)}`,
      ]) {
        expect(await codeOf(await get('/api/v1/goods', { Authorization }))).toBe('auth.required');
      }
      expect(await codeOf(await get('/api/v1/goods', { Authorization: `Kiosk ${'x'.repeat(32)}` }))).toBe(
        'kiosk.revoked',
      );
    });

    it('wants a key for each write, of a decent form', async () => {
      expect(await codeOf(await create(''))).toBe('idempotency.missing');
      for (const key of ['short', 'x'.repeat(101), 'with space', "quote'quote"]) {
        expect(await codeOf(await create(key))).toBe('request.invalid');
      }
    });

    it('does a write once, and answers it again', async () => {
      const key = newKey();
      let acts = 0;
      onCreate = () => {
        acts += 1;
        return { ...riceItem, id: `rice-${acts}` };
      };
      const [first, second] = [await create(key), await create(key, { ...rice, ignored: true })];
      expect(first.headers.has('Idempotency-Replayed')).toBe(false);
      expect(second.headers.get('Idempotency-Replayed')).toBe('true');
      expect(await second.json()).toEqual(await first.json());
      expect(acts).toBe(1);
      expect(await codeOf(await create(key, { ...rice, price: 2000 }))).toBe('idempotency.conflict');
    });

    it('of many same writes at once does one', async () => {
      const key = newKey();
      onCreate = async ({ tx, newId }) => {
        const id = newId();
        const row = { villageId: 'v1', id, name: key, pinHash: '', disabledAtMs: null, createdAtMs: 1 };
        await tx.db.insert(tx.t.volunteers).values(row).returning({ id: tx.t.volunteers.id });
        return { ...riceItem, id };
      };
      const answers = await Promise.all(Array.from({ length: 24 }, () => create(key)));
      expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(200));
      expect(answers.filter(({ headers }) => !headers.has('Idempotency-Replayed'))).toHaveLength(1);
      const bodies = await Promise.all(answers.map((answer) => answer.text()));
      expect(new Set(bodies).size).toBe(1);
      const rows = await test.store.read(async ({ db, t }) =>
        db.select().from(t.volunteers).where(eq(t.volunteers.name, key)),
      );
      expect(rows).toHaveLength(1);
    });

    it('does not keep a refusal: the same key may succeed later', async () => {
      const key = newKey();
      onCreate = () => Promise.reject(new Refusal('goods.name_taken', { name: '大米' }));
      expect(await codeOf(await create(key))).toBe('goods.name_taken');
      onCreate = () => riceItem;
      expect((await create(key)).status).toBe(200);
    });

    it('keeps nothing of a write that failed half way', async () => {
      const key = newKey();
      onCreate = async ({ tx }) => {
        const row = { villageId: 'v1', id: key, name: key, pinHash: '', disabledAtMs: null, createdAtMs: 1 };
        await tx.db.insert(tx.t.volunteers).values(row).returning({ id: tx.t.volunteers.id });
        return { ...riceItem, price: 'a lot' };
      };
      expect(await codeOf(await create(key))).toBe('server.bug');
      const left = await test.store.read(async ({ db, t }) => [
        ...(await db.select().from(t.volunteers).where(eq(t.volunteers.name, key))),
        ...(await db.select().from(t.commands).where(eq(t.commands.idempotencyKey, key))),
      ]);
      expect(left).toEqual([]);
    });

    it('calls our mistakes by their name, in the log and not in the answer', async () => {
      onList = () => {
        throw new Error('王小明 13800000000');
      };
      const problem = await problemOf(await get('/api/v1/goods'));
      expect(problem).toMatchObject({ status: 500, code: 'server.bug', kind: 'bug', moved: 'no' });
      expect(JSON.stringify(problem)).not.toContain('王小明');
      onList = () => ({ items: [{ ...riceItem, stock: '很多 13800000000' }] });
      lines.length = 0;
      expect(await codeOf(await get('/api/v1/goods'))).toBe('server.bug');
      const logged = lines.join('');
      expect(logged).toContain('goods.list does not fit the contract at items.0.stock');
      expect(logged).not.toContain('13800000000');
    });

    it('logs of a query that failed what was asked, and not what was written', async () => {
      onCreate = ({ tx: { db, t } }) => {
        const row = { villageId: 'v1', id: '张桂花', name: '张桂花', pinHash: '13900000000', createdAtMs: 1 };
        return db.insert(t.volunteers).values([row, row]).returning();
      };
      lines.length = 0;
      expect(await codeOf(await create(newKey()))).toBe('server.bug');
      const logged = lines.join('');
      expect(logged).toMatch(/"err":\{.*volunteers/i);
      expect(logged).toMatch(/"stack":".*\\n +at /);
      expect(logged).not.toMatch(/张桂花|13900000000/);
    });

    it('sends nothing the contract does not name', async () => {
      onList = () => ({ items: [{ ...riceItem, pinHash: 'secret' }], more: 'secret' });
      expect(await (await get('/api/v1/goods')).json()).toEqual({ items: [riceItem] });
    });

    it('says when to come again, and whether it may have happened', async () => {
      onList = () => {
        throw new StoreBusy('busy');
      };
      const busy = await get('/api/v1/goods');
      expect([busy.status, busy.headers.get('Retry-After')]).toEqual([503, '1']);
      expect(await problemOf(busy)).toMatchObject({ code: 'server.busy', kind: 'retry', moved: 'no' });
      onCreate = () => {
        throw new OutcomeUnknown('lost');
      };
      expect(await problemOf(await create(newKey()))).toMatchObject({
        code: 'server.unknown_outcome',
        kind: 'retry',
        moved: 'unknown',
      });
    });

    it('waits for nobody longer than the deadline', async () => {
      let finish = (): void => undefined;
      onList = () => new Promise((resolve) => (finish = () => resolve({ items: [] })));
      const hasty = await start({ deadlineMs: 300 });
      const late = await fetch(`${hasty.url}/api/v1/goods`, { headers: staff });
      expect([late.status, await codeOf(late)]).toEqual([503, 'server.busy']);
      finish();
    });

    it('logs who did what and how it went, and nothing personal', async () => {
      await get('/api/v1/goods?name=王小明&phone=13800000000');
      await create(newKey(), { ...rice, name: '王小明的米' });
      await get('/api/v1/households/王小明', {});
      await new Promise((resolve) => setTimeout(resolve, 50));
      const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(logged[0]).toMatchObject({ route: 'GET /goods', status: 200, actor: 'staff:s1' });
      expect(logged[0]?.requestId).toMatch(/^\S+$/);
      expect(logged[1]).toMatchObject({ route: 'POST /goods', status: 200 });
      expect(logged[2]).toMatchObject({ status: 404, code: 'request.not_found' });
      expect(lines.join('')).not.toMatch(/王小明|13800000000|127\.0\.0\.1/);
    });

    it('describes itself', async () => {
      const described = (await (await get('/api/v1/openapi.json', {})).json()) as { openapi: string };
      expect(described.openapi).toBe('3.1.0');
    });

    it('slows a flood from outside, log-ins first, and never its own machine', async () => {
      const limited = await start({ requestsPerMinute: 12, logInsPerMinute: 3 });
      const logIn = (from: Record<string, string>) =>
        fetch(`${limited.url}/api/v1/session`, {
          method: 'POST',
          headers: { ...json, ...from },
          body: JSON.stringify({ username: 'a', password: 'b' }),
        });
      const outside = { 'X-Forwarded-For': '203.0.113.9' };
      const statuses = [];
      for (let round = 0; round < 5; round += 1) statuses.push((await logIn(outside)).status);
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      for (let round = 0; round < 7; round += 1)
        await fetch(`${limited.url}/api/v1/goods`, { headers: { ...staff, ...outside } });
      const late = await fetch(`${limited.url}/api/v1/goods`, { headers: { ...staff, ...outside } });
      expect([late.status, late.headers.get('Retry-After')]).toEqual([429, '60']);
      expect(await problemOf(late)).toMatchObject({ code: 'request.too_many', kind: 'retry', moved: 'no' });
      expect((await fetch(`${limited.url}/api/v1/openapi.json`, { headers: outside })).status).toBe(429);
      for (let round = 0; round < 20; round += 1) expect((await logIn({})).status).toBe(401);
    });

    it('answers what is under way when it is told to stop, and asks the rest to come again', async () => {
      const stopping = await start({});
      let finish: (() => void) | undefined;
      onList = () => new Promise((resolve) => (finish = () => resolve({ items: [] })));
      const underWay = fetch(`${stopping.url}/api/v1/goods`, { headers: staff });
      await vi.waitFor(() => expect(finish).toBeDefined(), 20_000);
      stopping.http.beginStopping();
      const late = await fetch(`${stopping.url}/api/v1/goods`, { headers: staff });
      expect([late.status, late.headers.get('Connection')]).toEqual([503, 'close']);
      expect(await codeOf(late)).toBe('server.stopping');
      finish?.();
      expect((await underWay).status).toBe(200);
    });

    it('survives callers that hang up or send nonsense', async () => {
      const { hostname, port } = new URL(url);
      const say = async (bytes: string) => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined);
        socket.end(bytes);
        return text(socket).catch(() => '');
      };
      const head = `POST /api/v1/goods HTTP/1.1\r\nHost: x\r\nAuthorization: ${staff.Authorization}\r\nContent-Type: application/json\r\nIdempotency-Key: abcdefgh\r\n`;
      expect(await say('\x00\x01\x02\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
      expect(await say(`${head}Content-Length: 500\r\n\r\n{"kind":`)).toMatch(/^(?:HTTP\/1\.1 400|$)/);
      expect(await say(`${head}Content-Length: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/);
      expect((await get('/api/v1/goods')).status).toBe(200);
    });

    it('lets go of a download that is broken off, and does not call that a mistake of ours', async () => {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.write(
        `GET /api/v1/ledger/export/csv HTTP/1.1\r\nHost: x\r\nAuthorization: ${staff.Authorization}\r\n\r\n`,
      );
      const begun = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
      expect(begun.toString('latin1')).toMatch(/^HTTP\/1\.1 200/);
      socket.destroy();
      await vi.waitFor(() => expect(lines.join('')).toContain('"status":499'));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(lines.filter((line) => line.includes('"bug"'))).toEqual([]);
    });
  });
});

/** Far more than a connection takes in advance. */
async function* manyLines(): AsyncGenerator<string> {
  const line = `${'x'.repeat(65_535)}\n`;
  for (let count = 0; count < 500; count += 1) yield await Promise.resolve(line);
}
