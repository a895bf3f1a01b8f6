import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { startPrivatePostgres } from '../support/postgres-server.ts';
import { findPostgresBin } from '../support/tools.ts';

export interface Databases {
  /** A new, empty database; its address. */
  create(): Promise<string>;
  /** Full path of one of PostgreSQL's own programs. */
  program(name: string): string;
}

/** A private PostgreSQL for the time of the work, with its default durability. */
export async function withPostgres<T>(work: (databases: Databases) => Promise<T>): Promise<T> {
  const server = await startPrivatePostgres();
  const bin = findPostgresBin();
  if (!server || bin === undefined) throw new Error('this bench needs PostgreSQL');
  try {
    return await work({
      async create() {
        const name = `bench_${randomBytes(6).toString('hex')}`;
        const client = new pg.Client({ connectionString: server.url });
        await client.connect();
        await client.query(`create database ${name}`);
        await client.end();
        return server.url.replace(/\/postgres$/, `/${name}`);
      },
      program: (name) => join(bin, name),
    });
  } finally {
    await server.stop();
  }
}
