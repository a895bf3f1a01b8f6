import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createSwitch, openStore, sqlitePath } from '../../db/index.ts';
import type { Engine, Store } from '../../db/store.ts';
import { createMigratedDatabase, hasPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated SQLite file, to be copied (templates.ts). */
    migratedSqlite: string;
  }
}

/** Both engines; PostgreSQL is left out (and counted as skipped by `describe.skipIf`) where the machine has none. */
export const ENGINES: readonly { engine: Engine; missing: boolean }[] = [
  { engine: 'sqlite', missing: false },
  { engine: 'postgres', missing: !hasPostgres },
];

export interface TestStore {
  readonly store: Store;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** Opens the same database a second time, as another process would. */
  openAgain(): Promise<Store>;
  /** Closes it and removes every trace. */
  remove(): Promise<void>;
}

/** A fresh, migrated database: a real file or a real PostgreSQL database of its own. */
export async function openTestStore(engine: Engine): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jishan-test-'));
  const database = engine === 'postgres' ? await createMigratedDatabase() : null;
  if (engine === 'sqlite') copyFileSync(inject('migratedSqlite'), sqlitePath(dataDir));
  const openOnce = () => openStore({ dataDir, databaseUrl: database?.url, connectionsMax: 8 });
  const open = async () => createSwitch(await openOnce(), openOnce);
  const store = await open();
  const opened: Store[] = [store];
  return {
    store,
    dataDir,
    databaseUrl: database?.url,
    async openAgain() {
      const another = await open();
      opened.push(another);
      return another;
    },
    async remove() {
      for (const one of opened) await one.close();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
