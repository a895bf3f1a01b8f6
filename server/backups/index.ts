/** Copies the whole database into one verified file and back, on either engine, and keeps such files on a shelf. */
export { aloneIn } from './exclusive-data-dir.ts';
export { apart, inHere, type MakeBackup, type Worker } from './backup-process.ts';
export { backup, type BackupReport } from './backup.ts';
export { BackupFault, type BackupFaultCode } from './fault.ts';
export type { BackupKeys } from './backup-mac.ts';
export { dailyBackup } from './daily-backup.ts';
export { createKeeper, type Keeper, type KeeperDeps } from './backup-service.ts';
export { moveToPostgres, type MoveReport } from './move-to-postgres.ts';
export { BookMoved, refuseMoved } from './moved-marker.ts';
export { headsOfBackups } from './shelf-heads.ts';
export { headWords } from './restored-act.ts';
export { restore, type RestoreReport } from './restore.ts';
export { latestMadeAtMs, listShelf, makeOnShelf, type Shelf, type Shelved } from './backup-folder.ts';
export { createUploads, type Uploads } from './uploads.ts';
export { openUpToDate, type Upgrader, UpgradeStopped } from './upgrade.ts';
export type { BackupRun } from './write.ts';
