import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDesk } from '../../../client/desk/desk.ts';
import { newDevice } from '../../support/desk-scope.ts';
import { settled, until } from '../../support/hand-api.ts';

/** A storage as a browser has it. */
function storage(items: Record<string, string> = {}): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map(Object.entries(items));
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

interface Asked {
  readonly path: string;
  readonly token: string | null;
  readonly answer: (status: number, body: unknown) => Promise<void>;
  readonly lose: () => Promise<void>;
}

/** A server whose answers a test gives one by one. */
function handServer() {
  const asked: Asked[] = [];
  vi.stubGlobal(
    'fetch',
    (address: string, { headers }: { headers: Record<string, string> }) =>
      new Promise<Response>((resolve, reject) => {
        asked.push({
          path: address.replace('/api/v1', ''),
          token: headers.Authorization ?? null,
          async answer(status, body) {
            const type = status < 400 ? 'application/json' : 'application/problem+json';
            resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } }));
            await settled();
          },
          async lose() {
            reject(new TypeError('no network'));
            await settled();
          },
        });
      }),
  );
  return {
    asked,
    async next(path: string): Promise<Asked> {
      await until(() => asked.at(-1)?.path === path, path);
      const last = asked.at(-1);
      if (!last) throw new Error('nothing was asked');
      return last;
    },
  };
}

const opened = (token: string, staff = 's') => ({
  accessToken: token,
  staff: { id: staff, roles: ['committee'] },
  village: { id: 'v', isDemo: false },
});
const refusedWith = (code: string, kind = 'refused') => ({ code, kind, moved: 'no', title: '', detail: '' });

describe('who sits at the desk', () => {
  beforeEach(() => {
    vi.stubGlobal('document', { documentElement: { lang: 'zh-CN' } });
    vi.stubGlobal('localStorage', storage({ 'jishan.desk': '1' }));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function logIn() {
    const server = handServer();
    const desk = createDesk(newDevice());
    desk.opened(opened('t1') as never);
    await settled();
    return { server, desk };
  }

  it('is found out by the cookie where somebody was logged in before, else nothing is asked of it', async () => {
    const server = handServer();
    const desk = createDesk(newDevice());
    const starting = desk.start();
    const [refresh, setup] = server.asked;
    expect(server.asked.map(({ path }) => path)).toEqual(['/session/refresh', '/setup']);
    await refresh?.answer(200, opened('t1'));
    await setup?.answer(200, { needsSetup: false, needsCode: false });
    await starting;
    expect([desk.stage, desk.session?.staff.id]).toEqual(['in', 's']);

    vi.stubGlobal('localStorage', storage());
    const fresh = handServer();
    const another = createDesk(newDevice());
    const beginning = another.start();
    expect(fresh.asked.map(({ path }) => path)).toEqual(['/setup']);
    await fresh.asked[0]?.answer(200, { needsSetup: true, needsCode: true });
    await beginning;
    expect([another.stage, another.setupNeedsCode]).toEqual(['setup', true]);
  });

  it('is not known while the server cannot be reached', async () => {
    vi.stubGlobal('localStorage', storage());
    const server = handServer();
    const desk = createDesk(newDevice());
    const starting = desk.start();
    await server.asked[0]?.lose();
    await starting;
    expect([desk.stage, desk.startFailure?.kind]).toEqual(['unreachable', 'unknown']);
  });

  it('is renewed once for all that meet an expired log-in at the same time, and each is asked again', async () => {
    const { server, desk } = await logIn();
    const both = [desk.api.call('goods.list'), desk.api.call('village.get')];
    for (const asked of [...server.asked]) await asked.answer(401, refusedWith('auth.expired'));
    await (await server.next('/session/refresh')).answer(200, opened('t2'));
    const again = server.asked.filter(({ token }) => token === 'Bearer t2');
    expect(again.map(({ path }) => path).sort()).toEqual(['/goods', '/village']);
    for (const asked of again) await asked.answer(200, {});
    expect((await Promise.all(both)).map(({ kind }) => kind)).toEqual(['answer', 'answer']);
    expect(server.asked.filter(({ path }) => path === '/session/refresh')).toHaveLength(1);
  });

  it('is asked for again when the server was busy', async () => {
    const { server, desk } = await logIn();
    const calling = desk.api.call('goods.list');
    await server.asked[0]?.answer(401, refusedWith('auth.expired'));
    await (await server.next('/session/refresh')).answer(503, refusedWith('server.busy', 'retry'));
    await vi.advanceTimersByTimeAsync(800);
    await (await server.next('/session/refresh')).answer(200, opened('t2'));
    await (await server.next('/goods')).answer(200, { items: [] });
    expect([(await calling).kind, desk.stage]).toEqual(['answer', 'in']);
  });

  it('is asked nothing again in the name of another person who has logged in at this computer meanwhile', async () => {
    const { server, desk } = await logIn();
    const calling = desk.api.call('kiosks.revoke', { params: { id: 'k' }, key: 'key' });
    await server.asked[0]?.answer(401, refusedWith('auth.expired'));
    await (await server.next('/session/refresh')).answer(200, opened('t2', 'another'));
    expect(server.asked.filter(({ token }) => token === 'Bearer t2')).toEqual([]);
    expect([(await calling).kind, desk.session?.staff.id]).toEqual(['problem', 'another']);
  });

  it('is logged out when the log-in has ended, and is told that it expired', async () => {
    const { server, desk } = await logIn();
    const calling = desk.api.call('goods.list');
    await server.asked[0]?.answer(401, refusedWith('auth.expired'));
    await (await server.next('/session/refresh')).answer(401, refusedWith('auth.session_ended'));
    expect([(await calling).kind, desk.stage, desk.hasExpired]).toEqual(['problem', 'out', true]);
    expect(localStorage.getItem('jishan.desk')).toBeNull();
    desk.opened(opened('t3') as never);
    expect([desk.stage, desk.hasExpired]).toEqual(['in', false]);
  });

  it('stays logged in while nobody answers whether the log-in lives', async () => {
    const { server, desk } = await logIn();
    const calling = desk.api.call('goods.list');
    await server.asked[0]?.answer(401, refusedWith('auth.expired'));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await (await server.next('/session/refresh')).lose();
      await vi.advanceTimersByTimeAsync(800);
    }
    expect([(await calling).kind, desk.stage]).toEqual(['problem', 'in']);
  });

  it('leaves what was sent behind, and finds it again', async () => {
    const { server, desk } = await logIn();
    const { intent } = desk.intents.slotOf('goods.stockIn', 'rice');
    const call = { params: { id: 'rice' }, body: { quantity: 1, totalCostFen: 0, source: 'bought' } };
    void intent.run({ id: 'goods.stockIn', call, words: 'rice', form: {} } as never);
    const sent = await server.next('/goods/rice/stock');
    const leaving = desk.logOut();
    await (await server.next('/session/logout')).answer(200, {});
    await leaving;
    await sent.lose();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([desk.intents.unseen.value, server.asked.at(-1)?.path]).toEqual([[], '/session/logout']);
    desk.opened(opened('t2', 'another') as never);
    desk.intents.askAll();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(desk.intents.unseen.value).toEqual([]);
    expect(server.asked.filter(({ path }) => path.endsWith('/stock'))).toHaveLength(1);
    desk.opened(opened('t3') as never);
    expect(desk.intents.unseen.value.map(({ last }) => last?.words)).toEqual(['rice']);
  });

  it('says one thing at a time', async () => {
    const { desk } = await logIn();
    desk.say('a');
    desk.say('a');
    expect(desk.flash).toEqual({ text: 'a', id: 2 });
    desk.quiet();
    expect(desk.flash).toBeNull();
  });
});
