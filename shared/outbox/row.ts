/**
 * A row of an outbox: one thing that was done on a device, as the device keeps it and as anybody carries it to the server.
 * The row is signed, so it does not matter who carries it. Plain data: the light faces import this file alone.
 */
export interface OutboxRow {
  /** The id of the device's key: for a signed row the thumbprint of the public key. */
  readonly device: string;
  /** Counts the rows of the device from 1, without a gap. */
  readonly number: number;
  /** The idempotency key of the row, minted when the intent began. */
  readonly key: string;
  readonly kind: string;
  /** JSON, byte for byte as it was signed: what was on the screen, and how a household was recognised. */
  readonly body: string;
  /** The shift in which it was done; empty for a row that begins none and belongs to none. */
  readonly shift: string;
  /** The device's clock. */
  readonly atMs: number;
  /** The server's clock minus the device's, as last heard; null where it was never heard since the device began. */
  readonly offsetMs: number | null;
  /** The last entry that the device's copy of the village knew; null for what was done from the server's answers. */
  readonly copy: number | null;
  /** The hash of the row before; 64 zeros for the first. Empty on a device that cannot hash. */
  readonly before: string;
  /** SHA-256 of `rowText`, in hex. Empty on a device that cannot hash. */
  readonly hash: string;
  /** ECDSA P-256 with SHA-256 over `rowText`, both halves in base64url. Empty on a device that cannot sign. */
  readonly signature: string;
  readonly done: DoneMark | null;
}

/**
 * Says what became at the counter of what the row asks for. Without it the row asks: nothing was handed out, and the server
 * may say no. Once it was done, the goods are gone, and the server only says how it books that.
 */
export interface DoneMark {
  /**
   * `here`: the device let it happen without an answer. `server`: the server had answered that it was booked. `given_up`: it
   * did not happen, and must not be booked any more.
   */
  readonly how: 'here' | 'server' | 'given_up';
  /** The device's clock. */
  readonly atMs: number;
  /** The entry that the server named; null where it named none. */
  readonly entry: number | null;
  /** Made as the row's own, over `doneText`. */
  readonly signature: string;
}

export const FIRST_BEFORE = '0'.repeat(64);

/** The signed bytes of a row, as UTF-8. The list has a fixed order, and JSON writes a list in one way. */
export function rowText(row: Omit<OutboxRow, 'hash' | 'signature' | 'done'>): string {
  const { device, number, key, kind, body, shift, atMs, offsetMs, copy, before } = row;
  const list = [device, number, key, kind, body, shift, atMs, offsetMs, copy, before];
  return `jishan outbox row 1\n${JSON.stringify(list)}`;
}

/** The signed bytes of the mark that a row was done. */
export function doneText({ hash }: Pick<OutboxRow, 'hash'>, done: Omit<DoneMark, 'signature'>): string {
  return `jishan outbox done 1\n${JSON.stringify([hash, done.how, done.atMs, done.entry])}`;
}

/** The text whose SHA-256, in base64url, is the id of a device's key (RFC 7638). */
export function thumbprintText({ x, y }: { readonly x: string; readonly y: string }): string {
  return JSON.stringify({ crv: 'P-256', kty: 'EC', x, y });
}
