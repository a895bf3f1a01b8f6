import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { MIGRATED } from './templates.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of this run's private PostgreSQL. It is empty where the machine has none. */
    postgresUrl: string;
  }
}

export interface TestDatabase {
  url: string;
  drop: () => Promise<void>;
}

/** For `describe.skipIf(!hasPostgres)`. */
export const hasPostgres: boolean = inject('postgresUrl') !== '';

/** A fresh, empty database for one test file. Drop it in `afterAll`. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase('');
}

/** A fresh database with all tables: a copy of a migrated one. */
export function createMigratedDatabase(): Promise<TestDatabase> {
  return createDatabase(`template ${MIGRATED}`);
}

async function createDatabase(how: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name} ${how}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => administer(`drop database if exists ${name} with (force)`),
  };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
