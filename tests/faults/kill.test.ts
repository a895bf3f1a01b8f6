import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createLedger, entriesByKey, verify } from '../../server/ledger/index.ts';
import { Book } from '../support/books.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const kills = process.env.JISHAN_LONG ? 50 : 4;
const program = fileURLToPath(new URL('posting-process.ts', import.meta.url));

/** Lesson 22: nothing is acknowledged before it is durable in the one store. */
describe.each(ENGINES)('a process killed while posting, on $engine', ({ engine, missing }) => {
  it.skipIf(missing)(`keeps every answered entry, ${String(kills)} kills`, async () => {
    const test = await openTestStore(engine);
    const book = new Book(test.store, createLedger({ clock: () => Date.now() }));
    await book.open();
    let answered = 0;
    for (let run = 0; run < kills; run++) {
      const keys = await postUntilKilled(test, run, 150 + Math.random() * 400);
      answered += keys.length;
      const found = await test.store.read((reader) => entriesByKey(reader, book.villageId, keys));
      expect(keys.filter((key) => !found.has(key))).toEqual([]);
      const verification = await verify(test.store, book.villageId);
      expect(verification).toMatchObject({ ok: true });
      // A client that lost its answer asks again: the truth, and nothing twice.
      const [, caller = '0'] = (keys.at(-1) ?? '').split('.');
      const again = await book.award(`h${caller}`, 100, { key: keys.at(-1) ?? '', note: '守夜' });
      expect(again).toMatchObject({ ok: true, replay: true });
      expect((await verify(test.store, book.villageId)).entries).toBe(verification.entries);
    }
    expect(answered).toBeGreaterThan(kills);
    await test.remove();
  });
});

/** Starts the poster, kills it without warning some time after its first answer, and gives the keys it printed. */
async function postUntilKilled(test: TestStore, run: number, afterMs: number): Promise<string[]> {
  const env = {
    ...process.env,
    DATA_DIR: test.dataDir,
    ...(test.databaseUrl ? { DATABASE_URL: test.databaseUrl } : {}),
  };
  const child = spawn(process.execPath, [program, String(run)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  let killing: NodeJS.Timeout | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    killing ??= setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(killing);
  const lines = printed.split('\n');
  // The last line may have been cut; what was not printed whole was not answered.
  lines.pop();
  expect(lines.filter((line) => line.startsWith('refused'))).toEqual([]);
  return lines;
}
