import { describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../../shared/endpoints.ts';
import { createApi, newKey, type Auth } from '../../../client/api/index.ts';

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Headers;
  readonly body: unknown;
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
const problem = (code: string, status: number) =>
  new Response(
    JSON.stringify({
      code,
      status,
      title: 't',
      detail: 'd',
      moved: 'no',
      params: { left: 2 },
      errors: [{ path: 'body.name', message: 'm' }],
    }),
    {
      status,
      headers: { 'Content-Type': 'application/problem+json' },
    },
  );

/** A client whose network is `answer`: what it sends is kept, what it gets is made here. */
function clientWith(
  answer: (sent: Sent, nth: number) => Response | Promise<Response>,
  auth: Auth = { token: () => null },
) {
  const sent: Sent[] = [];
  const api = createApi({
    endpoints: ENDPOINTS,
    auth,
    language: () => 'zh-CN',
    fetch: async (url, init) => {
      const one = {
        url: typeof url === 'string' ? url : '',
        method: init?.method,
        headers: new Headers(init?.headers),
        body: init?.body,
      };
      sent.push(one);
      init?.signal?.throwIfAborted();
      const aborted = new Promise<never>((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
      return Promise.race([answer(one, sent.length), aborted]);
    },
  });
  return { api, sent };
}

describe('the API client', () => {
  it('writes method, path, query and language as the contract says', async () => {
    const { api, sent } = clientWith(() => json({ items: [], next: null, total: 0 }));
    await api.call('households.list', { query: { q: '王 明', group: '', limit: 20 } });
    expect(sent[0]).toMatchObject({
      url: '/api/v1/households?q=%E7%8E%8B+%E6%98%8E&limit=20',
      method: 'GET',
    });
    expect(sent[0]?.headers.get('Accept-Language')).toBe('zh-CN');
    await api.call('households.get', { params: { id: 'a/b' } });
    expect(sent[1]?.url).toBe('/api/v1/households/a%2Fb');
  });

  it('carries the key it is given, and an empty object where a write has nothing to say', async () => {
    const { api, sent } = clientWith(() => json({ ok: true }));
    await api.call('kiosks.revoke', { params: { id: 'k1' }, key: 'the-key' });
    expect(sent[0]?.headers.get('Idempotency-Key')).toBe('the-key');
    expect(sent[0]).toMatchObject({ method: 'POST', body: '{}' });
  });

  it('takes a page of something in between for no answer to a write: nobody knows what became of it', async () => {
    const portal = () =>
      new Response('<html>Please log in</html>', { status: 200, headers: { 'Content-Type': 'text/html' } });
    const { api } = clientWith(portal);
    const outcome = await api.call('kiosks.revoke', { params: { id: 'k1' }, key: 'k' });
    expect(outcome).toEqual({ kind: 'unknown', reason: 'unreachable' });
  });

  it('tells a refusal from an unknown outcome', async () => {
    const refused = await clientWith(() => problem('ledger.points_short', 422)).api.call('rules.list');
    expect(refused).toMatchObject({
      kind: 'problem',
      problem: {
        code: 'ledger.points_short',
        kind: 'refused',
        moved: 'no',
        params: { left: 2 },
        fields: { name: 'm' },
      },
    });
    const lost = await clientWith(() => Promise.reject(new TypeError('network'))).api.call('rules.list');
    expect(lost).toEqual({ kind: 'unknown', reason: 'unreachable' });
    const late = await clientWith(() => new Promise(() => undefined)).api.call('rules.list', {
      timeoutMs: 5,
    });
    expect(late).toEqual({ kind: 'unknown', reason: 'timeout' });
  });

  it('makes a problem of an answer that is no document of ours', async () => {
    const gateway = () => new Response('<html>Bad gateway</html>', { status: 502 });
    expect(await clientWith(gateway).api.call('rules.list')).toMatchObject({
      kind: 'problem',
      problem: { status: 502, kind: 'retry', title: '' },
    });
  });

  it('renews an expired token once and sends the very same request again', async () => {
    let token = 'old';
    const auth: Auth = {
      token: () => token,
      renew: () => {
        token = 'new';
        return Promise.resolve(true);
      },
    };
    const { api, sent } = clientWith(
      (_, nth) => (nth === 1 ? problem('auth.expired', 401) : json({ ok: true })),
      auth,
    );
    expect(await api.call('kiosks.revoke', { params: { id: 'k' }, key: 'same' })).toMatchObject({
      kind: 'answer',
    });
    expect(sent.map(({ headers }) => [headers.get('Authorization'), headers.get('Idempotency-Key')])).toEqual(
      [
        ['Bearer old', 'same'],
        ['Bearer new', 'same'],
      ],
    );
  });

  it('does not ask for a new token when it had none', async () => {
    const auth: Auth = { token: () => null, renew: () => Promise.reject(new Error('asked')) };
    const { api } = clientWith(() => problem('auth.required', 401), auth);
    expect(await api.call('session.me')).toMatchObject({
      kind: 'problem',
      problem: { code: 'auth.required' },
    });
  });

  it('hands out a download with its name', async () => {
    const file = () =>
      new Response('a,b', {
        headers: {
          'Content-Type': 'text/csv',
          'Content-Disposition': "attachment; filename*=UTF-8''%E8%B4%A6.csv",
        },
      });
    const outcome = await clientWith(file).api.call('ledger.export', { params: { format: 'csv' } });
    expect(outcome).toMatchObject({ kind: 'answer', filename: '账.csv' });
    expect(outcome.kind === 'answer' && (await outcome.data.text())).toBe('a,b');
  });

  it('mints keys nobody else has', () => {
    const keys = new Set(Array.from({ length: 200 }, newKey));
    expect(keys.size).toBe(200);
    expect([...keys].every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
  });
});
