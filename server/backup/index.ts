/** The whole database into one checked file, and back, on either engine; and the shelf where such files are kept. */
export { aloneIn } from './alone.ts';
export { apart, inHere, type MakeBackup, type Worker } from './apart.ts';
export { backupsHandlers } from './handlers.ts';
export { backup, type BackupReport } from './backup.ts';
export { BackupFault, type BackupFaultCode } from './fault.ts';
export type { BackupKeys } from './origin.ts';
export { createKeeper, type Keeper, type KeeperDeps } from './keeper.ts';
export { moveToPostgres, type MoveReport } from './move.ts';
export { BookMoved, refuseMoved } from './moved.ts';
export { restore, type RestoreReport } from './restore.ts';
export { latestMadeAtMs, listShelf, makeOnShelf, type Shelf, type Shelved } from './shelf.ts';
export { createUploads, type Uploads } from './uploads.ts';
export { openUpToDate, type Upgrader, UpgradeStopped } from './upgrade.ts';
export type { Work } from './write.ts';
