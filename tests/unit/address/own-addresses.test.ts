import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { addressState, movedAddress } from '../../../server/address/address-state.ts';
import { ownOrigins, reachableAddresses } from '../../../server/address/own-addresses.ts';
import { isOnlyHere, originOf } from '../../../shared/address/address.ts';

const four = (address: string, mac = '3c:7c:3f:00:00:01'): NetworkInterfaceInfo => ({
  ...{ address, mac, family: 'IPv4', netmask: '255.255.255.0', internal: false, cidr: `${address}/24` },
});
const own = { origin: 'http://192.168.1.10:8080', isOwn: true, isKept: true };

describe('the addresses of the machine', () => {
  it('are those of a village’s router first, then of larger networks, then others', () => {
    const interfaces = {
      以太网: [four('172.20.3.4')],
      eth1: [four('47.100.3.4')],
      eth2: [four('10.0.0.8')],
      WLAN: [four('192.168.1.10')],
    };
    expect(reachableAddresses(interfaces)).toEqual(['192.168.1.10', '10.0.0.8', '172.20.3.4', '47.100.3.4']);
  });

  it.each([
    'docker0',
    'br-1f2e',
    'vethab12',
    'virbr0',
    'vEthernet (Default Switch)',
    'VMware Network Adapter VMnet8',
    'VirtualBox Host-Only Network',
    '蓝牙网络连接',
    'tailscale0',
    'utun3',
    'wg0',
  ])('are not those of %s', (name) => {
    expect(reachableAddresses({ [name]: [four('192.168.56.1')] })).toEqual([]);
  });

  it.each(['eth0', 'enp3s0', 'wlan0', 'wlp2s0', 'en0', '以太网', '本地连接', 'WLAN', 'Ethernet 2', 'Wi-Fi'])(
    'are those of %s',
    (name) => {
      expect(reachableAddresses({ [name]: [four('192.168.1.10')] })).toEqual(['192.168.1.10']);
    },
  );

  it('leave out what leads nowhere: the loop, addresses a machine gives itself, a hidden adapter, IPv6', () => {
    const interfaces = {
      lo: [{ ...four('127.0.0.1'), internal: true }],
      eth0: [four('169.254.12.1')],
      'Ethernet 2': [four('192.168.56.1', '0a:00:27:00:00:0b')],
      eth1: [{ ...four('fe80::1'), family: 'IPv6' as const, scopeid: 2 }],
    };
    expect(reachableAddresses(interfaces)).toEqual([]);
  });

  it('carry the port, except the usual one, and follow HOST', () => {
    const interfaces = { eth0: [four('192.168.1.10')] };
    expect(ownOrigins({ host: '0.0.0.0', port: 8080 }, interfaces)).toEqual(['http://192.168.1.10:8080']);
    expect(ownOrigins({ host: '::', port: 80 }, interfaces)).toEqual(['http://192.168.1.10']);
    expect(ownOrigins({ host: '127.0.0.1', port: 8080 }, interfaces)).toEqual([]);
    expect(ownOrigins({ host: 'localhost', port: 8080 }, interfaces)).toEqual([]);
    expect(ownOrigins({ host: '10.1.1.1', port: 8080 }, interfaces)).toEqual(['http://10.1.1.1:8080']);
  });
});

describe('the state of the address', () => {
  it('is none, unkept, good or gone', () => {
    const here = ['http://192.168.1.10:8080'];
    const stateOf = (address: typeof own | null, publicUrl = '', now = here) =>
      addressState({ address }, publicUrl, now).state;
    expect(stateOf(null)).toBe('none');
    expect(stateOf(null, 'https://jifen.example.cn')).toBe('good');
    expect(stateOf({ ...own, isKept: false })).toBe('unkept');
    expect(stateOf(own)).toBe('good');
    expect(stateOf(own, '', ['http://192.168.1.23:8080'])).toBe('gone');
    // The program may have moved behind a proxy with another port.
    expect(stateOf(own, '', ['http://192.168.1.10:9090'])).toBe('good');
    expect(stateOf({ origin: 'http://jishan.lan', isOwn: false, isKept: false })).toBe('good');
  });

  it('offers the name set at the server before the machine’s own addresses, each once', () => {
    const { offered, address } = addressState({ address: null }, 'http://10.0.0.8:8080/', [
      'http://192.168.1.10:8080',
      'http://10.0.0.8:8080',
      'http://47.100.3.4:8080',
    ]);
    expect(address).toBe('http://10.0.0.8:8080');
    expect(offered).toEqual([
      { origin: 'http://10.0.0.8:8080', kind: 'named' },
      { origin: 'http://192.168.1.10:8080', kind: 'village' },
      { origin: 'http://47.100.3.4:8080', kind: 'other' },
    ]);
  });

  it('tells of an address the machine had and lost, and of no other', () => {
    expect(movedAddress({ address: own }, ['http://192.168.1.23:8080'])).toEqual({
      was: own.origin,
      now: 'http://192.168.1.23:8080',
    });
    expect(movedAddress({ address: own }, [])).toEqual({ was: own.origin, now: null });
    expect(movedAddress({ address: own }, ['http://192.168.1.10:8080'])).toBeNull();
    expect(movedAddress({ address: { ...own, isOwn: false } }, [])).toBeNull();
    expect(movedAddress({ address: null }, [])).toBeNull();
  });
});

describe('an address somebody typed', () => {
  it.each([
    ['http://192.168.1.10:8080/', 'http://192.168.1.10:8080'],
    ['HTTP://Jishan.LAN', 'http://jishan.lan'],
    ['https://points.example.cn:443', 'https://points.example.cn'],
    ['192.168.1.10:8080', null],
    ['http://192.168.1.10:8080/desk', null],
    ['ftp://192.168.1.10', null],
    ['javascript:alert(1)', null],
    ['http://a@b', null],
    ['http://', null],
    ['http://x y', null],
  ])('%s is kept as %s', (typed, kept) => expect(originOf(typed)).toBe(kept));

  it.each(['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:8080', 'http://0.0.0.0:80'])(
    '%s is seen to lead nowhere',
    (address) => expect(isOnlyHere(address)).toBe(true),
  );
  it.each(['http://192.168.1.10:8080', 'https://127.example.cn', 'http://localhost.example.cn'])(
    '%s leads elsewhere',
    (address) => expect(isOnlyHere(address)).toBe(false),
  );
});
