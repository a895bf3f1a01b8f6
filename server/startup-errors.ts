import { DamagedFile, FolderInUse, StoreBusy, StoreTroubled, UnknownSchema } from '../db/index.ts';
import { BookMoved, UpgradeStopped } from './backups/index.ts';
import { BookWentBack } from './books/index.ts';
import { BadSetting } from './config.ts';
import { CannotListen } from './listen.ts';
import { faultOf } from './redact-error.ts';

interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

/** What the person at the machine can do about a start that failed, in both languages; null where it is our mistake. */
export function adviceOn(error: unknown, place: Place): string | null {
  if (error instanceof BadSetting || error instanceof UnknownSchema) return error.message;
  if (error instanceof UpgradeStopped || error instanceof BookMoved) return error.message;
  if (error instanceof FolderInUse) return inUse(error);
  if (error instanceof BookWentBack) return wentBack(error, place);
  if (error instanceof CannotListen) return notListening(error);
  const codes = codesIn(error);
  const is = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (error instanceof DamagedFile || is(/^SQLITE_(?:CORRUPT|NOTADB)/)) return damaged(error);
  if (is(/^(?:SQLITE_FULL|SQLITE_IOERR|ENOSPC|EDQUOT|53100)/)) return FULL;
  if (is(/^(?:SQLITE_READONLY|SQLITE_CANTOPEN|EROFS|EPERM|25006)/)) return readOnly(place);
  if (is(/^EACCES/)) return noAccess(place);
  if (isAbout(error, place.dataDir)) return noFolder(place, codes);
  return databaseAdvice(error, is);
}

function databaseAdvice(error: unknown, is: (pattern: RegExp) => boolean): string | null {
  if (is(/^57P03/))
    return 'PostgreSQL 正在启动或恢复，请过一会儿再试。\nPostgreSQL is starting up or recovering; try again in a moment.';
  if (is(/^ERR_(?:INVALID_URL|SOCKET_BAD_PORT)/)) return NO_URL;
  if (is(/^(?:28|3D000)/) || says(error, /^SASL/))
    return 'PostgreSQL 不接受 DATABASE_URL 里的用户、密码或数据库名。\nPostgreSQL refuses the user, password or database named in DATABASE_URL.';
  if (is(/CERT|^(?:EPROTO|ERR_(?:TLS|SSL)|UNABLE_TO_)/) || says(error, /support SSL/)) return NO_TLS;
  if (is(/^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|08|57P|53)/) || says(error, TIMED_OUT))
    return '连不上 DATABASE_URL 指定的数据库。\nThe database named by DATABASE_URL cannot be reached.';
  if (error instanceof StoreBusy || is(/^SQLITE_(?:BUSY|LOCKED)/))
    return '数据库打不开，可能正被别的程序占用，请检查后再试。\nThe database cannot be opened, perhaps another program holds it; please check and try again.';
  if (is(/^42501/))
    return 'DATABASE_URL 里的用户在这个库里没有权限；库要归它所有（alter database 库名 owner to 用户）。\nThe user named in DATABASE_URL must own its database (alter database NAME owner to USER).';
  // A statement that does not fit the tables that are there: a step of the schema was done halfway by other hands.
  if (is(/^(?:SQLITE_ERROR|SQLITE_CONSTRAINT|42|23)/))
    return [
      '数据库升级没有做成，已全部退回，数据没有改动。表结构和迁移记录不符，可能有人改过；请从备份恢复，或联系开发者：',
      'Bringing the database up to date failed and was undone; nothing was changed. Its tables do not fit its list of migrations, perhaps somebody changed them; restore a backup, or ask the developers:',
      faultOf(error).message,
    ].join('\n');
  return null;
}

function inUse({ folder, processId }: FolderInUse): string {
  const zh = processId === null ? '' : `（进程号 ${String(processId)}）`;
  const en = processId === null ? '' : ` (process ${String(processId)})`;
  return [
    `另一个积善程序${zh}正在使用 ${folder}。请先停掉它，或用 DATA_DIR 换一个文件夹。`,
    `Another Jishan program${en} uses ${folder}. Stop it first, or choose another folder with DATA_DIR.`,
  ].join('\n');
}

function wentBack({ head, number, notePath }: BookWentBack, { databaseUrl }: Place): string {
  const lost = databaseUrl
    ? [
        '可能换上了落后的备用库或旧备份。',
        'Perhaps a standby that was behind, or an old backup, took its place.',
      ]
    : [
        '可能删掉了 jishan.db-wal，或换上了旧文件：请把原来的文件放回去，或从备份恢复（npx jishan restore；装成服务的用 jishan restore）。',
        'Perhaps jishan.db-wal was deleted, or an old file put in its place: put back what was there, or restore a backup (npx jishan restore; of a service, jishan restore).',
      ];
  const [nowZh, nowEn] =
    number === null
      ? ['现在却不是这本账', 'the database now holds another one, or none']
      : [`现在只到第 ${String(number)} 笔`, `it now ends at ${String(number)}`];
  return [
    `「${head.name}」的账记到第 ${String(head.number)} 笔，${nowZh}。没有启动，什么也没有改动。`,
    lost[0],
    `如果确实要从这里继续，请删除 ${notePath} 再启动。`,
    `The book of ${head.name} had reached entry ${String(head.number)}; ${nowEn}. Nothing was started or changed.`,
    lost[1],
    `If you mean to go on from here, delete ${notePath} and start again.`,
  ].join('\n');
}

function damaged(error: unknown): string {
  const path = error instanceof DamagedFile ? error.path : 'jishan.db';
  return [
    `数据库文件 ${path} 损坏。没有启动，也没有再写入。请先把它复制一份留着，再从备份恢复（npx jishan restore --force …；装成服务的用 jishan restore --force …）。`,
    `The database file ${path} is damaged. Nothing was started, and it is written no more. Keep a copy of it, then restore a backup (npx jishan restore --force …; of a service, jishan restore --force …).`,
    faultOf(error).message,
  ].join('\n');
}

const FULL =
  '磁盘满了或写不进去。请腾出地方再启动；已有的数据没有改动。\nThe disk is full or refuses to be written. Make room and start again; the data is as it was.';

function readOnly({ dataDir, databaseUrl }: Place): string {
  const what = databaseUrl ? 'DATABASE_URL' : dataDir;
  return `${what} 只能读，不能写。请检查权限和磁盘，再启动。\n${what} can only be read. Check its permissions and the disk, and start again.`;
}

function noAccess({ dataDir }: Place): string {
  return `没有权限使用数据文件夹 ${dataDir}。\nThe data folder ${dataDir} cannot be used: permission denied.`;
}

function notListening({ code, at }: CannotListen): string {
  const { port, host, settings } = at;
  if (code === 'EADDRINUSE')
    return `端口 ${port} 已被占用，可换一个：${settings.port}=8090 npm start\nPort ${port} is in use; choose another: ${settings.port}=8090 npm start`;
  if (code === 'EACCES')
    return `没有权限使用端口 ${port}（1024 以下的端口要特权），可换一个：${settings.port}=8090 npm start\nPort ${port} is not permitted (those below 1024 need privileges); choose another: ${settings.port}=8090 npm start`;
  return [
    `${settings.host}=${host} 不是这台机器的地址（${code}）。对所有人开放用 0.0.0.0，只给本机用 127.0.0.1。`,
    `${settings.host}=${host} is no address of this machine (${code}). Use 0.0.0.0 to be reached by everybody, 127.0.0.1 by this machine alone.`,
  ].join('\n');
}

/** Of the folder itself or what lies in it: a file stands where it should be, or the disk is not there. */
function isAbout(error: unknown, folder: string): boolean {
  return error instanceof Error && 'path' in error && String(error.path).startsWith(folder);
}

function noFolder({ dataDir }: Place, codes: readonly string[]): string {
  return [
    `数据文件夹 DATA_DIR=${dataDir} 用不了（${codes.join(' ')}），请检查路径。`,
    `The data folder DATA_DIR=${dataDir} cannot be used (${codes.join(' ')}); check the path.`,
  ].join('\n');
}

const NO_URL =
  'DATABASE_URL 写得不对，应为 postgres://用户:密码@主机:端口/库名。\nDATABASE_URL cannot be read; it should be postgres://user:password@host:port/name.';

const NO_TLS =
  '和 DATABASE_URL 的数据库谈不成加密连接：请检查 sslmode、sslrootcert 和数据库的证书。\nAn encrypted connection to the database of DATABASE_URL was refused: check sslmode, sslrootcert and the certificate of the database.';

const TIMED_OUT = /timeout expired|timed out|Query read timeout/;

/** What has no code: pg says some things in words alone. */
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
