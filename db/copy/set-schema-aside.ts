import { sql } from 'drizzle-orm';
import { readMigrations } from '../migrate.ts';
import type { Tx } from '../store.ts';
import { postgresOf } from './write.ts';

/**
 * Moves everything of ours on PostgreSQL into a schema of that name, and makes fresh tables in its place, in this
 * transaction. Until it commits everybody waits, and after a failure nothing has happened. If the name is taken it
 * gets a figure. Returns the name.
 */
export async function setAside(tx: Tx, wanted: string): Promise<string> {
  const db = postgresOf(tx);
  const taken = await db.execute<{ name: string }>(
    sql`select nspname as name from pg_namespace where starts_with(nspname, ${wanted})`,
  );
  const schema = taken.rows.length === 0 ? wanted : `${wanted}_${String(taken.rows.length + 1)}`;
  // Views and free sequences move too: a newer program may have some, and they must not be in the way.
  const relations = await db.execute<{ name: string; is_table: boolean }>(
    sql`select relname as name, relkind in ('r', 'p') as is_table from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select 1 from pg_depend where objid = pg_class.oid
        and (deptype = 'e' or (relkind = 'S' and deptype in ('a', 'i'))))
      order by relname`,
  );
  const routines = await db.execute<{ name: string }>(
    sql`select oid::regprocedure::text as name from pg_proc where pronamespace = current_schema()::regnamespace
      and not exists (select 1 from pg_depend where objid = pg_proc.oid and deptype = 'e')`,
  );
  const aside = sql.identifier(schema);
  const tables = relations.rows.filter((one) => one.is_table).map(({ name }) => sql`${sql.identifier(name)}`);
  // This takes the lock that every reader takes first (db/postgres/store.ts). So no reader is inside with one
  // table in hand, waiting for another.
  await db.execute(sql`lock table schema_migrations in access exclusive mode`);
  await db.execute(sql`lock table ${sql.join(tables, sql`, `)} in access exclusive mode`);
  await db.execute(sql`create schema ${aside}`);
  for (const { name } of routines.rows)
    await db.execute(sql`alter routine ${sql.raw(name)} set schema ${aside}`);
  for (const { name } of relations.rows)
    await db.execute(sql`alter table ${sql.identifier(name)} set schema ${aside}`);
  await makeTables(tx);
  return schema;
}

async function makeTables(tx: Tx): Promise<void> {
  const db = postgresOf(tx);
  await db.execute(
    sql`create table schema_migrations (position integer generated always as identity primary key, hash text not null)`,
  );
  for (const { statements, hash } of readMigrations('postgres')) {
    for (const statement of statements) await db.execute(sql.raw(statement));
    await db.execute(sql`insert into schema_migrations (hash) values (${hash})`);
  }
}
