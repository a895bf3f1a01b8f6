/**
 * Copies whole databases as rows: out of either engine, into a new SQLite file, or into an empty PostgreSQL
 * database.
 */
export { setAside } from './set-schema-aside.ts';
export { isLeftOut, pastSchema } from './historic-schema.ts';
export { copyBytes, countRows, isEmpty, readTable } from './read.ts';
export { type Cell, schemaHashes, type TableShape, tableShapes } from './shapes.ts';
export { BrokenRows, type HeldFile, holdSqliteFile, type SqliteCopy, startSqliteCopy } from './sqlite.ts';
export { putOffReferences, refreshStatistics, settleReferences, writeRows } from './write.ts';
export { freeSqlitePath, isLogAlone, setSqliteAside } from '../sqlite/sidecar-files.ts';
