import type { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyAct } from '../../../shared/acts/act.ts';
import { cleanName, wantedNames } from '../../../server/https/certificate-names.ts';
import { addressBytes, identifier, integer, moment, octets } from '../../../server/https/der.ts';
import { BadCertificate, httpsFiles, pemOf } from '../../../server/https/https-files.ts';
import {
  boundsFor,
  isWithin,
  makeAuthority,
  makeCertificate,
  namesOf,
} from '../../../server/https/issue-certificates.ts';
import { namesBeyond, planCertificate } from '../../../server/https/plan-certificate.ts';
import { renewCertificate } from '../../../server/https/renew-certificate.ts';
import { findCommand } from '../../support/tools.ts';
import { runProgram } from '../../support/programs.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 11, 1, 8);
let serial = 0;
const at = (nowMs = NOW_MS) => ({
  nowMs,
  random: (size: number) => Buffer.alloc(size, (serial += 1)),
});
const NAMES = ['localhost', 'jishan.lan', '127.0.0.1', '192.168.1.10', 'fd00::5'];
const authority = (names = NAMES, nowMs = NOW_MS) => {
  const bounds = boundsFor(names);
  return { ...makeAuthority('积善 Jishan · pc', bounds, at(nowMs)), bounds };
};
const daysOf = ({ validFromDate, validToDate }: X509Certificate) =>
  (validToDate.getTime() - validFromDate.getTime()) / DAY_MS;

describe('DER', () => {
  it('is written as X.690 says', () => {
    expect(identifier('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302');
    expect(integer(Buffer.from([0, 0, 0x80])).toString('hex')).toBe('02020080');
    expect(integer(Buffer.from([0])).toString('hex')).toBe('020100');
    expect(octets(Buffer.alloc(200)).subarray(0, 3).toString('hex')).toBe('0481c8');
    expect(octets(Buffer.alloc(300)).subarray(0, 4).toString('hex')).toBe('0482012c');
    expect(
      moment(Date.UTC(2049, 11, 31, 23, 59, 59, 900))
        .subarray(2)
        .toString(),
    ).toBe('491231235959Z');
    expect(
      moment(Date.UTC(2050, 0, 1))
        .subarray(2)
        .toString(),
    ).toBe('20500101000000Z');
    expect(addressBytes('fd00::5').toString('hex')).toBe('fd000000000000000000000000000005');
    expect(addressBytes('1:2:3:4:5:6:7:8').toString('hex')).toBe('00010002000300040005000600070008');
    expect(addressBytes('::1').toString('hex')).toBe(`${'0'.repeat(31)}1`);
  });
});

describe('a certificate', () => {
  it('is for its names, of its authority, and shorter than browsers allow', () => {
    const by = authority();
    const { certificate, key } = makeCertificate(by, NAMES, at());
    expect(namesOf(certificate)).toEqual(NAMES);
    expect(certificate.checkIssued(by.certificate)).toBe(true);
    expect(certificate.verify(by.certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect([certificate.ca, by.certificate.ca]).toEqual([false, true]);
    expect(daysOf(certificate)).toBeLessThanOrEqual(397);
    expect(daysOf(by.certificate) / 365.25).toBeCloseTo(10, 1);
    expect(certificate.checkHost('jishan.lan')).toBe('jishan.lan');
    expect(certificate.checkIP('192.168.1.10')).toBe('192.168.1.10');
    expect(certificate.checkHost('bank.example')).toBeUndefined();
    // Clocks of devices that are behind take it.
    expect(certificate.validFromDate.getTime()).toBe(NOW_MS - DAY_MS);
  });

  it('ends no later than its authority', () => {
    const by = authority(NAMES, NOW_MS - 3600 * DAY_MS);
    expect(makeCertificate(by, NAMES, at()).certificate.validToDate).toEqual(by.certificate.validToDate);
  });

  it('has another number each time', () => {
    const by = authority();
    const numbers = [1, 2, 3].map(() => makeCertificate(by, NAMES, at()).certificate.serialNumber);
    expect(new Set(numbers).size).toBe(3);
  });

  it.skipIf(findCommand('openssl') === undefined)(
    'is one to openssl at its strictest, within the bounds alone',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'jishan-x509-'));
      try {
        const by = authority(NAMES, Date.now());
        writeFileSync(join(folder, 'ca.pem'), by.certificate.toString());
        const verdict = (names: string[]) => {
          writeFileSync(
            join(folder, 'one.pem'),
            makeCertificate(by, names, at(Date.now())).certificate.toString(),
          );
          const args = ['verify', '-x509_strict', '-CAfile', join(folder, 'ca.pem'), join(folder, 'one.pem')];
          const { output, errors } = runProgram('openssl', args);
          return output + errors;
        };
        expect(verdict(NAMES)).toMatch(/one\.pem: OK/);
        expect(verdict([...NAMES, 'bank.example'])).toMatch(/permitted subtree violation/);
        expect(verdict([...NAMES, '8.8.8.8'])).toMatch(/permitted subtree violation/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});

describe('the bounds of an authority', () => {
  it('are private networks, names of the own network, and the names it was made for', () => {
    const bounds = boundsFor([...NAMES, 'points.example.cn', '203.0.113.9']);
    for (const name of [
      '10.9.8.7',
      '172.31.0.1',
      '192.168.77.1',
      'fd12::1',
      '203.0.113.9',
      'a.lan',
      'x.points.example.cn',
    ])
      expect([name, isWithin(name, bounds)]).toEqual([name, true]);
    for (const name of [
      '8.8.8.8',
      '172.32.0.1',
      '203.0.113.8',
      '2001:db8::1',
      'example.cn',
      'evil-points.example.cn',
      'lan.example',
    ])
      expect([name, isWithin(name, bounds)]).toEqual([name, false]);
  });
});

describe('the names', () => {
  it('are this computer’s, its addresses, what was chosen or asked for, and those before', () => {
    expect(
      wantedNames({
        hostName: 'Village-PC',
        own: ['192.168.1.23'],
        chosen: ['[fd00::5]', 'jishan.lan'],
        asked: ['Shop.LAN.'],
        before: ['192.168.1.10', 'jishan.lan'],
      }),
    ).toEqual([
      ...['localhost', 'village-pc', 'village-pc.local', 'shop.lan', 'jishan.lan'],
      ...['127.0.0.1', '::1', 'fd00::5', '192.168.1.23', '192.168.1.10'],
    ]);
  });

  it('leave out what is no name, and the oldest addresses of a laptop that moves about', () => {
    expect(cleanName('a b')).toBeNull();
    expect(cleanName('-x.lan')).toBeNull();
    expect(cleanName('http://x')).toBeNull();
    expect(cleanName('')).toBeNull();
    expect(cleanName('王芳的电脑')).toMatch(/^xn--/);
    const before = Array.from({ length: 30 }, (_, index) => `10.0.0.${index + 1}`);
    const names = wantedNames({ hostName: '???', own: ['192.168.1.1'], chosen: [], before });
    expect(names).toHaveLength(1 + 16);
    expect(names).toContain('192.168.1.1');
    expect(names).not.toContain('10.0.0.30');
  });
});

describe('a renewal', () => {
  const by = authority();
  const own = makeCertificate(by, NAMES, at()).certificate;
  const plan = (
    nowMs: number,
    names = NAMES,
    present: Parameters<typeof planCertificate>[0] = { authority: by, own },
  ) => planCertificate(present, names, 'x', at(nowMs));

  it('is not made while the certificate is good and has the names', () => {
    expect(plan(NOW_MS)).toBeNull();
    expect(plan(NOW_MS + 300 * DAY_MS)).toBeNull();
  });

  it('is made well before the end, keeping the authority', () => {
    const made = plan(NOW_MS + 306 * DAY_MS);
    expect(made?.newAuthority).toBeNull();
    expect(made?.certificate.certificate.verify(by.certificate.publicKey)).toBe(true);
    expect(daysOf(made?.certificate.certificate ?? own)).toBeLessThanOrEqual(397);
  });

  it('is made for a changed address, keeping the authority; a name beyond its bounds is left out', () => {
    const made = plan(NOW_MS, [...NAMES, '192.168.1.23', 'bank.example']);
    expect(made?.newAuthority).toBeNull();
    expect(namesOf(made?.certificate.certificate ?? own)).toEqual([...NAMES, '192.168.1.23']);
    expect(namesBeyond(by, ['192.168.1.23', 'bank.example'])).toEqual(['bank.example']);
  });

  it('makes an authority where there is none, and a certificate where another one made it', () => {
    expect(plan(NOW_MS, NAMES, { authority: null, own: null })?.newAuthority?.certificate.ca).toBe(true);
    expect(plan(NOW_MS, NAMES, { authority: authority(), own })?.newAuthority).toBeNull();
    expect(plan(NOW_MS, NAMES, { authority: by, own: null })?.newAuthority).toBeNull();
  });

  it('trusts no wrong clock: nothing is made before the authority began or after it ended', () => {
    expect(plan(0)).toBeNull();
    expect(plan(NOW_MS + 3700 * DAY_MS)).toBeNull();
    // A certificate of a clock that was ahead is made anew when the clock is right again.
    const ahead = makeCertificate(by, NAMES, at(NOW_MS + 30 * DAY_MS)).certificate;
    expect(plan(NOW_MS, NAMES, { authority: by, own: ahead })).not.toBeNull();
  });

  it('is not made again and again in the last days of the authority', () => {
    const late = NOW_MS + 3600 * DAY_MS;
    const last = makeCertificate(by, NAMES, at(late)).certificate;
    expect(plan(late + DAY_MS, NAMES, { authority: by, own: last })).toBeNull();
  });
});

describe('the files', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'jishan-https-files-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const renewed = (acts: AnyAct[] = [], isNewAuthority = false) =>
    renewCertificate(
      {
        files: httpsFiles(dataDir),
        names: NAMES,
        called: '积善',
        issuing: at(),
        book: (actIn) => Promise.resolve(void acts.push(actIn('v1'))),
      },
      { isNewAuthority },
    );

  it('are read by nobody else, and told in the book before they are there', async () => {
    const acts: AnyAct[] = [];
    await renewed(acts);
    expect(acts.map(({ act }) => act)).toEqual(['https.authority_made', 'https.certificate_made']);
    const folder = join(dataDir, 'https');
    expect(readdirSync(folder).sort()).toEqual(['authority.json', 'server.json']);
    if (process.platform !== 'win32') {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    const files = httpsFiles(dataDir);
    expect(files.inUse()?.source).toBe('own');
    expect(await renewed(acts)).toBeNull();
    expect(acts).toHaveLength(2);
  });

  it('are not there if the book refuses', async () => {
    const refused = renewCertificate({
      ...{ files: httpsFiles(dataDir), names: NAMES, called: '积善', issuing: at() },
      book: () => Promise.reject(new Error('busy')),
    });
    await expect(refused).rejects.toThrow('busy');
    expect(readdirSync(join(dataDir, 'https'))).toEqual([]);
  });

  it('that are damaged: the certificate is made anew, the authority never in silence', async () => {
    await renewed();
    const [server, ca] = ['server.json', 'authority.json'].map((name) => join(dataDir, 'https', name));
    const before = readFileSync(ca ?? '', 'utf8');
    writeFileSync(server ?? '', '{"cert":');
    expect(() => httpsFiles(dataDir).inUse()).toThrow(BadCertificate);
    expect((await renewed())?.newAuthority).toBeNull();
    expect(readFileSync(ca ?? '', 'utf8')).toBe(before);
    writeFileSync(ca ?? '', before.slice(0, 100));
    await expect(renewed()).rejects.toThrow(BadCertificate);
    expect((await renewed([], true))?.newAuthority).not.toBeNull();
  });

  it('of a process that died half-way are cleared away by the next', async () => {
    await renewed();
    const left = join(dataDir, 'https', 'server.json.99-1.new');
    writeFileSync(left, 'half');
    utimesSync(left, 1, 1);
    await renewed([], true);
    expect(readdirSync(join(dataDir, 'https')).sort()).toEqual(['authority.json', 'server.json']);
  });

  it('that somebody gives must be a pair', () => {
    const by = authority();
    const [one, other] = [makeCertificate(by, NAMES, at()), makeCertificate(by, NAMES, at())];
    const path = (name: string, text: string) => {
      writeFileSync(join(dataDir, name), text);
      return join(dataDir, name);
    };
    const cert = path('c.pem', pemOf(one).cert);
    const why = (given: { cert: string; key: string }) => {
      try {
        return httpsFiles(dataDir, given).inUse()?.source;
      } catch (error) {
        return error instanceof BadCertificate ? `${error.why} ${String(error.isGiven)}` : error;
      }
    };
    expect(why({ cert, key: path('k.pem', pemOf(one).key) })).toBe('files');
    expect(why({ cert, key: path('other.pem', pemOf(other).key) })).toBe('not_a_pair true');
    expect(why({ cert, key: cert })).toBe('not_a_key true');
    expect(why({ cert: path('x.pem', 'x'), key: cert })).toBe('not_a_certificate true');
    expect(why({ cert: join(dataDir, 'none'), key: cert })).toBe('unreadable true');
  });
});
