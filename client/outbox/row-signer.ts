import { thumbprintText } from '../../shared/outbox/row.ts';

export interface PublicKey {
  readonly x: string;
  readonly y: string;
}

/** The key by which a device signs its rows. A browser on plain http has no `pair`: its rows are not signed. */
export interface DeviceKey {
  readonly device: string;
  /** When it was made or read: the one that signs new rows is the last. */
  readonly madeAtMs: number;
  readonly publicKey: PublicKey | null;
  /** Its private half cannot be taken out of the browser. */
  readonly pair: CryptoKeyPair | null;
}

export interface RowSigner {
  readonly hash: (text: string) => Promise<string>;
  readonly sign: (key: DeviceKey, text: string) => Promise<string>;
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Makes a key that signs. Undefined where the browser has no signatures: the page came by plain http. */
export async function newDeviceKey(
  subtle: SubtleCrypto | undefined,
  nowMs: number,
): Promise<DeviceKey | undefined> {
  if (subtle === undefined) return undefined;
  const pair = await subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const { x = '', y = '' } = await subtle.exportKey('jwk', pair.publicKey);
  const device = base64url(await subtle.digest('SHA-256', bytesOf(thumbprintText({ x, y }))));
  return { device, madeAtMs: nowMs, publicKey: { x, y }, pair };
}

/** Signs and hashes by the browser. Rows of a device that cannot are neither hashed nor signed. */
export function createRowSigner(subtle: SubtleCrypto | undefined): RowSigner {
  return {
    async hash(text) {
      return subtle === undefined ? '' : hex(await subtle.digest('SHA-256', bytesOf(text)));
    },
    async sign({ pair }, text) {
      if (subtle === undefined || pair === null) return '';
      return base64url(await subtle.sign(SIGNATURE, pair.privateKey, bytesOf(text)));
    },
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function base64url(bytes: ArrayBuffer): string {
  const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
