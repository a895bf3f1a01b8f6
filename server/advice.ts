import process from 'node:process';
import { DamagedFile, FolderInUse, StoreBusy, StoreTroubled, UnknownSchema } from '../db/index.ts';
import { UpgradeStopped } from './backup/index.ts';
import { BookWentBack } from './books/index.ts';
import { BadSetting } from './config.ts';

interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

/** What the person at the machine can do about a start that failed, in both languages; null where it is our mistake. */
export function adviceOn(error: unknown, place: Place): string | null {
  if (error instanceof BadSetting || error instanceof UnknownSchema) return error.message;
  if (error instanceof UpgradeStopped) return error.message;
  if (error instanceof FolderInUse) return inUse(error);
  if (error instanceof BookWentBack) return wentBack(error, place);
  const codes = codesIn(error);
  const is = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (error instanceof DamagedFile || is(/^SQLITE_(?:CORRUPT|NOTADB)/)) return damaged(error);
  if (is(/^(?:SQLITE_FULL|SQLITE_IOERR|ENOSPC|EDQUOT|53100)/)) return FULL;
  if (is(/^(?:SQLITE_READONLY|SQLITE_CANTOPEN|EROFS|EPERM|25006)/)) return readOnly(place);
  if (is(/^EACCES/)) return noAccess(place);
  if (is(/^EADDRINUSE/)) return portTaken(error);
  return databaseAdvice(error, is);
}

function databaseAdvice(error: unknown, is: (pattern: RegExp) => boolean): string | null {
  if (is(/^57P03/))
    return 'PostgreSQL 正在启动或恢复，请过一会儿再试。\nPostgreSQL is starting up or recovering; try again in a moment.';
  if (is(/^(?:28|3D000)/))
    return 'PostgreSQL 不接受 DATABASE_URL 里的用户、密码或数据库名。\nPostgreSQL refuses the user, password or database named in DATABASE_URL.';
  if (is(/^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|08|57P|53)/) || isTimeout(error))
    return '连不上 DATABASE_URL 指定的数据库。\nThe database named by DATABASE_URL cannot be reached.';
  if (error instanceof StoreBusy || is(/^SQLITE_(?:BUSY|LOCKED)/))
    return '数据库打不开，可能正被别的程序占用，请检查后再试。\nThe database cannot be opened, perhaps another program holds it; please check and try again.';
  // A statement that does not fit the tables that are there: a step of the schema was done halfway by other hands.
  if (is(/^(?:SQLITE_ERROR|SQLITE_CONSTRAINT|42|23)/))
    return [
      '数据库升级没有做成，已全部退回，数据没有改动。表结构和迁移记录不符，可能有人改过；请从备份恢复，或联系开发者：',
      'Bringing the database up to date failed and was undone; nothing was changed. Its tables do not fit its list of migrations, perhaps somebody changed them; restore a backup, or ask the developers:',
      messageOf(error),
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
    messageOf(error),
  ].join('\n');
}

const FULL =
  '磁盘满了或写不进去。请腾出地方再启动；已有的数据没有改动。\nThe disk is full or refuses to be written. Make room and start again; the data is as it was.';

function readOnly({ dataDir, databaseUrl }: Place): string {
  const what = databaseUrl ? 'DATABASE_URL' : dataDir;
  return `${what} 只能读，不能写。请检查权限和磁盘，再启动。\n${what} can only be read. Check its permissions and the disk, and start again.`;
}

function noAccess({ dataDir }: Place): string {
  return `没有权限（端口 ${port()} 或数据文件夹 ${dataDir}）。\nPermission denied (port ${port()} or the data folder ${dataDir}).`;
}

function portTaken(error: unknown): string {
  const taken = error instanceof Error && 'port' in error ? String(error.port) : port();
  return `端口 ${taken} 已被占用，可换一个：PORT=8090 npm start\nPort ${taken} is in use; choose another: PORT=8090 npm start`;
}

function port(): string {
  return process.env.PORT || '8080';
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout expired|timed out|Query read timeout/.test(error.message);
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
