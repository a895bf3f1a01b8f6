import type { BackupFaultCode, Shelved } from '../backups/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import type { Language } from '../../shared/sentence.ts';

/** What the command line says, in Chinese and English. Refusals have their sentences in shared/messages. */
const zh = {
  noDatabase: (place: string) =>
    `这里没有数据库：${place}。请先运行 npm start，或用 DATA_DIR 指明数据文件夹。`,
  cannotOpen: (why: string) => `打不开数据库：${why}。没有改动任何东西，请稍后再试。`,
  noVillage: '还没有村庄。请先在网页上建立，或用 --village-name 和 --town 在这里建立。',
  manyVillages: (list: string) => `有好几个村庄，请用 --village 指明：\n${list}`,
  unknownVillage: (id: string) => `没有编号为 ${id} 的村庄。`,
  cannotRead: (file: string) => `读不了文件：${file}`,
  cannotWrite: (file: string) => `写不了文件：${file}`,
  verified: (entries: number, postings: number, head: string) =>
    `账本没有问题：${String(entries)} 张凭证、${String(postings)} 条分录，逐笔相符。末笔校验码 ${head}`,
  broken: (bad: BadRow) =>
    `账本有不符，第一处：${place(bad, zhPlace)}，检查项 ${bad.check}，应为 ${bad.expected}，实为 ${bad.found}`,
  exported: (file: string) => `已写入 ${file}`,
  importedJournal: (village: string, number: number, hash: string) =>
    `已导入 ${village}：末笔第 ${String(number)} 号，校验码 ${hash}`,
  paper: (n: number, duplicates: number) => `读懂 ${String(n)} 户，重复 ${String(duplicates)} 行`,
  dryRun: '这是试读，什么都没有写入。',
  written: (created: number, updated: number, unchanged: number, leftOut: number) =>
    `新增 ${String(created)}，更新 ${String(updated)}，没有变化 ${String(unchanged)}，没有导入 ${String(leftOut)}`,
  importedVillage: '导入的村庄',
  interrupted: '已中止，什么都没有改动。',
  phases: { write: '写出', read: '装入副本', verify: '核对', load: '写入数据库' },
  password: (username: string, password: string) =>
    `用户名 ${username}\n一次性密码 ${password}\n第一次登录时要改成自己的密码。`,
  passwordKept: (username: string) => `已设好 ${username} 的密码。`,
  badUsername: '用户名是 3 到 32 个小写字母或数字，中间可以有 . _ -，以字母或数字开头。',
  badName: (max: number) => `名称里要有看得见的字，最多 ${String(max)} 个字符。`,
  emptyPassword: '没有从标准输入读到密码。',
  backedUp: (file: string, rows: number, bytes: number) =>
    `备份完成并已核对：${file}，${String(rows)} 行，${String(bytes)} 字节`,
  shelved: (file: string, bytes: number) => `备份完成并已核对：${file}，${String(bytes)} 字节`,
  noBackups: (folder: string) => `${folder} 里还没有备份。`,
  onShelf: (one: Shelved) =>
    [
      one.name,
      `${String(one.bytes)} 字节`,
      one.isCopied === null ? '' : one.isCopied ? '第二处也有' : '第二处没有',
      ...one.books.map(({ name, number, hash }) => `${name} 第 ${String(number)} 号 ${hash.slice(0, 16)}`),
    ]
      .filter((part) => part !== '')
      .join('  '),
  backingUpFirst: '新版本要改数据库，先备份并核对 …',
  backedUpFirst: (name: string) => `已备份：${name}`,
  unmarked:
    '没有找到服务器的密钥（JISHAN_SECRET 或数据文件夹里的 secret），这份备份没有它的记号：已开始记账的村只能在命令行用它恢复。',
  restored: (rows: number, aside: string | null, isMadeHere: boolean) =>
    [
      `恢复完成并已核对：${String(rows)} 行。${aside === null ? '' : `原来的数据库留在 ${aside}`}`,
      isMadeHere
        ? '这份备份是用这台服务器的密钥做的。'
        : '这份备份没有这台服务器密钥的记号：请想清楚它从哪里来，看看管理员和卡对不对。',
    ].join('\n'),
  whichDatabase:
    '请写明 PostgreSQL 的地址：npx jishan move-to-postgres postgres://用户@主机/库名，或设好 DATABASE_URL。',
  sameHead: (village: string, number: number, hash: string) =>
    `${village}：两边末笔都是第 ${String(number)} 号，校验码 ${hash}`,
  moved: (rows: number, file: string, marker: string | null) =>
    [
      `已搬到 PostgreSQL 并核对：${String(rows)} 行。接下来：启动时设好 DATABASE_URL，例如写进 /etc/jishan.env，再运行 npm start；`,
      '几个进程共用一个库时，还要把数据文件夹里 secret 的内容设为 JISHAN_SECRET。',
      marker === null
        ? `${file} 没有改动，当作备份收好。旁边的标记没有写成：不要再不设 DATABASE_URL 启动，那会在旧账上记账。`
        : `${file} 没有改动，当作备份收好。旁边有 ${marker}：有它在，不设 DATABASE_URL 就打不开旧账。`,
    ].join('\n'),
  fault: {
    not_a_backup: '这不是本程序的备份文件。',
    damaged: '备份文件不完整或被改动过。',
    newer: '备份是更新版本的程序做的。',
    trial:
      '这是试用版 0.1.0 做的备份。请用 0.1.0 恢复它，导出账本（jishan export --format journal），再用本程序导入（jishan import-journal）。',
    other_schema: '备份的表结构与本程序不符。',
    made_elsewhere: '备份没有本服务器的记号。',
    does_not_verify: '备份里的账本核对不上，拒绝使用。',
    no_access: '文件或文件夹读写不了。',
    no_space: '磁盘满了。请腾出地方再试。',
    no_room: '磁盘剩下的地方不够：备份要打开核对，做完还要给账留地方。请腾出地方再试。',
    no_copy: '备份已做好，但第二处（BACKUP_COPY_DIR）抄不过去。',
    not_ours: '那里已有别的文件，没有覆盖。',
    not_empty: '数据库里已有村庄。确实要替换请加 --force，原来的会留在旁边。',
    unknown_schema:
      '数据库是别的版本的程序建的，没有改动。确实要换成这份备份请加 --force，原来的会原样留在旁边。',
    not_empty_postgres: 'PostgreSQL 里已有村庄，账本不能删除。请换一个空的数据库。',
    in_use: '服务器正在使用这个数据库。请先停下服务器。',
    outcome_unknown:
      '到最后一步时断了，还不知道办成没有。请先看看账到了哪里（npx jishan verify），再决定要不要重来。',
    replaced: '程序文件换过了，服务器还是旧的。请重启服务器。',
  } satisfies Record<BackupFaultCode, string>,
  bug: '程序出错了，这是我们的问题。没有完成的不会留下半截。',
};

const en: typeof zh = {
  noDatabase: (place) =>
    `There is no database at ${place}. Run npm start first, or name its folder in DATA_DIR.`,
  cannotOpen: (why) => `The database cannot be opened: ${why}. Nothing was changed; try again later.`,
  noVillage:
    'There is no village yet. Set one up in the browser, or make one here with --village-name and --town.',
  manyVillages: (list) => `There are several villages; name one with --village:\n${list}`,
  unknownVillage: (id) => `There is no village ${id}.`,
  cannotRead: (file) => `Cannot read ${file}`,
  cannotWrite: (file) => `Cannot write ${file}`,
  verified: (entries, postings, head) =>
    `The book holds: ${String(entries)} entries and ${String(postings)} postings fit. Head ${head}`,
  broken: (bad) =>
    `The book does not hold. First bad row: ${place(bad, enPlace)}, check ${bad.check}, expected ${bad.expected}, found ${bad.found}`,
  exported: (file) => `Written to ${file}`,
  importedJournal: (village, number, hash) =>
    `Imported into ${village}: head number ${String(number)}, hash ${hash}`,
  paper: (n, duplicates) => `${String(n)} households understood, ${String(duplicates)} duplicate rows`,
  dryRun: 'A dry run: nothing was written.',
  written: (created, updated, unchanged, leftOut) =>
    `${String(created)} created, ${String(updated)} updated, ${String(unchanged)} unchanged, ${String(leftOut)} left out`,
  importedVillage: 'Imported village',
  interrupted: 'Stopped; nothing was changed.',
  phases: { write: 'Writing', read: 'Into a copy', verify: 'Verifying', load: 'Into the database' },
  password: (username, password) =>
    `User name ${username}\nOne-time password ${password}\nIt has to be changed at the first log-in.`,
  passwordKept: (username) => `The password of ${username} is set.`,
  badUsername:
    'A user name is 3 to 32 small letters or digits, with . _ - among them, and begins with a letter or digit.',
  badName: (max) => `A name has something that can be seen, and ${String(max)} characters at most.`,
  emptyPassword: 'No password came from standard input.',
  backedUp: (file, rows, bytes) =>
    `Backed up and verified: ${file}, ${String(rows)} rows, ${String(bytes)} bytes`,
  shelved: (file, bytes) => `Backed up and verified: ${file}, ${String(bytes)} bytes`,
  noBackups: (folder) => `There is no backup in ${folder} yet.`,
  onShelf: (one) =>
    [
      one.name,
      `${String(one.bytes)} bytes`,
      one.isCopied === null ? '' : one.isCopied ? 'in the second place too' : 'not in the second place',
      ...one.books.map(({ name, number, hash }) => `${name} number ${String(number)} ${hash.slice(0, 16)}`),
    ]
      .filter((part) => part !== '')
      .join('  '),
  backingUpFirst: 'The new version changes the database: backing up and verifying first …',
  backedUpFirst: (name) => `Backed up: ${name}`,
  unmarked:
    'The server’s secret was not found (JISHAN_SECRET, or the file secret in the data folder), so this backup does not bear its mark: a village that has begun can be restored from it by the command line only.',
  restored: (rows, aside, isMadeHere) =>
    [
      `Restored and verified: ${String(rows)} rows. ${aside === null ? '' : `The database before is kept at ${aside}`}`,
      isMadeHere
        ? 'The backup was made with this server’s secret.'
        : 'The backup does not bear the mark of this server’s secret: think where it comes from, and look whether its administrators and cards are right.',
    ].join('\n'),
  whichDatabase:
    'Name the PostgreSQL database: npx jishan move-to-postgres postgres://user@host/name, or set DATABASE_URL.',
  sameHead: (village, number, hash) =>
    `${village}: the head is entry ${String(number)} in both, hash ${hash}`,
  moved: (rows, file, marker) =>
    [
      `Moved to PostgreSQL and verified: ${String(rows)} rows. Now set DATABASE_URL for the server, in /etc/jishan.env for example, and run npm start;`,
      'where several processes share one database, set JISHAN_SECRET to what the file secret in the data folder holds.',
      marker === null
        ? `${file} was not changed: keep it as a backup. The marker beside it could not be written: never start without DATABASE_URL again, which would book into the old book.`
        : `${file} was not changed: keep it as a backup. Beside it lies ${marker}: while it is there nothing opens the old book for want of DATABASE_URL.`,
    ].join('\n'),
  fault: {
    not_a_backup: 'This is not a backup of this program.',
    damaged: 'The backup is incomplete or was changed.',
    newer: 'The backup was made by a newer version.',
    trial:
      'The trial version 0.1.0 made this backup. Restore it with 0.1.0, export the book (jishan export --format journal), and import that with this program (jishan import-journal).',
    other_schema: 'The backup’s schema is not one this program continues.',
    made_elsewhere: 'The backup does not bear this server’s mark.',
    does_not_verify: 'A book in the backup does not verify; it is refused.',
    no_access: 'A file or folder cannot be read or written.',
    no_space: 'The disk is full. Make room and try again.',
    no_room:
      'The disk has too little room: a backup is opened to verify it, and the books need some to go on. Make room and try again.',
    no_copy: 'The backup is made, but the second place (BACKUP_COPY_DIR) cannot be written.',
    not_ours: 'Something else stands there; it was not overwritten.',
    not_empty: 'The database holds villages already. To replace it add --force; the old one is kept beside.',
    unknown_schema:
      'The database was made by another version of the program; nothing was changed. To replace it with this backup add --force; what is there is kept beside as it is.',
    not_empty_postgres:
      'The PostgreSQL database holds villages, and a journal is never removed. Use an empty one.',
    in_use: 'A server is using this database. Stop it first.',
    outcome_unknown:
      'It was broken off at the last step, and whether it was done is not known. See how far the book goes (npx jishan verify) before you run it again.',
    replaced: 'The program’s files were replaced under the server that runs. Restart the server.',
  },
  bug: 'The program failed; the mistake is ours. Nothing half done stays.',
};

export type CliWords = typeof zh;

export function wordsIn(language: Language): CliWords {
  return language === 'zh' ? zh : en;
}

interface PlaceWords {
  entry(number: number): string;
  line(line: number): string;
}

const zhPlace: PlaceWords = {
  entry: (number) => `第 ${String(number)} 号凭证`,
  line: (line) => `第 ${String(line)} 行`,
};
const enPlace: PlaceWords = {
  entry: (number) => `entry ${String(number)}`,
  line: (line) => `line ${String(line)}`,
};

function place({ table, number, line, accountId }: BadRow, words: PlaceWords): string {
  const parts = [table];
  if (number !== null) parts.push(words.entry(number));
  if (line !== null) parts.push(words.line(line));
  if (accountId !== null) parts.push(accountId);
  return parts.join(' ');
}
