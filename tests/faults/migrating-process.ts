import { migratePostgres, migrateSqlite, readMigrations } from '../../db/migrate.ts';

/**
 * Changes a database's schema by a step that takes long, so that it can be killed in the midst of it:
 *   node migrating-process.ts FILE|postgres://…
 */
const target = process.argv[2] ?? '';
const engine = target.startsWith('postgres') ? 'postgres' : 'sqlite';
const slow = {
  sqlite:
    'create table half_done as with recursive n(i) as (select 1 union all select i + 1 from n limit 100000000) select i from n',
  postgres: 'create table half_done as select pg_sleep(60)',
}[engine];
const [first] = readMigrations(engine);
if (!first) throw new Error('no migrations');
const migrations = [
  ...readMigrations(engine),
  { ...first, hash: 'a long step', statements: ['alter table rules add column half_done integer', slow] },
];
process.stdout.write('changing the schema\n');
await (engine === 'postgres' ? migratePostgres(target, migrations) : migrateSqlite(target, migrations));
