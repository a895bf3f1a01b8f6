import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../server/cli/main.ts';
import { boundsFor, httpsFiles, makeAuthority, makeCertificate } from '../../server/https/index.ts';
import { inGroups } from '../../shared/https/fingerprint.ts';

interface Told {
  readonly done: string;
  readonly source: string;
  readonly names: readonly string[];
  readonly authority: { readonly sha256: string; readonly sha1: string } | null;
}

/** `jishan https` where no database is yet: it may be the first command of all. */
describe('jishan https', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'jishan-https-cli-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  async function jishan(words: readonly string[], env: Record<string, string> = {}) {
    const said = { out: '', notes: '' };
    const code = await run(
      ['https', ...words],
      { DATA_DIR: dataDir, LANG: 'zh', HOST: '192.168.1.10', ...env },
      {
        out: (text) => (said.out += text),
        note: (text) => (said.notes += `${text}\n`),
        readStdin: () => Promise.resolve(''),
      },
    );
    return { code, ...said };
  }
  const told = async (...words: string[]) => JSON.parse((await jishan([...words, '--json'])).out) as Told;

  function given(days = 1): { cert: string; key: string } {
    const nowMs = Date.now() + (days - 395) * 86_400_000;
    const issuing = { nowMs, random: (size: number) => randomBytes(size) };
    const names = ['points.example.cn'];
    const one = makeCertificate(makeAuthority('other', boundsFor(names), issuing), names, issuing);
    const files = { cert: join(dataDir, 'given.crt'), key: join(dataDir, 'given.key') };
    writeFileSync(files.cert, one.certificate.toString());
    writeFileSync(files.key, one.key.export({ type: 'pkcs8', format: 'pem' }));
    return files;
  }

  it('makes all at once and says what to do next, with the fingerprint that the desk shows', async () => {
    const { code, out } = await jishan([]);
    expect(code).toBe(0);
    const authority = httpsFiles(dataDir).authority()?.certificate;
    expect(out).toContain(inGroups(authority?.fingerprint256 ?? 'none'));
    expect(out).toContain(inGroups(authority?.fingerprint ?? 'none'));
    expect(out).toContain('https://192.168.1.10:8443');
    expect(out).toContain('http://192.168.1.10:8080/https');
    expect(out).not.toMatch(/PRIVATE|undefined|\{/);
    const english = await jishan([], { LANG: 'en' });
    expect(english.out).toContain('Nothing was changed');
    expect(english.out).not.toMatch(/\p{Script=Han}/u);
  });

  it('changes nothing the second time; a name or a changed address makes another certificate of the same authority', async () => {
    const first = await told();
    expect(first).toMatchObject({ done: 'authority_made', source: 'own' });
    expect((await told()).done).toBe('unchanged');
    const named = await told('Shop.LAN');
    expect(named).toMatchObject({ done: 'renewed', authority: first.authority });
    expect(named.names).toEqual(expect.arrayContaining(['shop.lan', '192.168.1.10', 'localhost']));
    const moved = JSON.parse((await jishan(['--json'], { HOST: '192.168.1.23' })).out) as Told;
    expect(moved).toMatchObject({ done: 'renewed', authority: first.authority });
    expect(moved.names).toEqual(expect.arrayContaining(['shop.lan', '192.168.1.10', '192.168.1.23']));
    expect((await told()).done).toBe('unchanged');
  });

  it('says when the authority may not speak for a name, and makes another one only when told to', async () => {
    const first = await told();
    const refused = await jishan(['points.example.cn']);
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.notes).toContain('points.example.cn');
    expect((await told()).authority).toEqual(first.authority);
    const other = await told('points.example.cn', '--new-authority');
    expect(other.done).toBe('authority_made');
    expect(other.authority).not.toEqual(first.authority);
    expect(other.names).toContain('points.example.cn');
  });

  it('takes a certificate that the village has, and goes back to its own', async () => {
    const own = await told();
    const { cert, key } = given();
    expect(await told('--cert', cert, '--key', key)).toMatchObject({
      ...{ done: 'brought', source: 'brought', names: ['points.example.cn'], authority: null },
    });
    rmSync(cert);
    rmSync(key);
    expect((await told()).done).toBe('brought_in_use');
    expect(await told('--own')).toMatchObject({ source: 'own', authority: own.authority });
    const files = given();
    const env = { HTTPS_CERT: files.cert, HTTPS_KEY: files.key };
    expect(JSON.parse((await jishan(['--json'], env)).out)).toMatchObject({
      ...{ done: 'in_settings', source: 'files' },
    });
  });

  it('refuses what cannot be right in words, and changes nothing', async () => {
    const { cert, key } = given();
    const ended = (() => {
      const late = given(-3);
      return ['--cert', late.cert, '--key', late.key];
    })();
    expect(await jishan(ended)).toMatchObject({
      code: 1,
      notes: expect.stringContaining('已经到期') as string,
    });
    for (const [words, part] of [
      [['--cert', cert], '一起写'],
      [['--cert', cert, '--key', key, 'a.lan'], '不能和名字'],
      [['--cert', cert, '--key', cert], '私钥'],
      [['--cert', join(dataDir, 'none'), '--key', key], '读不了'],
      [['--cert', key, '--key', key], '不是 PEM 格式的证书'],
      [['a b'], '不是名字'],
      [['http://192.168.1.10'], '不是名字'],
    ] as const)
      expect([part, await jishan(words)]).toMatchObject([
        part,
        { code: 2, out: '', notes: expect.stringContaining(part) as string },
      ]);
    expect(existsSync(join(dataDir, 'https'))).toBe(false);
    expect((await jishan([], { HTTPS_PORT: 'x' })).code).toBe(2);
  });

  it('never puts another authority in the place of a damaged one by itself', async () => {
    await told();
    const path = join(dataDir, 'https', 'authority.json');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.slice(0, 200));
    expect(await jishan([])).toMatchObject({ code: 1, notes: expect.stringContaining('损坏') as string });
    writeFileSync(path, whole);
    expect((await told()).done).toBe('unchanged');
    writeFileSync(path, '{}');
    expect((await told('--new-authority')).done).toBe('authority_made');
  });

  it('run twice at once leaves a pair that fits', async () => {
    await Promise.all([told('--new-authority'), told('--new-authority'), told('--new-authority')]);
    await told();
    const files = httpsFiles(dataDir);
    const authority = files.authority()?.certificate;
    expect(authority && files.own()?.verify(authority.publicKey)).toBe(true);
  });
});
