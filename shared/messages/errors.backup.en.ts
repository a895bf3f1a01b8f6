import type { ErrorCode } from '../errors.ts';
import type { ErrorSentence } from './sentence.ts';

type BackupCode = Extract<ErrorCode, `backup.${string}`>;

/** Refusals of backups and of restoring. */
export const enBackup: Readonly<Record<BackupCode, ErrorSentence>> = {
  'backup.busy': {
    title: 'A backup is being made',
    detail: 'Another backup is being made, so none was begun; no points moved. Try again when it is done.',
  },
  'backup.failed': {
    title: 'The backup failed',
    detail:
      'This backup was not made[ ({what})]; earlier ones are still there, no points moved. Look at the disk and the backup folder, then try again.',
    variants: {
      no_room:
        'The server’s disk has too little room, so this backup was not made[ ({what})]; earlier ones are still there, no points moved. Make room at the server, then try again.',
      replaced:
        'The program’s files at the server were replaced and it was not restarted, so this backup was not made[ ({what})]; earlier ones are still there, no points moved. Restart the server, then try again.',
    },
  },
  'backup.not_found': {
    title: 'No such backup',
    detail:
      'The backup folder holds no backup of that name; nothing was changed. Refresh the list and choose again.',
  },
  'backup.shared': {
    title: 'Only at the server',
    detail:
      'Several villages share this database, so one of them can neither take away nor restore everybody’s data; nothing was changed. Ask who runs the server.',
  },
  'backup.village_name': {
    title: 'Not the village’s name',
    detail:
      'What was typed is not the name of this village; nothing was restored or changed. Type the name as it is written.',
  },
  'backup.not_restored': {
    title: 'Not restored',
    detail:
      'This backup was not restored[ ({what})]; the books stand as they were, no points moved. Take another backup, or look for the cause at the server.',
  },
  'backup.outcome_unknown': {
    title: 'Not known whether it was restored',
    detail:
      'It was broken off at the last step, and whether it was done is not known yet; points may have moved or not. Refresh and see how far the book goes before you try again.',
  },
  'backup.other_village': {
    title: 'Another village’s backup',
    detail:
      'This backup is of another village, or not of this one alone[: {village}]. It was not taken; nothing was changed. Choose a backup of this village; one of several villages is restored at the server.',
  },
  'backup.made_elsewhere': {
    title: 'Not made by this server',
    detail:
      'This backup does not bear this server’s mark: a server with another secret or an earlier version made it, or somebody changed it. Passwords or cards in it may have been altered, so it was not taken from here; nothing was changed. If you trust it, restore it at the server: npx jishan restore FILE --force (of a service, jishan restore).',
  },
  'backup.upload_too_large': {
    title: 'The file is too large',
    detail:
      'The file is larger than the limit[ of {limitMb} MB] and was not taken; nothing was changed. Restore it at the server, or raise BACKUP_UPLOAD_MAX_MB there.',
  },
  'backup.upload_gone': {
    title: 'The upload was broken off',
    detail:
      'This upload paused too long, or another was begun; what had come was removed, nothing was changed. Choose the file again.',
  },
  'backup.upload_broken': {
    title: 'The file did not come whole',
    detail:
      'What came is not the file that was chosen; it may have changed meanwhile. It was not taken; nothing was changed. Choose the file again.',
  },
  'backup.no_room': {
    title: 'The server’s disk has no room',
    detail:
      'To take and verify this file[ {needMb} MB are needed][, and the server has {freeMb} MB left]; that is not enough. It was not taken; nothing was changed. Make room on the server first.',
  },
  'backup.not_taken': {
    title: 'This file cannot be used',
    detail:
      'The server could not keep or open this file. It was not taken; nothing was changed. Look at the server’s disk and backup folder, then try again.',
    variants: {
      not_a_backup:
        'This is not a backup of this program. It was not taken; nothing was changed. Choose a backup, whose name ends in .backup.',
      damaged:
        'This backup is incomplete, or somebody changed it. It was not taken; nothing was changed. Copy it once more, or choose another.',
      newer:
        'This backup was made by a newer version of the program. It was not taken; nothing was changed. Upgrade this server first.',
      other_schema:
        'This backup was made by an altered program whose tables this one does not continue. It was not taken; nothing was changed. Choose another.',
      does_not_verify:
        'The book in this backup does not verify. It was not taken; nothing was changed. Choose another.',
    },
  },
};
