/** Encrypted bytes, and the number that was drawn for them. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

const AES = { name: 'AES-GCM', length: 256 } as const;
const IV_BYTES = 12;

/** Encrypts parts of the copy by the browser. A part opens only under the place and the version that it was sealed for. */
export interface Sealer {
  /** A key that no script can read; the browser keeps it. */
  readonly newKey: () => Promise<CryptoKey>;
  readonly seal: (key: CryptoKey, place: string, value: unknown) => Promise<Sealed>;
  /** Rejects where it was changed, cut off, or sealed for another place or under another key. */
  readonly open: (key: CryptoKey, place: string, sealed: Sealed) => Promise<unknown>;
}

export function createSealer({
  subtle,
  getRandomValues,
}: Pick<Crypto, 'subtle' | 'getRandomValues'>): Sealer {
  const text = new TextEncoder();
  return {
    newKey: () => subtle.generateKey(AES, false, ['encrypt', 'decrypt']),
    async seal(key, place, value) {
      const iv = getRandomValues(new Uint8Array(IV_BYTES));
      const how = { name: AES.name, iv, additionalData: text.encode(place) };
      return { iv, bytes: await subtle.encrypt(how, key, text.encode(JSON.stringify(value))) };
    },
    async open(key, place, { iv, bytes }) {
      const how = { name: AES.name, iv, additionalData: text.encode(place) };
      return JSON.parse(new TextDecoder().decode(await subtle.decrypt(how, key, bytes))) as unknown;
    },
  };
}
