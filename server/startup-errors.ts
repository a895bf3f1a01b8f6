import { DamagedFile, FolderInUse, StoreBusy, StoreTroubled, UnknownSchema } from '../db/index.ts';
import { BookWentBack, NoteUnreadable } from './books/index.ts';
import { BadCertificate } from './https/index.ts';
import { CannotListen } from './listen.ts';
import { faultOf } from './redact-error.ts';
import { sayStartup, sayStartupBoth as say, StartupProblem } from './startup-sentences.ts';

interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

/**
 * Explains in both languages what the person at the machine can do about a failed start; null if the failure is our
 * mistake.
 */
export function adviceOn(error: unknown, place: Place): string | null {
  const { dataDir, databaseUrl } = place;
  if (error instanceof StartupProblem) return error.message;
  if (error instanceof UnknownSchema) return say(`schema.${error.reason}`);
  if (error instanceof FolderInUse)
    return say('folder_in_use', { process: error.processId, folder: error.folder });
  if (error instanceof BookWentBack) return wentBack(error, place);
  if (error instanceof NoteUnreadable) return say('note_unreadable', { note: error.notePath });
  if (error instanceof BadCertificate) return say(`certificate.${error.why}`, { file: error.file });
  if (error instanceof CannotListen) return notListening(error);
  const codes = codesIn(error);
  const is = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (error instanceof DamagedFile || is(/^SQLITE_(?:CORRUPT|NOTADB)/)) return damaged(error);
  if (is(/^(?:SQLITE_FULL|SQLITE_IOERR|ENOSPC|EDQUOT|53100)/)) return say('disk_full');
  if (is(/^(?:SQLITE_READONLY|SQLITE_CANTOPEN|EROFS|EPERM|25006)/))
    return say('read_only', { what: databaseUrl ? 'DATABASE_URL' : dataDir });
  if (is(/^EACCES/)) return say('no_access', { folder: dataDir });
  if (isAbout(error, dataDir)) return say('no_folder', { folder: dataDir, codes: codes.join(' ') });
  return databaseAdvice(error, is);
}

function databaseAdvice(error: unknown, is: (pattern: RegExp) => boolean): string | null {
  if (is(/^57P03/)) return say('database.starting');
  if (is(/^ERR_(?:INVALID_URL|SOCKET_BAD_PORT)/)) return say('database.url');
  if (is(/^(?:28|3D000)/) || says(error, /^SASL/)) return say('database.refused');
  if (is(/CERT|^(?:EPROTO|ERR_(?:TLS|SSL)|UNABLE_TO_)/) || says(error, /support SSL/))
    return say('database.tls');
  if (is(/^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|08|57P|53)/) || says(error, TIMED_OUT))
    return say('database.unreachable');
  if (error instanceof StoreBusy || is(/^SQLITE_(?:BUSY|LOCKED)/)) return say('database.busy');
  if (is(/^42501/)) return say('database.owner');
  // A statement does not fit the tables: a migration was done halfway by other hands.
  if (is(/^(?:SQLITE_ERROR|SQLITE_CONSTRAINT|42|23)/))
    return [say('database.not_upgraded'), faultOf(error).message].join('\n');
  return null;
}

function wentBack(
  { head: { name, number: noted, lastNumber: number, where } }: BookWentBack,
  { databaseUrl }: Place,
): string {
  const isShorter = number !== null && number < noted;
  const codes = [
    isShorter ? 'went_back.shorter' : 'went_back.gone',
    databaseUrl ? 'went_back.server' : 'went_back.file',
    'went_back.go_on',
  ] as const;
  return (['zh', 'en'] as const)
    .flatMap((language) => codes.map((code) => sayStartup(code, { name, noted, number, where }, language)))
    .join('\n');
}

function damaged(error: unknown): string {
  const path = error instanceof DamagedFile ? error.path : 'jishan.db';
  return [say('damaged', { path }), faultOf(error).message].join('\n');
}

function notListening({ code, at: { port, host, settings } }: CannotListen): string {
  if (code === 'EADDRINUSE') return say('port_in_use', { port, setting: settings.port });
  if (code === 'EACCES') return say('port_forbidden', { port, setting: settings.port });
  return say('no_address', { setting: settings.host, host, code });
}

/**
 * True for an error about the folder or a file in it: a file stands where the folder should be, or the disk is
 * missing.
 */
function isAbout(error: unknown, folder: string): boolean {
  return error instanceof Error && 'path' in error && String(error.path).startsWith(folder);
}

const TIMED_OUT = /timeout expired|timed out|Query read timeout/;

/** True if a message matches. Some errors of pg have no code. */
function says(error: unknown, what: RegExp): boolean {
  for (let inner = error; inner instanceof Error; inner = inner.cause)
    if (what.test(inner.message)) return true;
  return false;
}

/** The codes of an error and of what caused it. */
function codesIn(error: unknown): string[] {
  const codes: string[] = [];
  for (let inner = error; inner instanceof Error && codes.length < 10; inner = inner.cause) {
    if (inner instanceof StoreTroubled) codes.push(TROUBLE_CODES[inner.trouble]);
    if ('code' in inner) codes.push(String(inner.code));
  }
  return codes;
}

const TROUBLE_CODES = { full: 'ENOSPC', readonly: 'EROFS', damaged: 'SQLITE_CORRUPT' } as const;
