import type { BadRow } from '../../shared/ledger/verification.ts';

/** Why a backup was not made or not restored. Except for `outcome_unknown`, the database is as it was. */
export type BackupFaultCode =
  /** Not one of our backups. */
  | 'not_a_backup'
  /** Cut short or changed since it was written. */
  | 'damaged'
  /** Made by a newer version of the program. */
  | 'newer'
  /** Made by the trial version 0.1.0, whose databases this program does not continue. */
  | 'trial'
  /** Made by a version whose schema this one does not continue. */
  | 'other_schema'
  /** Whole, but without this server's mark: anybody may have changed what is in it. */
  | 'made_elsewhere'
  /** A book does not verify. */
  | 'does_not_verify'
  /** The place for the backup cannot be written, or the backup cannot be read. */
  | 'no_access'
  /** The disk is full. */
  | 'no_space'
  /** It would leave the disk too little for the books to go on with. */
  | 'no_room'
  /** Something else stands where the backup should go. */
  | 'not_ours'
  /** The second place cannot be written; the backup itself is made. */
  | 'no_copy'
  | 'not_empty'
  /** Restoring onto PostgreSQL: its tables are another version's. */
  | 'unknown_schema'
  /** Moving to PostgreSQL: it must be empty. */
  | 'not_empty_postgres'
  /** A server, or another program, is at work on the database. */
  | 'in_use'
  /** The last step was interrupted: it may be done or not. Somebody has to look before trying again. */
  | 'outcome_unknown'
  /** The program's files are of another version than the server that runs. */
  | 'replaced';

/**
 * Turns the errors of Node and SQLite about a full disk or an unreachable folder into a `BackupFault`. Returns any
 * other error unchanged.
 */
export function asFault(error: unknown): unknown {
  if (error instanceof BackupFault || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (/^(?:ENOSPC|EDQUOT|SQLITE_FULL)$/.test(code))
    return new BackupFault('no_space', { what: error.message, cause: error });
  if (/^(?:ENOENT|EACCES|EISDIR|ENOTDIR|EPERM|EROFS|EIO|SQLITE_IOERR.*|SQLITE_CANTOPEN)$/.test(code))
    return new BackupFault('no_access', { what: error.message, cause: error });
  return error;
}

export class BackupFault extends Error {
  readonly code: BackupFaultCode;
  /** The thing that the sentence names: a path, a place in the file. */
  readonly what: string;
  readonly bad: BadRow | null;

  constructor(
    code: BackupFaultCode,
    { what = '', bad = null, cause }: { what?: string; bad?: BadRow | null; cause?: unknown } = {},
  ) {
    super(`${code} ${what}`.trim(), { cause });
    this.name = 'BackupFault';
    this.code = code;
    this.what = what;
    this.bad = bad;
  }
}
