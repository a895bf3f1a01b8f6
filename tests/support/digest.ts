/** Digests of a database's tables. An equal digest means that nothing changed. */
import { createHash } from 'node:crypto';
import { openRaw } from './raw.ts';
import type { TestStore } from './stores.ts';

/** The table of wrong tries and the column of a device's last visit change with every request, so they are left out. */
const COUNTED = 'auth_failures';
const SEEN = /"last_seen_at_ms":\d+/g;

const TABLES = {
  sqlite: "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
  postgres: "select tablename as name from pg_tables where schemaname = 'public'",
} as const;

/** The tables that an act changes. Entries that move something change more of them. */
export const BOOK: readonly string[] = ['journal', 'journal_facts', 'ledger_heads'];

export interface Digest {
  read(): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

export async function openDigest(test: Pick<TestStore, 'dataDir' | 'databaseUrl'>): Promise<Digest> {
  const raw = await openRaw(test);
  const tables = await raw.rows(TABLES[test.databaseUrl === undefined ? 'sqlite' : 'postgres']);
  const names = tables.map(({ name }) => String(name)).filter((name) => name !== COUNTED);
  return {
    async read() {
      const digests = new Map<string, string>();
      for (const name of names) {
        const rows = (await raw.rows(`select * from "${name}"`)).map((row) =>
          JSON.stringify(row).replace(SEEN, ''),
        );
        digests.set(name, createHash('sha256').update(rows.sort().join('\n')).digest('hex'));
      }
      return digests;
    },
    close: () => raw.close(),
  };
}

/** The names of the tables that changed. */
export function changedTables(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return Array.from(after.keys()).filter((name) => before.get(name) !== after.get(name));
}
