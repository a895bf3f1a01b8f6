import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqlitePath, StoreBusy } from '../../db/index.ts';
import { openSqliteStore } from '../../db/sqlite/store.ts';
import { Book, testLedger } from '../support/books.ts';
import { readHead } from '../support/ledger.ts';
import { openTestStore, type TestStore } from '../support/stores.ts';

const VILLAGE = 'v1';
const READS = 20;

/** Holds the file as its only writer until its standard input ends. */
const HOLD = `
  const Database = require('better-sqlite3');
  const db = new Database(process.argv[1]);
  db.exec('begin immediate');
  console.log('held');
  process.stdin.on('end', () => db.exec('rollback')).resume();
`;

describe('a SQLite file that another process writes', () => {
  let test: TestStore;
  let release: () => Promise<void>;
  beforeEach(async () => {
    test = await openTestStore('sqlite');
    await new Book(test.store, testLedger(), VILLAGE).open();
    const holder = spawn(process.execPath, ['-e', HOLD, sqlitePath(test.dataDir)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    release = async () => {
      if (holder.exitCode !== null) return;
      const gone = once(holder, 'exit');
      holder.stdin.end();
      await gone;
    };
  });
  afterEach(async () => {
    await release();
    await test.remove();
  });

  const lastNumber = async () => (await test.store.read((reader) => readHead(reader, VILLAGE)))?.number;
  const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

  it('is read all the while, and written as soon as it is free', async () => {
    const told: string[] = [];
    const book = new Book(test.store, testLedger(), VILLAGE);
    const written = book.award('h1', 100, { key: 'first' }).then(() => told.push('written'));
    for (let read = 0; read < READS; read += 1) {
      expect(await lastNumber()).toBe(0);
      told.push('read');
      await turn();
    }
    await release();
    await written;
    expect(told).toEqual([...Array.from({ length: READS }, () => 'read'), 'written']);
    expect(await lastNumber()).toBe(1);
  });

  it('is given up after a while, with nothing written, and those that wait are told', async () => {
    const impatient = openSqliteStore({ path: sqlitePath(test.dataDir), busyMsMax: 100 });
    const book = new Book(impatient, testLedger(), VILLAGE);
    const tried = await Promise.allSettled(['first', 'second'].map((key) => book.award('h1', 100, { key })));
    for (const one of tried) expect(one).toMatchObject({ reason: expect.any(StoreBusy) as unknown });
    expect(await lastNumber()).toBe(0);
    await release();
    expect(await book.award('h1', 100, { key: 'third' })).toMatchObject({ ok: true });
    await impatient.close();
  });
});
