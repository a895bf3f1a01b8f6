import { and, eq, gt, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reader } from '../../db/index.ts';
import { insertOf, openRaw, type Raw } from '../support/raw.ts';
import { statementsOf } from '../support/statements.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

/** Values that a list of values could mistake for another, or for its own signs. */
const TEXTS = [
  '',
  ' ',
  'null',
  '[]',
  '"',
  '\\',
  'a\\x00',
  "it's",
  ',',
  '{1,2}',
  '积善\n之家\t',
  '👵🏽é',
  'NULL',
  '0',
];
const BYTES = [null, '\\x', '\\x00', '\\x5c78', `\\x${'ab'.repeat(32)}`, `\\x${'0f'.repeat(33)}`, null];
const NUMBERS = [0, 1, -1, 9_007_199_254_740_991, -9_007_199_254_740_991];

describe.each(ENGINES)('rows as bare values on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a table', () => {
    let test: TestStore;
    let raw: Raw;
    beforeAll(async () => {
      test = await openTestStore(engine);
      raw = await openRaw(test);
      await raw.disarm();
      const rows = Array.from({ length: TEXTS.length * BYTES.length }, (_, index) => ({
        ...{
          village_id: 'v1',
          number: index + 1,
          kind: TEXTS[index % TEXTS.length] ?? '',
          effective_on: '2026-05-01',
        },
        ...{
          booked_at_ms: NUMBERS[index % NUMBERS.length] ?? 0,
          idempotency_key: `${index}`,
          input_hash: '\\x01',
        },
        ...{ actor_id: TEXTS[(index * 3) % TEXTS.length] ?? '', source: index % 3 ? `${index}` : null },
        ...{ reverses_number: index % 5 ? null : index, resolves_number: null },
        ...{ text_commitment: BYTES[index % BYTES.length] ?? null, facts_digest: null },
        ...{
          line_count: index,
          seal_version: 2,
          previous_hash: '\\x',
          hash: BYTES[(index * 2) % 5] ?? '\\x',
        },
      }));
      await raw.run(insertOf('journal', ...rows));
    });
    afterAll(async () => {
      await raw.close();
      await test.remove();
    });

    const page = (reader: Reader, villageId: string, after: number, limit: number) =>
      reader.bareRows(
        'test.journal',
        ({ t: { journal: j } }) => ({
          columns: [j.number, j.kind, j.bookedAtMs, j.actorId, j.source, j.reversesNumber, j.resolvesNumber],
          from: j,
          where: and(eq(j.villageId, sql.placeholder('villageId')), gt(j.number, sql.placeholder('after'))),
          orderBy: [j.number],
        }),
        { villageId, after, limit },
        (row) => [...row],
      );
    const hashes = (reader: Reader, limit: number) =>
      reader.bareRows(
        'test.hashes',
        ({ t: { journal: j } }) => ({
          columns: [j.number, j.textCommitment, j.factsDigest, j.hash, j.previousHash, j.inputHash],
          from: j,
          where: undefined,
          orderBy: [j.number],
        }),
        { limit },
        ([number, ...digits]) => ({ number, digits }),
      );

    it('are those that a select gives, in every form of value', async () => {
      await test.store.read(async (reader) => {
        const { journal: j } = reader.t;
        const whole = await reader.db.select().from(j).orderBy(j.number);
        expect(whole).toHaveLength(TEXTS.length * BYTES.length);
        expect(await page(reader, 'v1', 0, 1000)).toEqual(
          whole.map((row) => [
            ...[row.number, row.kind, row.bookedAtMs, row.actorId, row.source, row.reversesNumber],
            row.resolvesNumber,
          ]),
        );
        expect(await hashes(reader, 1000)).toEqual(
          whole.map((row) => ({
            number: row.number,
            digits: [row.textCommitment, row.factsDigest, row.hash, row.previousHash, row.inputHash],
          })),
        );
        expect(new Set(whole.map(({ textCommitment }) => textCommitment)).size).toBeGreaterThan(4);
      });
    });

    it('come by the page, and none where there is none', async () => {
      await test.store.read(async (reader) => {
        const numbers: unknown[] = [];
        for (let last = 0; ;) {
          const rows = await page(reader, 'v1', last, 9);
          numbers.push(...rows.map(([number]) => number));
          expect(rows.length).toBeLessThanOrEqual(9);
          if (rows.length === 0) break;
          last = Number(rows.at(-1)?.[0]);
        }
        expect(numbers).toEqual(Array.from({ length: TEXTS.length * BYTES.length }, (_, index) => index + 1));
        expect(await page(reader, 'another', 0, 9)).toEqual([]);
      });
    });

    it('cost one statement a page', async () => {
      const { statements } = await statementsOf(() => test.store.read((reader) => page(reader, 'v1', 0, 50)));
      expect(statements.filter(({ text }) => text.includes('journal'))).toHaveLength(1);
    });
  });
});
