import { createSecretKey, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { BadSetting, readConfig } from '../../../server/config.ts';
import { canonicalJson, inputHash } from '../../../server/http/canonical.ts';
import { createIds, idsFrom, madeAtMs } from '../../../server/http/ids.ts';
import { languageOf } from '../../../server/http/language.ts';
import { seal, unseal } from '../../../server/http/answer-encryption.ts';
import { businessDay } from '../../../shared/business-day.ts';

const random = (size: number) => randomBytes(size);

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB,en;q=0.9', 'en'],
    ['en;q=0.3, zh;q=0.7', 'zh'],
    ['fr, en;q=0.5', 'en'],
    ['fr', 'zh'],
    ['*', 'zh'],
    ['ENGLISH', 'zh'],
    ['en;q=0', 'zh'],
    [';;;,,q=,en;q=x', 'zh'],
  ] as const)('%s → %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('canonical JSON', () => {
  it('is the same for equal inputs in any order', () => {
    expect(canonicalJson({ b: [{ y: 1, x: undefined }], a: null })).toBe('{"a":null,"b":[{"y":1}]}');
    expect(inputHash({ a: 1, b: { c: 2, d: 3 } })).toBe(inputHash({ b: { d: 3, c: 2 }, a: 1 }));
  });

  it('has the hash under which earlier versions kept their answers', () => {
    const body = JSON.parse('{"__proto__":{"b":1},"10":[{"z":"二","a":null}],"9":true}') as unknown;
    expect(canonicalJson({ query: undefined, body })).toBe(
      '{"body":{"9":true,"10":[{"a":null,"z":"二"}],"__proto__":{"b":1}}}',
    );
    expect(inputHash({ query: undefined, body })).toBe(
      'cf5d6ecda15137bc4efd36f9ee5318ec6c141fdc5428a1adbc819cc7eb9b993d',
    );
    expect(inputHash({ body: new Uint8Array([1, 2]) })).toBe(
      'f84ceec14c309bf3bb39f9c1ddf8ec2c68c0deaabd690ba4078a113a9e31496e',
    );
  });

  it('is another for anything else', () => {
    const hashes = [
      { a: 1 },
      { a: '1' },
      { a: [1] },
      { a: { 0: 1 } },
      { a: null },
      {},
      null,
      [],
      undefined,
    ].map(inputHash);
    expect(new Set(hashes).size).toBe(8); // null and nothing at all are one
  });
});

describe('a sealed answer', () => {
  const key = () => createSecretKey(randomBytes(32));
  const first = { current: key(), previous: [] };
  const bound = '["v1","key-1234"]';

  it('opens with its key, also when that has become an earlier one', () => {
    const sealed = seal(first, random, '{"pin":"482915"}', bound);
    expect(sealed).not.toContain('482915');
    expect(unseal(first, sealed, bound)).toBe('{"pin":"482915"}');
    expect(unseal({ current: key(), previous: [first.current] }, sealed, bound)).toBe('{"pin":"482915"}');
  });

  it('does not open elsewhere, with another key, or changed', () => {
    const sealed = seal(first, random, '{"pin":"482915"}', bound);
    expect(unseal(first, sealed, '["v2","key-1234"]')).toBeNull();
    expect(unseal({ current: key(), previous: [] }, sealed, bound)).toBeNull();
    const parts = sealed.split('.');
    for (const at of [1, 2, 3]) {
      const bytes = Buffer.from(parts[at] ?? '', 'base64url');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      expect(unseal(first, parts.with(at, bytes.toString('base64url')).join('.'), bound)).toBeNull();
    }
    for (const broken of ['', 'v1', 'v1...', 'v2.a.b.c']) expect(unseal(first, broken, bound)).toBeNull();
  });
});

describe('ids', () => {
  it('sort by time, also within a millisecond and when the clock steps back', () => {
    const times = [5, 5, 5, 6, 4, 4, 7];
    const newId = createIds(() => times.shift() ?? 8, random);
    const ids = Array.from({ length: 7 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(7);
    expect(ids[0]).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
    expect(madeAtMs(createIds(() => 1_764_460_000_123, random)())).toBe(1_764_460_000_123);
    const id = createIds(() => 1_764_460_000_123, random)();
    expect(idsFrom(1_764_460_000_123) <= id && id < idsFrom(1_764_460_000_124)).toBe(true);
  });
});

describe('the business day', () => {
  it('turns at midnight in the village’s zone', () => {
    expect(businessDay(Date.UTC(2026, 0, 31, 15, 59, 59), 'Asia/Shanghai')).toBe('2026-01-31');
    expect(businessDay(Date.UTC(2026, 0, 31, 16), 'Asia/Shanghai')).toBe('2026-02-01');
    expect(businessDay(Date.UTC(2026, 0, 31, 16), 'UTC')).toBe('2026-01-31');
    expect(businessDay(Date.UTC(2026, 0, 31, 18, 14, 59), 'Asia/Kathmandu')).toBe('2026-01-31');
    expect(businessDay(Date.UTC(2026, 0, 31, 18, 15), 'Asia/Kathmandu')).toBe('2026-02-01');
  });
});

describe('the proxies in front', () => {
  const read = (TRUST_PROXY: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'jishan-config-'));
    try {
      const project = join(import.meta.dirname, '../../..');
      return readConfig({ DATA_DIR: folder, TRUST_PROXY }, [], project).trustProxy;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it.each([
    ['', false],
    ['0', false],
    ['false', false],
    ['1', 1],
    ['true', 1],
    ['2', 2],
    ['loopback', 'loopback'],
    ['10.0.0.2, fd00::/8', '10.0.0.2, fd00::/8'],
  ])('%j: %j', (text, wanted) => {
    expect(read(text)).toBe(wanted);
    express().set('trust proxy', read(text));
  });

  it('believes a proxy on this machine by "loopback", and nobody who comes past it', () => {
    const believes = (setting: string, address: string) => {
      const app = express().set('trust proxy', read(setting));
      return (app.get('trust proxy fn') as (address: string, hop: number) => boolean)(address, 0);
    };
    expect(believes('loopback', '127.0.0.1')).toBe(true);
    expect(believes('loopback', '192.168.1.50')).toBe(false);
    // Which is why no port may be open beside the proxies that are counted.
    expect(believes('1', '192.168.1.50')).toBe(true);
  });

  it.each(['yes', '-1', '999', 'nginx', '*'])('%j is said to be none', (text) => {
    expect(() => read(text)).toThrow('TRUST_PROXY');
  });
});

describe('the settings', () => {
  const inFolder = (work: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'jishan-config-'));
    try {
      work(join(folder, 'data'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const project = join(import.meta.dirname, '../../..');

  it('are made once: the secret and the set-up code stay, and only their owner may read them', () => {
    inFolder((folder) => {
      const first = readConfig({ DATA_DIR: folder }, [], project);
      const second = readConfig({ DATA_DIR: folder }, ['--demo'], project);
      expect(second).toEqual({ ...first, demo: true });
      expect(first.secrets.current).toMatch(/^[0-9a-f]{64}$/);
      expect(first).toMatchObject({
        port: 8080,
        host: '0.0.0.0',
        trustProxy: false,
        publicUrl: '',
        databaseUrl: undefined,
      });
      for (const name of ['secret', 'setup-code'])
        expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, 'setup-code'), 'utf8').trim()).toBe(first.setupCode);
    });
  });

  it('take the secrets from the environment, the earlier ones too', () => {
    inFolder((folder) => {
      const [now, before] = ['n'.repeat(32), 'b'.repeat(40)];
      const env = { DATA_DIR: folder, JISHAN_SECRET: now, JISHAN_SECRET_PREVIOUS: before };
      expect(readConfig(env, [], project).secrets).toEqual({ current: now, previous: [before] });
      expect(existsSync(join(folder, 'secret'))).toBe(false);
    });
  });

  it.each([
    { PORT: 'eighty' },
    { PORT: '70000' },
    { PUBLIC_URL: 'jifen.example' },
    { JISHAN_SECRET: 'short' },
    { JISHAN_SECRET: 'n'.repeat(32), JISHAN_SECRET_PREVIOUS: 'short' },
  ])('are refused in words when they cannot be right: %o', (env) => {
    inFolder((folder) => {
      expect(() => readConfig({ DATA_DIR: folder, ...env }, [], project)).toThrow(BadSetting);
    });
  });
});
