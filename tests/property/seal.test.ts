import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../db/store.ts';
import { exportBook, type FactInput, importJournal, orRefuse, verify } from '../../server/ledger/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { ACT_KINDS, actLedger } from '../support/act-kinds.ts';
import { runProgram } from '../support/programs.ts';
import { openRaw, quoted, type Raw } from '../support/raw.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';
import { findCommand, isMissing } from '../support/tools.ts';

const runs = process.env.JISHAN_LONG ? 300 : 30;
const OTHER: Readonly<Record<Engine, Engine>> = { sqlite: 'postgres', postgres: 'sqlite' };
const { household, issued } = ACT_KINDS.accounts;

/** PostgreSQL keeps no text with a zero character. */
const words = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('~', '0:,', '好\n"\\'),
  )
  .map((text) => text.replaceAll('\0', ''));

const fact = fc.record({
  name: fc.stringMatching(/^[a-y][A-Za-z0-9._-]{0,5}$/),
  value: words,
  owner: fc.constantFrom(null, null, 'h1', 'h2'),
});

const entry = fc.record({
  isAct: fc.boolean(),
  points: fc.integer({ min: 1, max: 500 }),
  text: fc.option(fc.record({ title: words, note: words })),
  facts: fc.uniqueArray(fact, { maxLength: 5, selector: ({ name }) => name }),
});

const CHANGES = ['value', 'name', 'ownerId', 'digest', 'order', 'gone', 'factsDigest'] as const;

const story = fc.record({
  entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
  erased: fc.subarray(['h1', 'h2']),
  change: fc.constantFrom(...CHANGES),
  /** Which entry with facts, and which of its facts, is changed: an index into those there are. */
  at: fc.tuple(fc.nat(20), fc.nat(20)),
});
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

/** Each change of a fact that is there, and of one that was erased. */
const EXAMPLES = CHANGES.flatMap((what) =>
  [0, 1].map((at): [Story] => [
    {
      entries: [
        {
          ...{ isAct: false, points: 5, text: { title: '挑水', note: '' } },
          facts: [
            { name: 'rule', value: 'r1@2', owner: null },
            { name: 'seen', value: '卡', owner: 'h2' },
          ],
        },
      ],
      ...{ erased: what === 'order' ? [] : ['h2'], change: what, at: [0, at] },
    },
  ]),
);

interface Fact {
  name: string;
  ownerId: string | null;
  value: string | null;
  salt: string | null;
  digest: string;
}

interface Line {
  number: number;
  factsDigest: string | null;
  facts: Fact[];
}

interface Place {
  readonly test: TestStore;
  readonly raw: Raw;
}

describe.each(ENGINES)('any texts and facts in a book on $engine', ({ engine, missing }) => {
  const otherIsMissing = ENGINES.some((one) => one.engine === OTHER[engine] && one.missing);

  describe.skipIf(missing || otherIsMissing)('sealed', () => {
    let source: TestStore;
    let target: TestStore;
    /** Without triggers, so that rows can be changed. */
    let open: Place;
    let books = 0;
    const folder = mkdtempSync(join(tmpdir(), 'jishan-seal-'));
    const docs = join(import.meta.dirname, '..', '..', 'docs');

    beforeAll(async () => {
      source = await openTestStore(engine);
      target = await openTestStore(OTHER[engine]);
      const test = await openTestStore(engine);
      open = { test, raw: await openRaw(test) };
      await open.raw.disarm();
    });
    afterAll(async () => {
      await open.raw.close();
      for (const test of [source, target, open.test]) await test.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    async function written({ entries, erased }: Story, villageId: string): Promise<string> {
      const ledger = actLedger();
      await source.store.transaction((tx) => ledger.openBook(tx, villageId, `book ${villageId}`));
      for (const [index, { isAct, points, text, facts }] of entries.entries()) {
        const lines = [
          { account: issued.of(), amount: -points },
          { account: household.of('h1'), amount: points },
        ];
        const input = {
          ...{ villageId, effectiveOn: '2026-05-01', idempotencyKey: `k${index}`, actorId: 'staff1' },
          ...(isAct ? { kind: 'act_card_issued' as const, lines: [] } : { kind: 'award' as const, lines }),
          ...(text ? { text } : {}),
          facts: facts.map(({ owner, ...one }): FactInput =>
            owner === null ? one : { ...one, ownerId: owner },
          ),
        };
        orRefuse(await source.store.transaction((tx) => ledger.post(tx, input)));
      }
      for (const owner of erased)
        await source.store.transaction((tx) => ledger.eraseFactsOf(tx, villageId, owner));
      return exported(source, villageId);
    }

    async function taken(test: TestStore, villageId: string, text: string): Promise<string> {
      const ledger = actLedger();
      await test.store.transaction((tx) => ledger.openBook(tx, villageId, 'its own'));
      try {
        await importJournal(test.store, ACT_KINDS, villageId, pieces(text));
        return '';
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return `${String(error.params.line)} ${String(error.params.check)}`;
      }
    }

    /** Says of each file whether the program of docs/seal.md refuses it. One process looks at all of them. */
    function refusedByPython(files: readonly string[]): boolean[] {
      const paths = files.map((text, index) => {
        const path = join(folder, `${index}.jsonl`);
        writeFileSync(path, text);
        return path;
      });
      const { output, errors } = runProgram(findCommand('python3') ?? '', ['-', docs, ...paths], ONE_BY_ONE);
      expect(errors).toBe('');
      return JSON.parse(output.slice(output.lastIndexOf('['))) as boolean[];
    }

    it('verify, go to the other engine and come back to the byte; no change of a fact stays unseen', async () => {
      const seen = new Set<string>();
      const files: { text: string; isChanged: boolean }[] = [];
      await fc.assert(
        fc.asyncProperty(story, async (told) => {
          const id = `v${(books += 1)}`;
          const text = await written(told, id);
          expect(await verify(source.store, ACT_KINDS, id)).toMatchObject({ ok: true, bad: null });
          expect(await taken(target, id, text)).toBe('');
          expect(await verify(target.store, ACT_KINDS, id)).toMatchObject({ ok: true, bad: null });
          expect(await exported(target, id)).toBe(text);
          files.push({ text, isChanged: false });
          for (const owner of told.erased)
            expect(text).not.toMatch(new RegExp(`"ownerId":"${owner}","value":"`));

          const changed = change(told, text);
          if (!changed) return;
          const { line, number, check, table, sql } = changed;
          seen.add(`${told.change} ${check}`);
          expect(await taken(target, `${id}c`, changed.text)).toBe(`${line} ${check}`);
          files.push({ text: changed.text, isChanged: true });
          if (sql === null) return;
          expect(await taken(open.test, id, text)).toBe('');
          await open.raw.run(sql(id));
          const { bad } = await verify(open.test.store, ACT_KINDS, id);
          expect(bad).toMatchObject({ table, number, check });
        }),
        { numRuns: runs, examples: EXAMPLES },
      );
      if (!isMissing('python3'))
        expect(refusedByPython(files.map(({ text }) => text))).toEqual(
          files.map(({ isChanged }) => isChanged),
        );
      for (const what of CHANGES)
        expect(
          [...seen].some((one) => one.startsWith(what)),
          what,
        ).toBe(true);
      expect(Array.from(seen)).toEqual(
        expect.arrayContaining(['name name', 'name facts', 'digest digest', 'digest facts']),
      );
    });
  });
});

const ONE_BY_ONE = `
import json, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import verify_book
refused = []
for path in sys.argv[2:]:
    try:
        verify_book.main(path)
        refused.append(False)
    except SystemExit:
        refused.append(True)
print(json.dumps(refused))
`;

interface Changed {
  readonly text: string;
  readonly line: number;
  readonly number: number;
  readonly table: string;
  readonly check: string;
  /** The same change of the database's rows; null where rows cannot have it. */
  readonly sql: ((villageId: string) => string) | null;
}

/** Changes one fact of the file as the story says; null where no entry has facts for it. */
function change({ change: what, at: [one, other] }: Story, text: string): Changed | null {
  const lines = text.trimEnd().split('\n');
  const entries = lines.slice(1).map((line) => JSON.parse(line) as Line);
  const fitting = entries.filter(({ facts }) => facts.length > (what === 'order' ? 1 : 0));
  const found = fitting[one % Math.max(fitting.length, 1)];
  const index = other % (found?.facts.length ?? 1);
  const fact = found?.facts[index];
  if (!found || !fact) return null;
  const { number } = found;
  const isErased = fact.value === null;
  const where = (id: string) => `where village_id = ${quoted(id)} and number = ${number}`;
  const whole = (check: string, sql: Changed['sql'], table = 'journal_facts'): Changed => ({
    text: `${lines.with(number, JSON.stringify(found)).join('\n')}\n`,
    ...{ line: number + 1, number, table, check, sql },
  });
  const set = (check: string, field: keyof Fact, value: string): Changed => {
    const { name } = fact;
    fact[field] = value;
    const column = field === 'ownerId' ? 'owner_id' : field;
    return whole(
      check,
      (id) => `update journal_facts set ${column} = ${quoted(value)} ${where(id)} and name = ${quoted(name)}`,
    );
  };
  switch (what) {
    case 'value':
      return set('value', 'value', `${fact.value ?? ''}x`);
    case 'name':
      return set(isErased ? 'facts' : 'name', 'name', `z${fact.name}`);
    case 'ownerId':
      return set(isErased ? 'facts' : 'name', 'ownerId', `${fact.ownerId ?? ''}x`);
    case 'digest':
      return set(isErased ? 'facts' : 'digest', 'digest', 'a'.repeat(64));
    case 'order':
      found.facts.reverse();
      return whole('line', null);
    case 'gone': {
      found.facts.splice(index, 1);
      const left = found.facts.some(({ value }) => value === null) ? 'facts' : 'missing';
      return whole(left, (id) => `delete from journal_facts ${where(id)} and name = ${quoted(fact.name)}`);
    }
    case 'factsDigest': {
      found.factsDigest = 'b'.repeat(64);
      return whole(
        'facts',
        (id) => `update journal set facts_digest = '\\x${found.factsDigest ?? ''}' ${where(id)}`,
        'journal',
      );
    }
  }
}

function exported(test: TestStore, villageId: string): Promise<string> {
  return test.store.read(async (reader) => {
    let text = '';
    for await (const piece of exportBook(reader, ACT_KINDS, villageId, 'journal')) text += piece;
    return text;
  });
}

async function* pieces(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
