import Database from 'better-sqlite3';
import type { Client } from 'pg';
import { connect, doneOnPostgres, doneOnSqlite, migrateOpened, readMigrations } from './migrate.ts';

/** The definition of each trigger and of each function that triggers call, by name. */
type Guards = ReadonlyMap<string, string>;

function differences(expected: Guards, found: Guards): string[] {
  return Array.from(expected.keys()).filter((name) => found.get(name) !== expected.get(name));
}

/** Does what `changedGuards` says, on a SQLite file. */
export function changedOnSqlite(path: string): string[] {
  const raw = new Database(path, { readonly: true });
  const fresh = new Database(':memory:');
  try {
    migrateOpened(fresh, readMigrations('sqlite').slice(0, doneOnSqlite(raw).length));
    return differences(sqliteTriggers(fresh), sqliteTriggers(raw));
  } finally {
    fresh.close();
    raw.close();
  }
}

function sqliteTriggers(raw: Database.Database): Guards {
  const rows = raw.prepare("select name, sql from sqlite_master where type = 'trigger'").all();
  return new Map((rows as { name: string; sql: string }[]).map(({ name, sql }) => [name, sql]));
}

/** Does the same on PostgreSQL. */
export async function changedOnPostgres(url: string): Promise<string[]> {
  const client = await connect(url, 'jishan');
  try {
    return await changedThrough(client);
  } finally {
    await client.end();
  }
}

async function changedThrough(client: Client): Promise<string[]> {
  const done = (await doneOnPostgres(client)).length;
  const statements = readMigrations('postgres')
    .slice(0, done)
    .flatMap((migration) => migration.statements);
  const functions = await client.query<{ name: string; body: string }>(
    'select proname as name, prosrc as body from pg_proc where pronamespace = current_schema()::regnamespace',
  );
  const triggers = await client.query<{ name: string; definition: string; enabled: string }>(
    `select tgname as name, pg_get_triggerdef(pg_trigger.oid, true) as definition, tgenabled as enabled
      from pg_trigger join pg_class on pg_class.oid = tgrelid
      where not tgisinternal and relnamespace = current_schema()::regnamespace`,
  );
  const found = new Map<string, string>();
  for (const { name, body } of functions.rows) found.set(functionKey(name), body);
  for (const { name, definition, enabled } of triggers.rows)
    if (enabled === 'O' || enabled === 'A') found.set(name, plainTrigger(definition));
  return differences(guardsMadeBy(statements), found);
}

const FUNCTION = /^create (?:or replace )?function "?(\w+)"?\s*\(.*?\sas \$\$(.*)\$\$/is;
const TRIGGER = /^create trigger "?(\w+)"?\s/i;
const DROPPED = /^drop (trigger|function) (?:if exists )?"?(\w+)"?/i;

/** The triggers and functions that these statements leave. */
export function guardsMadeBy(statements: readonly string[]): Guards {
  const guards = new Map<string, string>();
  for (const text of statements) {
    const statement = text.replace(/^(?:--[^\n]*\n|\s)+/, '');
    const made = FUNCTION.exec(statement);
    if (made) guards.set(functionKey(made[1] ?? ''), made[2] ?? '');
    const name = TRIGGER.exec(statement)?.[1];
    if (name !== undefined) guards.set(name, plainTrigger(statement));
    const dropped = DROPPED.exec(statement);
    if (dropped) guards.delete(dropped[1] === 'trigger' ? (dropped[2] ?? '') : functionKey(dropped[2] ?? ''));
  }
  return guards;
}

function functionKey(name: string): string {
  return `${name}()`;
}

/** The text of a trigger in one form: the database puts its events into an order of its own and may name the schema. */
function plainTrigger(definition: string): string {
  return definition
    .replaceAll('"', '')
    .replace(/;\s*$/, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/\bon \w+\./, 'on ')
    .replace(/execute (?:function|procedure) (?:\w+\.)?/, 'execute function ')
    .replace(/\b(before|after) (.+?) on /, (_all, when: string, events: string) => {
      return `${when} ${events.split(' or ').sort().join(' or ')} on `;
    })
    .trim();
}
