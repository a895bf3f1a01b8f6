import Database from 'better-sqlite3';
import { sqlitePath } from '../../db/index.ts';

/** The awards go to the accounts of this many households in turn. */
export const HOUSEHOLDS = 300;
export const VILLAGE = 'v1';
export const DAY = '2026-05-01';
export const POINTS_HUNDREDTHS = 200;
export const ISSUED = 'issued:village:POINT';
export const BODY = JSON.stringify({ title: '义务劳动', note: '' });

export function householdOf(index: number): string {
  return `h${index % HOUSEHOLDS}`;
}

/**
 * The reference for `ledger.post`: hand-written prepared statements that write the same rows into the same
 * tables, triggers and all, in shared commits and each under a savepoint. They plan, check and seal nothing.
 */
export class RawBook {
  private readonly db: Database.Database;
  private readonly write: (index: number) => void;
  private readonly statements;

  constructor(dataDir: string) {
    this.db = new Database(sqlitePath(dataDir));
    // The same settings as those of the store's writer (db/sqlite/store.ts).
    for (const pragma of [
      'foreign_keys = on',
      'temp_store = memory',
      'cache_size = -8000',
      'journal_mode = wal',
      'synchronous = full',
    ])
      this.db.pragma(pragma);
    this.write = writer(this.db);
    this.statements = {
      begin: this.db.prepare('begin immediate'),
      commit: this.db.prepare('commit'),
      save: this.db.prepare('savepoint work'),
      release: this.db.prepare('release work'),
    };
  }

  /** Commits `count` entries together, like the store does with that many waiting callers. */
  commit(from: number, count: number): void {
    const { begin, commit, save, release } = this.statements;
    begin.run();
    for (let index = from; index < from + count; index += 1) {
      save.run();
      this.write(index);
      release.run();
    }
    commit.run();
  }

  close(): void {
    this.db.close();
  }
}

/** Returns a function that writes one award. It reads the book's state once and keeps it in memory from then on. */
function writer(db: Database.Database): (index: number) => void {
  const count = db.prepare('update ledger_heads set number = ? where village_id = ? and number = ?');
  const move = db
    .prepare(
      'update balances set balance = balance + ?, effective_through = ? where village_id = ? and account_number = ? and balance + ? >= floor returning balance',
    )
    .pluck();
  const numbers = new Map(db.prepare('select id, number from accounts').raw().all() as [string, number][]);
  const issuedNumber = numbers.get(ISSUED);
  const line = '(?, ?, ?, ?, ?, ?, ?, ?)';
  const lines = db.prepare(`insert into postings values ${line}, ${line}`);
  const header = db.prepare(
    `insert into journal (village_id, number, kind, effective_on, booked_at_ms, idempotency_key, input_hash, actor_id,
      source, reverses_number, resolves_number, text_commitment, line_count, seal_version, previous_hash, hash)
      values (${Array(16).fill('?').join(', ')})`,
  );
  const text = db.prepare('insert into journal_texts values (?, ?, ?, ?)');
  let [number, previous] = db
    .prepare('select number, hash from journal order by number desc limit 1')
    .raw()
    .get() as [number, Buffer];
  let issued = db.prepare('select coalesce(sum(amount), 0) from postings where account_number = ?').pluck().get(issuedNumber) as number; // prettier-ignore

  return (index) => {
    count.run(number + 1, VILLAGE, number);
    number += 1;
    const to = numbers.get(`household:${householdOf(index)}:POINT`);
    const balance = move.get(POINTS_HUNDREDTHS, DAY, VILLAGE, to, POINTS_HUNDREDTHS);
    issued -= POINTS_HUNDREDTHS;
    lines.run(
      ...[VILLAGE, number, 0, issuedNumber, -POINTS_HUNDREDTHS, issued, DAY, DAY],
      ...[VILLAGE, number, 1, to, POINTS_HUNDREDTHS, balance, DAY, DAY],
    );
    const hash = Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
    header.run(
      ...[VILLAGE, number, 'award', DAY, 1_760_000_000_000 + number, `raw-${number}`, hash, 'staff1'],
      ...[null, null, null, hash, 2, 1, previous, hash],
    );
    previous = hash;
    text.run(VILLAGE, number, BODY, hash.toString('hex').slice(0, 32));
  };
}
