import { hash } from 'node:crypto';

/**
 * The sealed bytes of an entry (docs/seal.md): every field of the header and of each line, each as a netstring
 * (`length:bytes,` in UTF-8; `~` for null), in the order below. New entries are sealed by this version. Older
 * entries keep theirs, and every version stays with its test vectors for as long as books sealed with it exist.
 */
export const SEAL_VERSION = 2;

/** The versions this program knows. */
export const SEAL_VERSIONS: readonly number[] = [1, 2];

/** True when entries of this version can have facts, and acts no lines. */
export function hasFacts(sealVersion: number): boolean {
  return sealVersion >= 2;
}

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
  /** Covers every fact of the entry; null when it has none. Version 1 does not seal it. */
  readonly factsDigest: string | null;
  readonly lineCount: number;
  readonly sealVersion: number;
  readonly previousHash: string;
}

/** Hashes the sealed bytes (SHA-256, hex); null for a seal version this program does not know. */
export function sealHash(bookId: string, entry: SealedEntry, lines: readonly SealedLine[]): string | null {
  if (!SEAL_VERSIONS.includes(entry.sealVersion)) return null;
  return digest(sealedBytes(bookId, entry, lines));
}

/** Makes the hash that the first entry of a book names as the one before it. */
export function genesisHash(bookId: string): string {
  return digest(netstrings(['jishan.book.1', bookId]));
}

/** Binds free text to the entry without revealing it: the salt goes when the text goes. */
export function textCommitment(salt: string, body: string): string {
  return digest(known('jishan.text.1') + netstring(salt) + netstring(body));
}

export interface SealedFact {
  readonly name: string;
  /** The owner that the value is about; null for a fact that is nobody's. */
  readonly ownerId: string | null;
  readonly digest: string;
}

/** Binds one fact. A fact that has an owner has a salt, which goes when the value goes. */
export function factDigest(
  salt: string | null,
  { name, ownerId }: Pick<SealedFact, 'name' | 'ownerId'>,
  value: string,
): string {
  return digest(netstrings(['jishan.fact.2', salt, name, ownerId, value]));
}

/** Binds all facts of an entry, sorted by name. An erased fact keeps its digest, so that the rest still fits. */
export function factsDigest(facts: readonly SealedFact[]): string | null {
  if (facts.length === 0) return null;
  const fields = facts.flatMap(({ name, ownerId, digest: one }) => [name, ownerId, one]);
  return digest(netstrings(['jishan.facts.2', ...fields]));
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
 * instead, and facts by their values.
 */
export function inputHash(input: SealedInput): string {
  const { kind, effectiveOn, actorId, source, reversesNumber, resolvesNumber, mayPassFloor, lines } = input;
  let bytes = netstrings([
    'jishan.input.1',
    kind,
    effectiveOn,
    actorId,
    source,
    reversesNumber,
    resolvesNumber,
    mayPassFloor ? 1 : 0,
  ]);
  for (const line of lines) bytes += netstring(line.accountId) + netstring(line.amount);
  return digest(bytes);
}

/**
 * The bytes are put together piece by piece rather than from one list, and names that come again are made once: posting
 * and verifying spend their time here.
 */
function sealedBytes(bookId: string, entry: SealedEntry, lines: readonly SealedLine[]): string {
  const { effectiveOn } = entry;
  const day = known(effectiveOn);
  let bytes =
    known(`jishan.seal.${entry.sealVersion}`) +
    known(bookId) +
    digits(entry.previousHash) +
    netstring(entry.number) +
    known(entry.kind) +
    day +
    netstring(entry.bookedAtMs) +
    netstring(entry.idempotencyKey) +
    digits(entry.inputHash) +
    known(entry.actorId) +
    netstring(entry.source) +
    netstring(entry.reversesNumber) +
    netstring(entry.resolvesNumber) +
    digits(entry.textCommitment) +
    (hasFacts(entry.sealVersion) ? digits(entry.factsDigest) : '') +
    netstring(entry.lineCount);
  for (const line of lines) {
    bytes +=
      netstring(line.line) +
      known(line.accountId) +
      known(line.unit) +
      netstring(line.amount) +
      netstring(line.balanceAfter) +
      (line.effectiveOn === effectiveOn ? day : known(line.effectiveOn)) +
      (line.effectiveThrough === effectiveOn ? day : known(line.effectiveThrough));
  }
  return bytes;
}

const KNOWN_MAX = 10_000;
const knownStrings = new Map<string, string>();

/** The netstring of a name that comes in many entries: of an account, a unit, a kind, a day, whoever booked. */
function known(name: string): string {
  let made = knownStrings.get(name);
  if (made === undefined) {
    if (knownStrings.size >= KNOWN_MAX) knownStrings.clear();
    made = netstring(name);
    knownStrings.set(name, made);
  }
  return made;
}

/** The netstring of a hash: each of its digits is one byte. */
function digits(hashed: string | null): string {
  return typeof hashed === 'string' ? `${hashed.length}:${hashed},` : netstring(hashed);
}

function netstrings(fields: readonly (string | number | null)[]): string {
  let bytes = '';
  for (const field of fields) bytes += netstring(field);
  return bytes;
}

function netstring(field: string | number | null): string {
  if (field === null) return '~';
  if (typeof field === 'string') return `${Buffer.byteLength(field)}:${field},`;
  const decimal = String(field);
  return `${decimal.length}:${decimal},`;
}

function digest(text: string): string {
  return hash('sha256', text, 'hex');
}
