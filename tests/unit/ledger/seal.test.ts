import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  factDigest,
  factsDigest,
  genesisHash,
  inputHash,
  type SealedEntry,
  type SealedFact,
  sealHash,
  type SealedLine,
  textCommitment,
} from '../../../server/ledger/seal.ts';

interface Vectors {
  sealVersion: number;
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

/** In the vectors of version 1 alone. */
interface Beginnings {
  genesis: { bookId: string; bytes: string; hash: string }[];
}

/** In the vectors of version 2 alone. */
interface Facts {
  facts: (Omit<SealedFact, 'digest'> & { value: string; salt: string | null; bytes: string; hash: string })[];
  factLists: { of: string; facts: SealedFact[]; bytes: string; hash: string }[];
}

const read = (version: number) =>
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'vectors', `seal-${version}.json`));
const first = JSON.parse(read(1).toString()) as Vectors & Beginnings;
const second = JSON.parse(read(2).toString()) as Vectors & Facts;
const FROZEN = [
  { ...first, sha: 'ad2519699ac82dc6a231496f6ea428e9d5b7884d57d53f00e9903e9eba342459' },
  { ...second, sha: '54c2c2f88b515acda58334fee53e62bcd87d70b1e5100e3f60a96bb5475f53f9' },
];
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.each(FROZEN)('seal version $sealVersion', (vectors) => {
  it('is frozen: its vectors are never changed', () => {
    expect(sha256(read(vectors.sealVersion))).toBe(vectors.sha);
    expect(vectors.entries.every(({ entry }) => entry.sealVersion === vectors.sealVersion)).toBe(true);
  });

  it('commits to free texts', () => {
    expect(vectors.texts.length).toBeGreaterThan(0);
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
    const [begins] = vectors.entries;
    const before = first.entries.at(-1)?.hash ?? '';
    let previous = vectors.sealVersion === 1 ? genesisHash(begins?.bookId ?? '') : before;
    for (const { entry, hash } of vectors.entries) {
      expect(entry.previousHash).toBe(previous);
      previous = hash;
    }
  });

  it.each(vectors.entries)('covers every field of $name', ({ bookId, entry, hash }) => {
    const { lines, ...header } = entry;
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
    if (lines.length === 0) return;
    expect(sealHash(bookId, entry, lines.slice(1))).not.toBe(hash);
    expect(sealHash(bookId, entry, lines.toReversed())).not.toBe(hash);
  });

  it.each([0, 3, 1.5, -1])('is none with the number %d', (sealVersion) => {
    const [{ bookId, entry } = must()] = vectors.entries;
    expect(sealHash(bookId, { ...entry, sealVersion }, entry.lines)).toBeNull();
  });

  /** Joined without lengths, these pairs would be the same bytes. */
  it('tells rows apart that read the same when joined', () => {
    const [{ bookId, entry } = must()] = vectors.entries;
    const seal = (change: Partial<SealedEntry>) => sealHash(bookId, { ...entry, ...change }, entry.lines);
    expect(seal({ actorId: 'ab', source: 'c' })).not.toBe(seal({ actorId: 'a', source: 'bc' }));
    expect(seal({ actorId: 'a', source: null })).not.toBe(seal({ actorId: 'a', source: '' }));
    expect(seal({ actorId: 'a', source: '~' })).not.toBe(seal({ actorId: 'a', source: null }));
    expect(seal({ reversesNumber: 1, resolvesNumber: null })).not.toBe(
      seal({ reversesNumber: null, resolvesNumber: 1 }),
    );
    expect(seal({ reversesNumber: 12, resolvesNumber: 3 })).not.toBe(
      seal({ reversesNumber: 1, resolvesNumber: 23 }),
    );
  });
});

describe('a book', () => {
  it('starts with the hash of its id', () => {
    expect(first.genesis.length).toBeGreaterThan(2);
    for (const { bookId, bytes, hash } of first.genesis) {
      expect(genesisHash(bookId)).toBe(hash);
      expect(sha256(bytes)).toBe(hash);
    }
  });

  it('has texts and facts that each have one digest, whatever is in them', () => {
    expect(textCommitment('ab', 'c')).not.toBe(textCommitment('a', 'bc'));
    const text = fc.oneof(fc.string(), fc.constantFrom('~', ':', ',', '0:,', '1:a,', '', '好', '\u{1F33E}'));
    fc.assert(
      fc.property(text, text, text, text, (salt, body, otherSalt, otherBody) => {
        const same = salt === otherSalt && body === otherBody;
        expect(textCommitment(salt, body) === textCommitment(otherSalt, otherBody)).toBe(same);
      }),
      { numRuns: 2000 },
    );
    const fact = fc.tuple(fc.option(text), text, fc.option(text), text);
    fc.assert(
      fc.property(fact, fact, (one, other) => {
        const [a, b] = [one, other].map(([salt, name, ownerId, value]) =>
          factDigest(salt, { name, ownerId }, value),
        );
        expect(a === b).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('facts', () => {
  it('are bound one by one, with their salts', () => {
    expect(second.facts.length).toBeGreaterThan(10);
    for (const { salt, name, ownerId, value, bytes, hash } of second.facts) {
      expect(factDigest(salt, { name, ownerId }, value)).toBe(hash);
      expect(sha256(bytes)).toBe(hash);
    }
    expect(new Set(second.facts.map(({ hash }) => hash)).size).toBe(second.facts.length);
  });

  it('are bound together, in their order', () => {
    expect(second.factLists.length).toBeGreaterThan(2);
    for (const { of, facts, bytes, hash } of second.factLists) {
      expect(factsDigest(facts)).toBe(hash);
      expect(sha256(bytes)).toBe(hash);
      expect(second.entries.find(({ name }) => name === of)?.entry.factsDigest).toBe(hash);
      for (const { digest } of facts) expect(second.facts.some((one) => one.hash === digest)).toBe(true);
      for (const [index, fact] of facts.entries()) {
        for (const field of ['name', 'ownerId', 'digest'] as const) {
          for (const value of others(fact[field])) {
            const changed = facts.with(index, { ...fact, [field]: value });
            expect(factsDigest(changed), field).not.toBe(hash);
          }
        }
      }
      if (facts.length > 1) expect(factsDigest(facts.toReversed())).not.toBe(hash);
      expect(factsDigest(facts.slice(1))).not.toBe(hash);
    }
    expect(factsDigest([])).toBeNull();
  });
});

function must(): never {
  throw new Error('no vectors');
}

function others(value: string | number | null): (string | number | null)[] {
  if (value === null) return ['', '~', 0];
  if (typeof value === 'number') return [value + 1, -value || 7, null];
  return [`${value} `, `${value}_`, value.slice(1), value.toUpperCase(), null].filter(
    (other) => other !== value,
  );
}
