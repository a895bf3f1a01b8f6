import { describe, expect, it } from 'vitest';
import { guessDevice } from '../../../client/https/device-kind.ts';
import { type HttpsStanding, placeOf, wayBack } from '../../../client/https/where-we-are.ts';
import { addressForAll } from '../../../shared/address/address.ts';
import { inGroups } from '../../../shared/https/fingerprint.ts';

const standing = (more: Partial<HttpsStanding> = {}): HttpsStanding => ({
  ...{ port: 8443, source: 'own', names: ['192.168.1.10', 'jishan.lan'], endsAt: null, authority: null },
  ...more,
});
const at = (text: string) => new URL(text) as unknown as Location;

describe('the page of https', () => {
  it('tries the device on https and on the server’s own computer, and walks it there from plain http', () => {
    expect(placeOf(at('https://192.168.1.10:8443/https'), standing())).toEqual({ is: 'trial' });
    expect(placeOf(at('http://localhost:8080/https'), standing({ source: 'none' }))).toEqual({ is: 'trial' });
    expect(placeOf(at('http://192.168.1.10:8080/https'), standing())).toEqual({
      is: 'steps',
      secure: 'https://192.168.1.10:8443/https?plain=8080',
    });
    expect(placeOf(at('http://jishan.lan/https'), standing())).toMatchObject({
      secure: 'https://jishan.lan:8443/https?plain=80',
    });
  });

  it('says what somebody must do at the server first', () => {
    const page = at('http://192.168.1.10:8080/https');
    expect(placeOf(page, standing({ source: 'none', port: null }))).toEqual({ is: 'missing' });
    expect(placeOf(page, standing({ source: 'broken', port: null }))).toEqual({ is: 'broken' });
    expect(placeOf(page, standing({ port: null }))).toEqual({ is: 'closed' });
    expect(placeOf(at('http://192.168.1.23:8080/https'), standing())).toEqual({ is: 'moved' });
    expect(placeOf(at('http://a.b.cn/'), standing({ names: ['*.b.cn'] })).is).toBe('steps');
    expect(placeOf(at('http://a.a.b.cn/'), standing({ names: ['*.b.cn'] })).is).toBe('moved');
  });

  it('leads back by a port alone, wherever the address came from', () => {
    expect(wayBack(at('https://pc.lan:8443/https?plain=8080'))).toBe('http://pc.lan:8080/https');
    for (const plain of ['', 'x', '80@evil.example', '123456', '//evil.example'])
      expect(wayBack(at(`https://pc.lan:8443/https?plain=${encodeURIComponent(plain)}`))).toBeNull();
  });

  it('guesses the device', () => {
    const guess = (userAgent: string, maxTouchPoints = 0) => guessDevice({ userAgent, maxTouchPoints });
    expect(guess('Mozilla/5.0 (Linux; Android 10; K) Chrome/120')).toBe('android');
    expect(guess('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('windows');
    expect(guess('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5)).toBe('ipad');
  });

  it('writes a fingerprint in groups that can be read aloud', () => {
    expect(inGroups('ab:cd:ef:01:23')).toBe('ABCD EF01 23');
  });
});

describe('the address for everybody', () => {
  const offered = ['http://192.168.1.10:8080'];
  it('stays plain where the desk was opened by https on its own port', () => {
    expect(addressForAll('https://192.168.1.10:8443', offered)).toBe('http://192.168.1.10:8080');
    expect(addressForAll('https://pc.lan:8443', offered)).toBe('http://pc.lan:8080');
    expect(addressForAll('https://localhost:8443', offered)).toBe('http://localhost:8080');
  });
  it('is what it was behind a proxy, on plain http, and where nothing is known', () => {
    expect(addressForAll('https://points.example.cn', offered)).toBe('https://points.example.cn');
    expect(addressForAll('http://192.168.1.10:8080', offered)).toBe('http://192.168.1.10:8080');
    expect(addressForAll('https://192.168.1.10:8443', [])).toBe('https://192.168.1.10:8443');
  });
});
