import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../db/store.ts';
import { loadDemo } from '../../server/demo/index.ts';
import { exportBook, importJournal, parseAccountId, readHead, verify } from '../support/ledger.ts';
import { businessDay } from '../../shared/business-day.ts';
import { Book, testLedger } from '../support/books.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const FROZEN = join(import.meta.dirname, '../fixtures/0.1.0');
const LISTING = join(FROZEN, 'demo-entries.txt');
const TIME_ZONE = 'Asia/Shanghai';
const TODAY = '2026-11-24';
const NOW_MS = Date.parse(`${TODAY}T09:00:00+08:00`);

/** A line of a journal file after its first, as far as the listing tells of it. */
interface EntryLine {
  readonly kind: string;
  readonly effectiveOn: string;
  readonly bookedAtMs: number;
  readonly reversesNumber: number | null;
  readonly lines: readonly { readonly accountId: string; readonly amount: number }[];
  readonly text: { readonly body: string | null } | null;
}

describe.each(ENGINES)('the demo’s book of 0.1.0 on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('its journal export', () => {
    let test: TestStore;
    beforeAll(async () => {
      test = await openTestStore(engine);
    });
    afterAll(() => test.remove());

    it('is taken in with the head it had, and verifies', async () => {
      const head = JSON.parse(readFileSync(join(FROZEN, 'demo-head.json'), 'utf8')) as {
        number: number;
        hash: string;
      };
      const journal = gunzipSync(readFileSync(join(FROZEN, 'demo.journal.gz'))).toString('utf8');
      await new Book(test.store, testLedger()).open('its own');
      await importJournal(test.store, 'v1', pieces(journal));
      expect(await test.store.read((reader) => readHead(reader, 'v1'))).toMatchObject(head);
      expect(await verify(test.store, 'v1')).toMatchObject({
        ok: true,
        bad: null,
        entries: head.number,
        headHash: head.hash,
      });
    });
  });
});

/** On SQLite alone: tests/api/demo.test.ts shows that both engines book the same to the last hash. */
describe('the demo’s book today', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await openTestStore('sqlite');
    const deps = { store: test.store, clock: () => NOW_MS, random: randomBytes, dataDir: test.dataDir };
    await loadDemo(deps, { today: TODAY });
  }, 120_000);
  afterAll(() => test.remove());

  it('has the entries that are listed', async () => {
    const listing = await listEntries(test.store);
    // One other roll of the dice changes thousands of lines: the first of them is enough to know.
    await expect(listing)
      .toMatchFileSnapshot(LISTING)
      .catch(() => {
        throw new Error(firstDifference(readFileSync(LISTING, 'utf8'), listing));
      });
  });
});

function firstDifference(before: string, now: string): string {
  const [was, is] = [before, now].map((listing) => listing.split('\n'));
  const line = is?.findIndex((one, index) => one !== was?.[index]) ?? -1;
  return [
    `The demo books something else from line ${line + 1} of demo-entries.txt on:`,
    `- ${was?.[line] ?? 'nothing'}`,
    `+ ${is?.[line] ?? 'nothing'}`,
    'Where that is meant, list it anew: tests/fixtures/0.1.0/README.md says how.',
  ].join('\n');
}

/** One line an entry, without what every loading makes anew: ids, hashes, keys. Hundredths, fen and pieces. */
async function listEntries(store: Store): Promise<string> {
  const { journal, names } = await store.read(async (reader) => {
    const { db, t } = reader;
    const [village] = await db.select({ id: t.villages.id }).from(t.villages);
    const households = await db.select({ id: t.households.id, name: t.households.number }).from(t.households);
    const goods = await db.select({ id: t.goods.id, name: t.goods.name }).from(t.goods);
    let journal = '';
    for await (const piece of exportBook(reader, village?.id ?? '', 'journal')) journal += piece;
    return {
      journal,
      names: new Map([...households, ...goods].map(({ id, name }) => [id, name])),
    };
  });
  const [, ...entries] = journal.trimEnd().split('\n');
  return entries.map((line) => `${inWords(JSON.parse(line) as EntryLine, names)}\n`).join('');
}

function inWords(entry: EntryLine, names: ReadonlyMap<string, string>): string {
  const { kind, effectiveOn, bookedAtMs, reversesNumber, lines, text } = entry;
  const booked = businessDay(bookedAtMs, TIME_ZONE);
  const { title = '' } = JSON.parse(text?.body ?? '{}') as { title?: string };
  const postings = lines.map(({ accountId, amount }) => {
    const account = parseAccountId(accountId);
    const owner = names.get(account?.ownerId ?? '');
    return [account?.kind, ...(owner === undefined ? [] : [owner]), amount].join(' ');
  });
  return [
    effectiveOn,
    ...(booked === effectiveOn ? [] : [`booked ${booked}`]),
    kind,
    ...(reversesNumber === null ? [] : [`of ${reversesNumber}`]),
    `${title}: ${postings.join(', ')}`,
  ].join(' ');
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += 65_536)
    yield await Promise.resolve(text.slice(from, from + 65_536));
}
