import { hash } from 'node:crypto';

/**
 * The sealed bytes of an entry (format 1, docs/seal.md): every field of the header and of each line, each as
 * a netstring (`length:bytes,` in UTF-8; `~` for null), in the order below. A later format gets a new number
 * and a new function; old ones stay, with their test vectors, for as long as books sealed with them exist.
 */
export const SEAL_VERSION = 1;

export interface SealedLine {
  readonly line: number;
  readonly accountId: string;
  readonly unit: string;
  readonly amount: number;
  readonly balanceAfter: number;
  readonly effectiveOn: string;
  readonly effectiveThrough: string;
}

export interface SealedEntry {
  readonly number: number;
  readonly kind: string;
  readonly effectiveOn: string;
  readonly bookedAtMs: number;
  readonly idempotencyKey: string;
  readonly inputHash: string;
  readonly actorId: string;
  readonly source: string | null;
  readonly reversesNumber: number | null;
  readonly resolvesNumber: number | null;
  readonly textCommitment: string | null;
  readonly lineCount: number;
  readonly sealVersion: number;
  readonly previousHash: string;
}

/** Hashes the sealed bytes (SHA-256, hex); null for a seal version this program does not know. */
export function sealHash(bookId: string, entry: SealedEntry, lines: readonly SealedLine[]): string | null {
  if (entry.sealVersion !== 1) return null;
  return digest(sealedBytes(bookId, entry, lines));
}

/** Makes the hash that the first entry of a book names as the one before it. */
export function genesisHash(bookId: string): string {
  return digest(netstrings(['jishan.book.1', bookId]));
}

/** Binds free text to the entry without revealing it: the salt goes when the text goes. */
export function textCommitment(salt: string, body: string): string {
  return digest(netstrings(['jishan.text.1', salt, body]));
}

export interface SealedInput {
  readonly kind: string;
  readonly effectiveOn: string;
  readonly actorId: string;
  readonly source: string | null;
  readonly reversesNumber: number | null;
  readonly resolvesNumber: number | null;
  readonly mayPassFloor: boolean;
  readonly lines: readonly { readonly accountId: string; readonly amount: number }[];
}

/**
 * Two requests under one idempotency key are the same when this hash is. Free text is compared by its commitment
 * instead.
 */
export function inputHash(input: SealedInput): string {
  const { kind, effectiveOn, actorId, source, reversesNumber, resolvesNumber, mayPassFloor, lines } = input;
  return digest(
    netstrings([
      'jishan.input.1',
      kind,
      effectiveOn,
      actorId,
      source,
      reversesNumber,
      resolvesNumber,
      mayPassFloor ? 1 : 0,
      ...lines.flatMap((line) => [line.accountId, line.amount]),
    ]),
  );
}

/**
 * The bytes are put together piece by piece rather than from one list: posting and verifying spend their time
 * here.
 */
function sealedBytes(bookId: string, entry: SealedEntry, lines: readonly SealedLine[]): string {
  let bytes =
    netstring('jishan.seal.1') +
    netstring(bookId) +
    netstring(entry.previousHash) +
    netstring(entry.number) +
    netstring(entry.kind) +
    netstring(entry.effectiveOn) +
    netstring(entry.bookedAtMs) +
    netstring(entry.idempotencyKey) +
    netstring(entry.inputHash) +
    netstring(entry.actorId) +
    netstring(entry.source) +
    netstring(entry.reversesNumber) +
    netstring(entry.resolvesNumber) +
    netstring(entry.textCommitment) +
    netstring(entry.lineCount);
  for (const line of lines) {
    bytes +=
      netstring(line.line) +
      netstring(line.accountId) +
      netstring(line.unit) +
      netstring(line.amount) +
      netstring(line.balanceAfter) +
      netstring(line.effectiveOn) +
      netstring(line.effectiveThrough);
  }
  return bytes;
}

function netstrings(fields: readonly (string | number | null)[]): string {
  return fields.map(netstring).join('');
}

function netstring(field: string | number | null): string {
  if (field === null) return '~';
  if (typeof field === 'string') return `${Buffer.byteLength(field)}:${field},`;
  const digits = String(field);
  return `${digits.length}:${digits},`;
}

function digest(text: string): string {
  return hash('sha256', text, 'hex');
}
