import { describe, expect, it } from 'vitest';
import { isPrinterPort, isPrivateHost, printerHostOf } from '../../../shared/printers/printer-place.ts';

/** The address as it would be kept, if a printer may be there. */
const allowed = (text: string) => {
  const host = printerHostOf(text);
  return host !== null && isPrivateHost(host) ? host : null;
};

describe('where a printer may be', () => {
  it.each([
    ['192.168.1.50', '192.168.1.50'],
    [' 10.0.0.7 ', '10.0.0.7'],
    ['172.16.0.1', '172.16.0.1'],
    ['172.31.255.254', '172.31.255.254'],
    ['169.254.10.20', '169.254.10.20'],
    ['１９２。１６８．１。５０', '192.168.1.50'],
    ['FD00:0:0:0:0:0:0:7', 'fd00::7'],
    ['fc12:3456::1', 'fc12:3456::1'],
  ])('is the village’s own network: %s', (text, host) => {
    expect(allowed(text)).toBe(host);
  });

  it.each([
    ...['', 'printer', 'printer.lan', 'localhost', '192.168.1.50:9100', 'http://192.168.1.50'],
    ...['0.0.0.0', '127.0.0.1', '127.1', '127.255.255.254', '::1', '::', '[::1]'],
    ...['8.8.8.8', '172.15.0.1', '172.32.0.1', '192.169.0.1', '11.0.0.1', '100.64.0.1', '100.127.255.254'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '169.254.169.254', '169.253.1.1'],
    // The same addresses as numbers that some systems understand: decimal, octal, hexadecimal, shortened.
    ...['3232235826', '0xc0a80132', '0300.0250.1.50', '192.168.1.050', '192.168.306', '10.1', '010.0.0.1'],
    ...['192.168.1.256', '192.168.1.-1', '192.168.1', '192.168.1.1.1', '192.168.1.1e0', '192.168.+1.1'],
    ...['::ffff:10.0.0.1', '::ffff:a00:1', '64:ff9b::a00:1', '2001:db8::1', 'fe80::1', 'fe80::1%eth0'],
    ...['fd00::1%1', 'fd00:::1', 'fd', 'fdfd', 'ff02::1', 'fec0::1', '192.168.1.50/x@8.8.8.8'],
  ])('is nowhere else: %s', (text) => {
    expect(allowed(text)).toBeNull();
  });

  it('has a port of printers', () => {
    expect([9100, 9105, 9109].every(isPrinterPort)).toBe(true);
    expect([0, 1, 80, 515, 631, 5432, 6379, 9099, 9110, 65_536, 9100.5, NaN].some(isPrinterPort)).toBe(false);
  });
});
