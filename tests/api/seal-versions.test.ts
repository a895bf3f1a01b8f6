import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factDigest, factsDigest } from '../../server/ledger/seal.ts';
import { exportBook, importJournal, readHead, verify } from '../../server/ledger/index.ts';
import type { ExportFormat } from '../../shared/ledger/export-format.ts';
import { ACT_KINDS, actLedger, cardIssued } from '../support/act-kinds.ts';
import { Book, testLedger } from '../support/books.ts';
import { runProgram } from '../support/programs.ts';
import { insertOf, openRaw } from '../support/raw.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';
import { findCommand, isMissing } from '../support/tools.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
/** Books that were written before there was a second version. */
const FIRST = [
  { name: 'the full book', file: readFileSync(join(fixtures, 'seal-1', 'full-book.journal'), 'utf8') },
  {
    name: 'the demo village',
    file: gunzipSync(readFileSync(join(fixtures, '0.1.0', 'demo.journal.gz'))).toString(),
  },
];

interface Line {
  readonly [field: string]: unknown;
  readonly number: number;
  readonly sealVersion: number;
  readonly hash: string;
}

describe.each(ENGINES)('a book of seal version 1 on $engine', ({ engine, missing }) => {
  describe.skipIf(missing).each(FIRST)('$name', ({ file }) => {
    let test: TestStore;
    let head: { number: number; hash: string };
    const folder = mkdtempSync(join(tmpdir(), 'jishan-seal-'));

    beforeAll(async () => {
      test = await openTestStore(engine);
      await new Book(test.store, testLedger()).open('its own');
      ({ head } = JSON.parse(file.slice(0, file.indexOf('\n'))) as { head: typeof head });
      await importJournal(test.store, ACT_KINDS, 'v1', pieces(file));
    });
    afterAll(async () => {
      await test.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const exported = (format: ExportFormat = 'journal', villageId = 'v1') =>
      test.store.read(async (reader) => {
        let text = '';
        for await (const piece of exportBook(reader, ACT_KINDS, villageId, format)) text += piece;
        return text;
      });
    const linesOf = (text: string) => text.trimEnd().split('\n').slice(1);

    it('is taken in with its head, verifies, and leaves again with every line as it was', async () => {
      expect(linesOf(file).every((line) => (JSON.parse(line) as Line).sealVersion === 1)).toBe(true);
      expect(await test.store.read((reader) => readHead(reader, 'v1'))).toMatchObject(head);
      expect(await verify(test.store, ACT_KINDS, 'v1')).toMatchObject({ ok: true, headHash: head.hash });
      const text = await exported();
      expect(linesOf(text)).toEqual(linesOf(file));
      expect(JSON.parse(text.slice(0, text.indexOf('\n')))).toMatchObject({ version: 2, head });
    });

    it('goes on with version 2 on the same chain, and moves on as one book', async () => {
      const ledger = actLedger();
      await test.store.transaction((tx) => ledger.post(tx, cardIssued('h1', 'card')));
      const book = new Book(test.store, testLedger(1_762_000_000_000));
      await book.award('h1', 500, { key: 'next', day: '2026-12-01', note: '接着记' });
      const rule = { name: 'rule', value: 'r1@2' };
      await book.award('h2', 500, { key: 'more', day: '2026-12-01', facts: [rule] });
      const text = await exported();
      const [act, award, ruled] = linesOf(text)
        .slice(-3)
        .map((line) => JSON.parse(line) as Line);
      expect(linesOf(text).slice(0, -3)).toEqual(linesOf(file));
      expect(act).toMatchObject({ sealVersion: 2, previousHash: head.hash, lines: [] });
      expect(award).toMatchObject({ sealVersion: 2, previousHash: act?.hash, factsDigest: null, facts: [] });
      expect(ruled).toMatchObject({ facts: [{ ...rule, ownerId: null, salt: null }] });
      expect(await verify(test.store, ACT_KINDS, 'v1')).toMatchObject({ ok: true, headHash: ruled?.hash });
      await new Book(test.store, testLedger(), 'v2').open('another');
      await importJournal(test.store, ACT_KINDS, 'v2', pieces(text));
      expect(await exported('journal', 'v2')).toBe(text);
      if (!isMissing('python3')) {
        const path = join(folder, 'both.jsonl');
        writeFileSync(path, text);
        const program = join(import.meta.dirname, '..', '..', 'docs', 'verify_book.py');
        expect(runProgram(findCommand('python3') ?? '', [program, path])).toMatchObject({
          code: 0,
          output: `ok: ${head.number + 3} entries, head ${ruled?.hash ?? ''}\n`,
        });
      }
    });

    it('has no facts in its older entries, and who gives them some is found', async () => {
      const raw = await openRaw(test);
      await raw.disarm();
      const fact = {
        name: 'rule',
        ownerId: null,
        digest: factDigest(null, { name: 'rule', ownerId: null }, 'r@1'),
      };
      const row = { village_id: 'v1', number: 5, name: 'rule', owner_id: null, value: 'r@1', salt: null };
      const set = (digest: string | null) =>
        raw.run(
          `update journal set facts_digest = ${digest === null ? 'null' : `'\\x${digest}'`} where number = 5 and village_id = 'v1'`,
        );
      const found = async () => (await verify(test.store, ACT_KINDS, 'v1')).bad;
      await raw.run(insertOf('journal_facts', { ...row, digest: fact.digest }));
      expect(await found()).toMatchObject({ table: 'journal_facts', number: 5, check: 'orphan' });
      await set(factsDigest([fact]));
      expect(await found()).toMatchObject({ table: 'journal', number: 5, check: 'facts', expected: 'null' });
      await raw.run("delete from journal_facts where number = 5 and village_id = 'v1'");
      expect(await found()).toMatchObject({ table: 'journal', number: 5, check: 'facts' });
      await set(null);
      expect(await found()).toBeNull();
      await raw.close();
    });
  });
});

async function* pieces(text: string): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += 65_536)
    yield await Promise.resolve(text.slice(from, from + 65_536));
}
