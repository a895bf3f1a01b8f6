import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  genesisHash,
  inputHash,
  type SealedEntry,
  sealHash,
  type SealedLine,
  textCommitment,
} from '../../../server/ledger/seal.ts';

interface Vectors {
  genesis: { bookId: string; bytes: string; hash: string }[];
  texts: { salt: string; body: string; bytes: string; hash: string }[];
  inputs: { of: string; bytes: string; hash: string }[];
  entries: {
    name: string;
    bookId: string;
    entry: SealedEntry & { lines: SealedLine[] };
    bytes: string;
    hash: string;
    mayPassFloor: boolean;
  }[];
}

const file = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'vectors', 'seal-1.json'));
const vectors = JSON.parse(file.toString()) as Vectors;
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('seal version 1', () => {
  it('is frozen: its vectors are never changed', () => {
    expect(sha256(file)).toBe('ad2519699ac82dc6a231496f6ea428e9d5b7884d57d53f00e9903e9eba342459');
  });

  it('starts a book with the hash of its id', () => {
    expect(vectors.genesis.length).toBeGreaterThan(2);
    for (const { bookId, bytes, hash } of vectors.genesis) {
      expect(genesisHash(bookId)).toBe(hash);
      expect(sha256(bytes)).toBe(hash);
    }
  });

  it('commits to free texts', () => {
    expect(vectors.texts.length).toBeGreaterThan(3);
    for (const { salt, body, bytes, hash } of vectors.texts) {
      expect(textCommitment(salt, body)).toBe(hash);
      expect(sha256(bytes)).toBe(hash);
    }
    expect(new Set(vectors.texts.map(({ hash }) => hash)).size).toBe(vectors.texts.length);
  });

  it.each(vectors.entries)('seals $name', ({ bookId, entry, bytes, hash, mayPassFloor }) => {
    expect(sealHash(bookId, entry, entry.lines)).toBe(hash);
    expect(sha256(bytes)).toBe(hash);
    expect(inputHash({ ...entry, mayPassFloor })).toBe(entry.inputHash);
    const input = vectors.inputs.find((one) => one.hash === entry.inputHash);
    expect(sha256(input?.bytes ?? '')).toBe(entry.inputHash);
  });

  it('chains the vectors into a book', () => {
    const [first] = vectors.entries;
    let previous = genesisHash(first?.bookId ?? '');
    for (const { entry, hash } of vectors.entries) {
      expect(entry.previousHash).toBe(previous);
      previous = hash;
    }
  });

  it('knows no other version', () => {
    const [first] = vectors.entries;
    if (!first) throw new Error('no vectors');
    expect(sealHash(first.bookId, { ...first.entry, sealVersion: 2 }, first.entry.lines)).toBeNull();
  });

  it.each(vectors.entries)('covers every field of $name', ({ bookId, entry, hash }) => {
    const { lines, sealVersion: _, ...header } = entry;
    expect(sealHash(`${bookId}x`, entry, lines)).not.toBe(hash);
    for (const field of Object.keys(header) as (keyof typeof header)[]) {
      for (const value of others(header[field])) {
        expect(sealHash(bookId, { ...entry, [field]: value }, lines), field).not.toBe(hash);
      }
    }
    for (const [index, line] of lines.entries()) {
      for (const field of Object.keys(line) as (keyof SealedLine)[]) {
        for (const value of others(line[field])) {
          const changed = lines.with(index, { ...line, [field]: value });
          expect(sealHash(bookId, entry, changed), `${field} of line ${index}`).not.toBe(hash);
        }
      }
    }
    expect(sealHash(bookId, entry, lines.slice(1))).not.toBe(hash);
    expect(sealHash(bookId, entry, lines.toReversed())).not.toBe(hash);
  });

  /** Joined without lengths, these pairs would be the same bytes. */
  it('tells rows apart that read the same when joined', () => {
    const [first] = vectors.entries;
    if (!first) throw new Error('no vectors');
    const seal = (change: Partial<SealedEntry>) =>
      sealHash(first.bookId, { ...first.entry, ...change }, first.entry.lines);
    expect(seal({ actorId: 'ab', source: 'c' })).not.toBe(seal({ actorId: 'a', source: 'bc' }));
    expect(seal({ actorId: 'a', source: null })).not.toBe(seal({ actorId: 'a', source: '' }));
    expect(seal({ actorId: 'a', source: '~' })).not.toBe(seal({ actorId: 'a', source: null }));
    expect(seal({ reversesNumber: 1, resolvesNumber: null })).not.toBe(
      seal({ reversesNumber: null, resolvesNumber: 1 }),
    );
    expect(seal({ reversesNumber: 12, resolvesNumber: 3 })).not.toBe(
      seal({ reversesNumber: 1, resolvesNumber: 23 }),
    );
    expect(textCommitment('ab', 'c')).not.toBe(textCommitment('a', 'bc'));
  });

  it('gives one hash to one text only, whatever is in it', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('~', ':', ',', '0:,', '1:a,', '', '好', '\u{1F33E}'));
    fc.assert(
      fc.property(text, text, text, text, (salt, body, otherSalt, otherBody) => {
        const same = salt === otherSalt && body === otherBody;
        expect(textCommitment(salt, body) === textCommitment(otherSalt, otherBody)).toBe(same);
      }),
      { numRuns: 2000 },
    );
  });
});

function others(value: string | number | null): (string | number | null)[] {
  if (value === null) return ['', '~', 0];
  if (typeof value === 'number') return [value + 1, -value || 7, null];
  return [`${value} `, `${value}_`, value.slice(1), value.toUpperCase(), null].filter(
    (other) => other !== value,
  );
}
