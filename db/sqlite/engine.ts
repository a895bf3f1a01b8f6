import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { kit } from './kit.ts';

/** `#engine` means these types when the domain is type-checked against SQLite. */
export type Kit = typeof kit;
export type Db = BetterSQLite3Database;
