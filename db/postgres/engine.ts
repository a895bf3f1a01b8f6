import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { kit } from './kit.ts';

/** `#engine` means these types when the domain is type-checked against PostgreSQL. */
export type Kit = typeof kit;
export type Db = NodePgDatabase;
