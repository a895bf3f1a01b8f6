import type Database from 'better-sqlite3';

/**
 * The connection as drizzle takes it, but for one thing. SQLite looks at the value of a bare parameter when it plans a join,
 * and plans anew whenever another value is bound, which takes several times as long as finding the row. A plus before the
 * parameter changes no value and hides it from the planner.
 */
export function withSettledPlans(raw: Database.Database): Database.Database {
  const settled = Object.create(raw) as Database.Database;
  settled.prepare = (sql: string) => raw.prepare(settledPlan(sql));
  return settled;
}

/** Puts a plus before each parameter; quoted text stays as it is. */
export function settledPlan(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (part) => (part === '?' ? '+?' : part));
}
