import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../db/store.ts';
import {
  balancesOf,
  exportBook,
  importJournal,
  parseAccountId,
  readHead,
  verify,
} from '../support/ledger.ts';
import { factsDigest, genesisHash, sealHash, textCommitment } from '../../server/ledger/seal.ts';
import { Refusal } from '../../shared/errors.ts';
import { Book, testLedger } from '../support/books.ts';
import { writeFullBook } from '../support/full-book.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const OTHER: Readonly<Record<Engine, Engine>> = { sqlite: 'postgres', postgres: 'sqlite' };

interface Line {
  accountId: string;
  unit: string;
  amount: number;
  balanceAfter: number;
  effectiveThrough: string;
}

interface EntryLine {
  [field: string]: unknown;
  number: number;
  kind: string;
  effectiveOn: string;
  idempotencyKey: string;
  reversesNumber: number | null;
  resolvesNumber: number | null;
  textCommitment: string | null;
  previousHash: string;
  hash: string;
  lines: Line[];
  text: { body: string | null; salt: string | null } | null;
  factsDigest: string | null;
  facts: Fact[];
}

interface Fact {
  name: string;
  ownerId: string | null;
  value: string | null;
  salt: string | null;
  digest: string;
}

interface Head {
  [field: string]: unknown;
  version: number;
  bookId: string;
  head: { number: number; hash: string };
  accounts: string[];
}

describe.each(ENGINES)('a journal file into $engine', ({ engine, missing }) => {
  const otherIsMissing = ENGINES.some((one) => one.engine === OTHER[engine] && one.missing);

  describe.skipIf(missing || otherIsMissing)('from the other engine', () => {
    let source: TestStore;
    let target: TestStore;
    let villages = 0;
    let villageId = '';
    let file = '';

    beforeAll(async () => {
      source = await openTestStore(OTHER[engine]);
      target = await openTestStore(engine);
      await writeFullBook(source.store);
      file = await exported(source, 'v1');
    });
    afterAll(async () => {
      await source.remove();
      await target.remove();
    });
    beforeEach(async () => {
      villageId = `new${++villages}`;
      await new Book(target.store, testLedger(), villageId).open('its own');
    });

    const bring = (text: string) => importJournal(target.store, villageId, pieces(text));
    const headOf = (test: TestStore, id: string) => test.store.read((reader) => readHead(reader, id));

    /** The refusal; and that nothing came in. */
    async function refused(text: string): Promise<{ code: string; line: unknown; check: unknown }> {
      const error: unknown = await bring(text).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof Refusal)) throw new Error('was not refused', { cause: error });
      expect(await headOf(target, villageId)).toMatchObject({ bookId: 'its own', number: 0 });
      expect(await verify(target.store, villageId)).toMatchObject({ ok: true, entries: 0 });
      return { code: error.code, line: error.params.line, check: error.params.check };
    }

    it('gives the same book: numbers, hashes, head, balances, texts', async () => {
      const head = await headOf(source, 'v1');
      expect(await bring(file)).toMatchObject({
        bookId: 'book-of-v1',
        number: head?.number,
        hash: head?.hash,
      });
      expect(await headOf(target, villageId)).toEqual(head);
      expect(await verify(target.store, villageId)).toMatchObject({ ok: true, headHash: head?.hash });
      expect(await exported(target, villageId)).toBe(file);
      expect(await allBalances(target, villageId)).toEqual(await allBalances(source, 'v1'));
    });

    it('goes on where the book left off', async () => {
      await bring(file);
      const number = headerOf(file).head.number;
      const book = new Book(target.store, testLedger(), villageId);
      expect(await book.award('h1', 100, { key: 'first-h5' })).toMatchObject({
        ok: false,
        code: 'idempotency.conflict',
      });
      expect(await book.reverse(7, { key: 'again' })).toMatchObject({
        ok: false,
        code: 'ledger.already_reversed',
      });
      expect(await book.award('h1', 100, { key: 'next' })).toMatchObject({
        ok: true,
        entry: { number: number + 1 },
      });
      expect(await verify(target.store, villageId)).toMatchObject({ ok: true, entries: number + 1 });
    });

    it('comes in whatever pieces, and with the line ends of another system', async () => {
      const bytes = file.split('').values();
      const single = (async function* () {
        for (const letter of bytes) yield await Promise.resolve(letter);
      })();
      await importJournal(target.store, villageId, single);
      const first = await headOf(target, villageId);
      villageId = `new${++villages}`;
      await new Book(target.store, testLedger(), villageId).open('its own');
      await bring(file.trimEnd().replaceAll('\n', '\r\n'));
      expect(await headOf(target, villageId)).toEqual(first);
    });

    it('takes more entries than one statement writes', async () => {
      const book = new Book(source.store, testLedger(), `many${villages}`);
      await book.open();
      const awards = Array.from({ length: 1201 }, (_, index) => index);
      for (let from = 0; from < awards.length; from += 100) {
        const some = awards.slice(from, from + 100);
        await Promise.all(some.map((index) => book.award(`h${index % 50}`, 100, { key: `k${index}` })));
      }
      await bring(await exported(source, book.villageId));
      expect(await headOf(target, villageId)).toEqual(await headOf(source, book.villageId));
      expect(await verify(target.store, villageId)).toMatchObject({ ok: true, entries: 1201 });
    });

    it('is refused where the book has entries already, or there is none', async () => {
      await new Book(target.store, testLedger(), villageId).award('h1', 100, { key: 'one' });
      await expect(bring(file)).rejects.toMatchObject({ code: 'journal.not_empty' });
      expect(await headOf(target, villageId)).toMatchObject({ bookId: 'its own', number: 1 });
      villageId = 'nowhere';
      await expect(bring(file)).rejects.toMatchObject({ code: 'ledger.no_book' });
    });

    it('is refused when it is something else, or of another version', async () => {
      const lines = file.split('\n');
      for (const text of ['', '\n', 'a,b\n', '[]\n', '{"format":"other"}\n', file.slice(5)]) {
        expect(await refused(text)).toMatchObject({ code: 'journal.unreadable', line: 1 });
      }
      for (const version of [0, 3]) {
        const other = { ...headerOf(file), version };
        expect(await refused([JSON.stringify(other), ...lines.slice(1)].join('\n'))).toMatchObject({
          code: 'journal.version',
        });
      }
    });

    it('is refused when it was cut off, a line left out, put twice or exchanged, and the line named', async () => {
      const lines = file.trimEnd().split('\n');
      const count = lines.length;
      const join = (some: readonly string[]) => `${some.join('\n')}\n`;
      const gone = (line: number) => join(lines.toSpliced(line - 1, 1));
      expect(await refused(file.slice(0, -200))).toMatchObject({ code: 'journal.unreadable', line: count });
      expect(await refused(gone(count))).toMatchObject({
        code: 'journal.damaged',
        line: count,
        check: 'missing',
      });
      expect(await refused(gone(5))).toMatchObject({ code: 'journal.damaged', line: 5, check: 'gap' });
      expect(await refused(join([...lines, lines.at(-1) ?? '']))).toMatchObject({ code: 'journal.damaged' });
      expect(await refused(join(lines.toSpliced(5, 0, lines[4] ?? '')))).toMatchObject({
        code: 'journal.damaged',
      });
      const [seventh = '', eighth = ''] = lines.slice(6, 8);
      expect(await refused(join(lines.with(6, eighth).with(7, seventh)))).toMatchObject({
        code: 'journal.damaged',
        line: 7,
      });
    });

    it('is refused when any one value of it was changed, and the line named', async () => {
      const [header = '', ...lines] = file.trimEnd().split('\n');
      const missed: unknown[] = [];
      for (const [index, text] of lines.entries()) {
        for (const changed of everyChange(JSON.parse(text) as EntryLine)) {
          const whole = [header, ...lines.with(index, JSON.stringify(changed))].join('\n');
          const line = await bring(whole).then(
            () => 'taken',
            (error: unknown) => (error instanceof Refusal ? error.params.line : error),
          );
          if (line !== index + 2) missed.push({ line, changed });
        }
      }
      expect(missed).toEqual([]);
      expect(await headOf(target, villageId)).toMatchObject({ number: 0 });
      for (const field of ['bookId', 'head', 'accounts'] as const) {
        const head = headerOf(file);
        const other = {
          bookId: 'x',
          head: { ...head.head, hash: genesisHash('x') },
          accounts: head.accounts.slice(1),
        };
        const whole = [JSON.stringify({ ...head, [field]: other[field] }), ...lines].join('\n');
        expect(await refused(whole), field).toMatchObject({ code: 'journal.damaged' });
      }
    });

    it('sealed anew without a change is the same file, so that the cases below are refused for their fault alone', () => {
      const entries = file
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((text) => JSON.parse(text) as EntryLine);
      expect(sealedAnew(headerOf(file), entries)).toBe(file);
    });

    describe('sealed anew by somebody who knows how, is refused when', () => {
      const cases: readonly [
        what: string,
        line: number,
        check: string,
        change: (entries: EntryLine[]) => void,
      ][] = [
        ['an entry does not balance', 5, 'sum', ([, , , entry]) => moveBy(entry, 1, 1)],
        [
          'two lines are on one account',
          5,
          'orphan',
          ([, , , entry]) => {
            moveBy(entry, 1, -100);
            const [, line] = entry?.lines ?? [];
            if (line) entry?.lines.push({ ...line, amount: 100 });
          },
        ],
        [
          'a household spends what it does not have',
          10,
          'floor',
          ([, , , , , , , , entry]) => {
            moveBy(entry, 0, -100_000);
            moveBy(entry, 1, 100_000);
          },
        ],
        [
          'a reversal is not the opposite',
          12,
          'reversal',
          ([, , , , , , , , , , entry]) => {
            moveBy(entry, 0, 1);
            moveBy(entry, 1, -1);
          },
        ],
        [
          'an entry is reversed twice',
          13,
          'reversal',
          ([, , , , , , , , , , , entry]) => {
            if (entry) entry.reversesNumber = 10;
          },
        ],
        [
          'a hold is not one',
          15,
          'hold',
          ([, , , , , , , , , , , , , entry]) => {
            if (entry) entry.resolvesNumber = 4;
          },
        ],
        [
          'a key is used twice',
          6,
          'key',
          ([, , , one, other]) => {
            if (one && other) other.idempotencyKey = one.idempotencyKey;
          },
        ],
        [
          'a kind is none',
          5,
          'kind',
          ([, , , entry]) => {
            if (entry) entry.kind = 'gift';
          },
        ],
        [
          'a text has no entry that commits to it',
          2,
          'orphan',
          ([entry]) => {
            if (entry) entry.text = { body: 'x', salt: 'y' };
          },
        ],
        [
          'facts are out of order, and sealed so',
          5,
          'line',
          ([, , , entry]) => {
            if (entry) entry.factsDigest = factsDigest(entry.facts.reverse());
          },
        ],
        [
          'a fact is put to others',
          10,
          'orphan',
          (entries) => {
            const [from, to] = [entries[3]?.facts[0], entries[8]?.facts];
            if (from) to?.splice(1, 0, from);
          },
        ],
        [
          'a fact has no entry that seals it',
          2,
          'orphan',
          (entries) => {
            const fact = entries[3]?.facts[0];
            if (fact) entries[0]?.facts.push(fact);
          },
        ],
        [
          'a text is not the one',
          5,
          'text',
          ([, , , entry]) => {
            if (entry) entry.textCommitment = textCommitment('a', 'b');
          },
        ],
      ];
      it.each(cases)('%s', async (_, line, check, change) => {
        const entries = file
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((text) => JSON.parse(text) as EntryLine);
        change(entries);
        expect(await refused(sealedAnew(headerOf(file), entries))).toEqual({
          code: 'journal.damaged',
          line,
          check,
        });
      });
    });
  });
});

async function exported(test: TestStore, villageId: string): Promise<string> {
  return test.store.read(async (reader) => {
    let text = '';
    for await (const piece of exportBook(reader, villageId, 'journal')) text += piece;
    return text;
  });
}

async function allBalances(test: TestStore, villageId: string): Promise<Map<string, number>> {
  return test.store.read(async (reader) => {
    const { accounts } = headerOf(await exported(test, villageId));
    return balancesOf(
      reader,
      villageId,
      accounts.flatMap((id) => parseAccountId(id) ?? []),
    );
  });
}

function headerOf(file: string): Head {
  return JSON.parse(file.slice(0, file.indexOf('\n'))) as Head;
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += 997)
    yield await Promise.resolve(text.slice(from, from + 997));
}

/** The entry with each of its values changed in turn; erasing its text, or a fact of somebody, is no change to the book. */
function everyChange(entry: EntryLine): EntryLine[] {
  const changed: EntryLine[] = [];
  for (const [field, value] of Object.entries(entry)) {
    if (field !== 'lines' && field !== 'text' && field !== 'facts')
      changed.push({ ...entry, [field]: other(value) });
  }
  for (const [index, line] of entry.lines.entries()) {
    for (const [field, value] of Object.entries(line)) {
      changed.push({ ...entry, lines: entry.lines.with(index, { ...line, [field]: other(value) }) });
    }
    changed.push({ ...entry, lines: entry.lines.toSpliced(index, 1) });
  }
  for (const [index, fact] of entry.facts.entries()) {
    for (const [field, value] of Object.entries(fact))
      changed.push({ ...entry, facts: entry.facts.with(index, { ...fact, [field]: other(value) }) });
    changed.push({ ...entry, facts: entry.facts.toSpliced(index, 1) });
    changed.push({ ...entry, facts: entry.facts.toSpliced(index, 0, fact) });
    if (fact.ownerId === null)
      changed.push({ ...entry, facts: entry.facts.with(index, { ...fact, value: null }) });
  }
  if (entry.facts.length > 1) changed.push({ ...entry, facts: entry.facts.toReversed() });
  const { body, salt } = entry.text ?? {};
  if (typeof body === 'string' && typeof salt === 'string') {
    changed.push({ ...entry, text: null }, { ...entry, text: { body: `${body} `, salt } });
    changed.push({ ...entry, text: { body, salt: `${salt}0` } }, { ...entry, text: { body, salt: null } });
  }
  return changed;
}

function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return value === null ? 1 : null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return '2026-01-31' === value ? '2026-01-30' : '2026-01-31';
  if (/^[0-9a-f]{64}$/.test(value))
    return value.startsWith('0') ? `1${value.slice(1)}` : `0${value.slice(1)}`;
  return `${value}x`;
}

function moveBy(entry: EntryLine | undefined, index: number, amount: number): void {
  const line = entry?.lines[index];
  if (!line) throw new Error('no such line');
  line.amount += amount;
}

/** Balances, seals, chain and head as they follow from what the entries say now. */
function sealedAnew(header: Head, entries: EntryLine[]): string {
  const balances = new Map<string, number>();
  let previousHash = genesisHash(header.bookId);
  for (const entry of entries) {
    // A second line on an account leaves the first one out.
    const before = new Map(balances);
    for (const line of entry.lines) {
      line.balanceAfter = (before.get(line.accountId) ?? 0) + line.amount;
      balances.set(line.accountId, line.balanceAfter);
    }
    const sealed = { ...entry, previousHash, lineCount: entry.lines.length } as unknown as Parameters<
      typeof sealHash
    >[1];
    const { effectiveOn } = entry;
    entry.previousHash = previousHash;
    entry.hash =
      sealHash(
        header.bookId,
        sealed,
        entry.lines.map((line, index) => ({ ...line, line: index, effectiveOn })),
      ) ?? '';
    previousHash = entry.hash;
  }
  const head = { ...header, head: { ...header.head, hash: previousHash } };
  return `${[head, ...entries].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
