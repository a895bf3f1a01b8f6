/** The whole database into one checked file, and back, on either engine. */
export { backup, type BackupReport } from './backup.ts';
export { BackupFault, type BackupFaultCode } from './fault.ts';
export { restore, type RestoreReport } from './restore.ts';
export type { Work } from './write.ts';
