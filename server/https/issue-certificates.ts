import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  addressBytes,
  bits,
  identifier,
  integer,
  moment,
  numbered,
  octets,
  sequence,
  setOf,
  utf8,
  yes,
} from './der.ts';

/** A certificate and the key that belongs to it. */
export interface Identity {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

/** The clock and the source of serial numbers. */
export interface Issuing {
  readonly nowMs: number;
  readonly random: (size: number) => Uint8Array;
}

const DAY_MS = 86_400_000;
/** Devices whose clocks are behind take a new certificate too. */
const EARLIER_MS = DAY_MS;
const AUTHORITY_DAYS = 3652;
/** Browsers of Apple refuse what lasts longer than 398 days from beginning to end. */
const CERTIFICATE_DAYS = 395;

/** Names that stand for the own network everywhere, so that a village may take one later. */
const NETWORK_NAMES = ['localhost', 'lan', 'local', 'home', 'internal', 'home.arpa'];
/** Private networks, loopback, and the private addresses of IPv6: address and mask. */
const PRIVATE_NETWORKS = [
  ['10.0.0.0', '255.0.0.0'],
  ['172.16.0.0', '255.240.0.0'],
  ['192.168.0.0', '255.255.0.0'],
  ['127.0.0.0', '255.0.0.0'],
  ['::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fc00::', 'fe00::'],
] as const;

/** An authority speaks for these alone: names with all below them, and networks. */
export interface Bounds {
  readonly names: readonly string[];
  readonly addresses: readonly string[];
}

/** The bounds of a new authority: private networks, and the server's own names. */
export function boundsFor(names: readonly string[]): Bounds {
  const hosts = names.filter((name) => isIP(name) === 0);
  return {
    names: [...new Set([...NETWORK_NAMES, ...hosts])],
    addresses: names.filter((name) => isIP(name) !== 0 && !isWithin(name, { names: [], addresses: [] })),
  };
}

/** Whether browsers take a certificate of an authority with such bounds for this name. */
export function isWithin(name: string, { names, addresses }: Bounds): boolean {
  if (isIP(name) === 0) return names.some((one) => name === one || name.endsWith(`.${one}`));
  const bytes = addressBytes(name);
  return (
    addresses.includes(name) ||
    PRIVATE_NETWORKS.some(([network, mask]) => {
      const [from, wide] = [addressBytes(network), addressBytes(mask)];
      return from.length === bytes.length && bytes.every((byte, at) => (byte & (wide[at] ?? 0)) === from[at]);
    })
  );
}

/** Makes an authority of the village's own. Browsers heed its bounds: it cannot speak for a bank. */
export function makeAuthority(commonName: string, bounds: Bounds, issuing: Issuing): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = issue(
    {
      subject: commonName,
      issuer: commonName,
      publicKey,
      days: AUTHORITY_DAYS,
      extensions: [
        extension('2.5.29.19', true, sequence(yes(), integer(Buffer.from([0])))),
        // It signs certificates and lists of revoked ones.
        extension('2.5.29.15', true, bits(Buffer.from([0x06]), 1)),
        extension('2.5.29.14', false, octets(keyIdentifier(publicKey))),
        extension('2.5.29.30', true, nameConstraints(bounds)),
      ],
    },
    privateKey,
    issuing,
  );
  return { certificate, key: privateKey };
}

/** Makes a certificate for a server of these names. It ends no later than its authority. */
export function makeCertificate(authority: Identity, names: readonly string[], issuing: Issuing): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { certificate: by } = authority;
  const certificate = issue(
    {
      subject: names.find((name) => isIP(name) === 0) ?? 'jishan',
      issuer: commonNameOf(by),
      publicKey,
      days: CERTIFICATE_DAYS,
      notAfterMs: endOf(by),
      extensions: [
        extension('2.5.29.19', true, sequence()),
        extension('2.5.29.15', true, bits(Buffer.from([0x80]), 7)),
        extension('2.5.29.37', false, sequence(identifier('1.3.6.1.5.5.7.3.1'))),
        extension('2.5.29.17', false, sequence(...names.map(generalName))),
        extension('2.5.29.14', false, octets(keyIdentifier(publicKey))),
        extension('2.5.29.35', false, sequence(numbered(0, keyIdentifier(by.publicKey), true))),
      ],
    },
    authority.key,
    issuing,
  );
  return { certificate, key: privateKey };
}

export function endOf({ validToDate }: X509Certificate): number {
  return validToDate.getTime();
}

/** When the certificate begins to count. */
export function beginOf({ validFromDate }: X509Certificate): number {
  return validFromDate.getTime();
}

/** The names and addresses that a certificate is for. */
export function namesOf({ subjectAltName = '' }: X509Certificate): string[] {
  return subjectAltName
    .split(', ')
    .map((one) => /^(?:DNS|IP Address):(.+)$/.exec(one)?.[1])
    .filter((name) => name !== undefined)
    .map((name) => (isIP(name) === 6 ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name));
}

export function commonNameOf({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? '';
}

interface Wanted {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly days: number;
  readonly notAfterMs?: number;
  readonly extensions: readonly Buffer[];
}

function issue(wanted: Wanted, by: KeyObject, { nowMs, random }: Issuing): X509Certificate {
  // ECDSA with SHA-256.
  const algorithm = sequence(identifier('1.2.840.10045.4.3.2'));
  const endsMs = Math.min(nowMs + wanted.days * DAY_MS, wanted.notAfterMs ?? Infinity);
  const serial = Buffer.from(random(16));
  // Positive, and never shorter than it looks.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const content = sequence(
    numbered(0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    distinguishedName(wanted.issuer),
    sequence(moment(nowMs - EARLIER_MS), moment(endsMs)),
    distinguishedName(wanted.subject),
    spkiOf(wanted.publicKey),
    numbered(3, sequence(...wanted.extensions)),
  );
  const signature = sign('sha256', content, { key: by, dsaEncoding: 'der' });
  return new X509Certificate(sequence(content, algorithm, bits(signature)));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(setOf(sequence(identifier('2.5.4.3'), utf8(commonName))));
}

function extension(kind: string, isCritical: boolean, value: Buffer): Buffer {
  return sequence(identifier(kind), ...(isCritical ? [yes()] : []), octets(value));
}

function generalName(name: string): Buffer {
  return isIP(name) === 0
    ? numbered(2, Buffer.from(name, 'ascii'), true)
    : numbered(7, addressBytes(name), true);
}

function nameConstraints({ names, addresses }: Bounds): Buffer {
  const alone = (address: string) => Buffer.alloc(addressBytes(address).length, 0xff);
  const networks = [
    ...PRIVATE_NETWORKS.map(([network, mask]) => Buffer.concat([addressBytes(network), addressBytes(mask)])),
    ...addresses.map((address) => Buffer.concat([addressBytes(address), alone(address)])),
  ];
  const permitted = [
    ...names.map((name) => sequence(numbered(2, Buffer.from(name, 'ascii'), true))),
    ...networks.map((network) => sequence(numbered(7, network, true))),
  ];
  return sequence(numbered(0, Buffer.concat(permitted)));
}

function spkiOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** The point of a P-256 key is the last 65 bytes of its description. */
function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1').update(spkiOf(key).subarray(-65)).digest();
}
