import Database from 'better-sqlite3';
import { sqlitePath } from '../../db/index.ts';
import { LOG_PAGES_MOST } from '../../db/sqlite/checkpoints.ts';
import { statementsOf } from '../support/statements.ts';

/** One row, or one update of many, as the store wrote it. */
type Write = readonly [text: string, values: readonly unknown[]];
export type RawCommits = readonly (readonly Write[])[];

/** Notes the rows that the store writes while `act` runs, commit by commit. */
export async function writesOf(act: () => Promise<unknown>): Promise<RawCommits> {
  const { statements } = await statementsOf(act);
  const commits: Write[][] = [];
  for (const { text, values } of statements) {
    if (text.startsWith('begin')) commits.push([]);
    else if (/^(?:insert|update) /.test(text)) commits.at(-1)?.push(...rowByRow(text, values));
  }
  return commits.filter((writes) => writes.length > 0);
}

/** A statement that inserts several rows, as one statement a row: so one would write it by hand. */
function rowByRow(text: string, values: readonly unknown[]): Write[] {
  const parts = /^(insert into .+ values )(\([^)]*\))((?:, \([^)]*\))*)(.*)$/s.exec(text);
  if (!parts) return [[text, values]];
  const [, into = '', one = '', others = '', end = ''] = parts;
  const rows = 1 + (others.match(/, \(/g)?.length ?? 0);
  const width = values.length / rows;
  return Array.from({ length: rows }, (_, row) => [
    into + one + end,
    values.slice(row * width, (row + 1) * width),
  ]);
}

/**
 * Writes the rows of these commits into a file that stands where it stood before them: by prepared better-sqlite3 statements
 * and with the settings of the store's writer. It looks nothing up, checks nothing and seals nothing. Answers the seconds it took.
 */
export async function writeRaw(dataDir: string, commits: RawCommits): Promise<number> {
  const db = new Database(sqlitePath(dataDir));
  for (const pragma of [
    'foreign_keys = on',
    'temp_store = memory',
    'cache_size = -8000',
    'journal_mode = wal',
    'synchronous = full',
    `wal_autocheckpoint = ${LOG_PAGES_MOST}`,
  ])
    db.pragma(pragma);
  const statements = new Map<string, Database.Statement>();
  const prepared = (text: string): Database.Statement => {
    const statement = statements.get(text) ?? db.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  const [begin, commit] = [prepared('begin immediate'), prepared('commit')];
  const ready = commits.map((writes) => writes.map(([text, values]) => [prepared(text), values] as const));
  const startedMs = performance.now();
  for (const writes of ready) {
    begin.run();
    for (const [statement, values] of writes) statement.run(...values);
    commit.run();
    // A server lives between commits.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const seconds = (performance.now() - startedMs) / 1000;
  db.close();
  return seconds;
}
