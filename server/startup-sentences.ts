import { type Catalogue, type Language, say, sayBoth, type SayParams } from '../shared/sentence.ts';

/** The sentences about a server that does not start, which the command line uses for the same errors. */
const SENTENCES = {
  'setting.secret_short': {
    zh: 'JISHAN_SECRET 太短，至少 {least} 个字符。',
    en: 'JISHAN_SECRET is too short: {least} characters at least.',
  },
  'setting.backup_hour': {
    zh: 'BACKUP_HOUR 应为 0 到 23 的整数。',
    en: 'BACKUP_HOUR must be a whole number from 0 to 23.',
  },
  'setting.megabytes': { zh: '{name} 应为正整数（MB）。', en: '{name} must be a whole number of MB.' },
  'setting.port': {
    zh: '{name} 应为 0 到 65535 的整数。',
    en: '{name} must be a whole number from 0 to 65535.',
  },
  'setting.https_pair': {
    zh: 'HTTPS_CERT 和 HTTPS_KEY 要一起设：证书文件和它的私钥文件。',
    en: 'HTTPS_CERT and HTTPS_KEY are set together: the file of the certificate and that of its key.',
  },
  'certificate.unreadable': {
    zh: '读不了证书或私钥的文件 {file}。请检查 HTTPS_CERT、HTTPS_KEY 和文件的权限。',
    en: 'The file {file} of the certificate or key cannot be read. Check HTTPS_CERT, HTTPS_KEY and its permissions.',
  },
  'certificate.not_a_certificate': {
    zh: '{file} 不是 PEM 格式的证书（以 -----BEGIN CERTIFICATE----- 开头）。',
    en: '{file} is no certificate in PEM (it begins with -----BEGIN CERTIFICATE-----).',
  },
  'certificate.not_a_key': {
    zh: '{file} 不是没有密码的 PEM 格式私钥（以 -----BEGIN PRIVATE KEY----- 开头）。',
    en: '{file} is no key in PEM without a password (it begins with -----BEGIN PRIVATE KEY-----).',
  },
  'certificate.not_a_pair': {
    zh: '私钥 {file} 和证书不是一对。',
    en: 'The key {file} does not belong to the certificate.',
  },
  'setting.trust_proxy': {
    zh: 'TRUST_PROXY 应为代理的个数（1）或地址（10.0.0.2）。',
    en: 'TRUST_PROXY must be how many proxies stand in front (1), or their addresses (10.0.0.2).',
  },
  'setting.log_level': { zh: 'LOG_LEVEL 应为 {levels} 之一。', en: 'LOG_LEVEL must be one of {levels}.' },
  'setting.public_url': {
    zh: 'PUBLIC_URL 应为 http:// 或 https:// 开头的地址。',
    en: 'PUBLIC_URL must be an http:// or https:// address.',
  },
  'schema.trial': {
    zh: '这是试用版 0.1.0 的数据，没有改动。请用 0.1.0 导出账本（jishan export --format journal --out 账本.journal），换一个空的数据库启动本程序，再导入（jishan import-journal 账本.journal）。',
    en: 'This is data of the trial version 0.1.0; nothing was changed. Export its book with 0.1.0 (jishan export --format journal --out book.journal), start this program on an empty database, and import it (jishan import-journal book.journal).',
  },
  'schema.newer': {
    zh: '数据库是更新版本的程序建的。请换上那个版本或更新的程序；数据没有改动。',
    en: 'The database was made by a newer version of this program. Start that version or a newer one; nothing was changed.',
  },
  'schema.edited': {
    zh: '数据库的迁移记录与本程序不符。请换上建它的那个版本；数据没有改动。',
    en: 'The database was made with other migrations than this program has. Start the version that made it; nothing was changed.',
  },
  'schema.foreign': {
    zh: '这个数据库里是别的程序的数据，没有改动。请检查 DATA_DIR 或 DATABASE_URL，换一个空的数据库。',
    en: 'This database holds another program’s tables; nothing was changed. Check DATA_DIR or DATABASE_URL, and use an empty database.',
  },
  upgrade_stopped: {
    zh: '升级前的备份没有做成（{why}），数据库没有改动，程序没有启动。请先解决（磁盘空间、权限，或账本核对），再启动。',
    en: 'The backup before the upgrade failed ({why}); the database was not changed and the program did not start. Mend that first (space, permissions, or the book itself), then start again.',
  },
  book_moved: {
    zh: '这本账已[于 {at} ]搬到 PostgreSQL，{file} 是搬走前的旧账，没有打开。请设好 DATABASE_URL；确实要回到旧账，请删除 {marker}。',
    en: 'This book was moved to PostgreSQL[ on {at}]; {file} is the old one and was not opened. Set DATABASE_URL; if you mean to go back to the old book, remove {marker}.',
  },
  folder_in_use: {
    zh: '另一个积善程序[（进程号 {process}）]正在使用 {folder}。请先停掉它，或用 DATA_DIR 换一个文件夹。',
    en: 'Another Jishan program[ (process {process})] uses {folder}. Stop it first, or choose another folder with DATA_DIR.',
  },
  'went_back.shorter': {
    zh: '「{name}」的账记到第 {noted} 笔，现在只到第 {number} 笔。没有启动，什么也没有改动。',
    en: 'The book of {name} had reached entry {noted}; it now ends at {number}. Nothing was started or changed.',
  },
  'went_back.gone': {
    zh: '「{name}」的账记到第 {noted} 笔，现在却不是这本账。没有启动，什么也没有改动。',
    en: 'The book of {name} had reached entry {noted}; the database now holds another one, or none. Nothing was started or changed.',
  },
  'went_back.server': {
    zh: '可能换上了落后的备用库或旧备份。',
    en: 'Perhaps a standby that was behind, or an old backup, took its place.',
  },
  'went_back.file': {
    zh: '可能删掉了 jishan.db-wal，或换上了旧文件：请把原来的文件放回去，或从备份恢复（npx jishan restore；装成服务的用 jishan restore）。',
    en: 'Perhaps jishan.db-wal was deleted, or an old file put in its place: put back what was there, or restore a backup (npx jishan restore; of a service, jishan restore).',
  },
  'went_back.go_on': {
    zh: '这是从 {where} 知道的。如果确实要从这里继续，请设 BOOK_MAY_GO_BACK=1 启动一次；账里会记下这件事。',
    en: 'That is known from {where}. If you mean to go on from here, start once with BOOK_MAY_GO_BACK=1; the book will say so.',
  },
  note_unreadable: {
    zh: '{note} 在，却读不出来：看不出账本有没有少。没有启动，什么也没有改动。请把原来的文件放回去，或先用 npx jishan verify --head 对照纸上的末笔；确实要继续，请设 BOOK_MAY_GO_BACK=1 启动一次，账里会记下这件事。',
    en: '{note} is there and cannot be read, so nobody can tell whether the book lost entries. Nothing was started or changed. Put back what was there, or compare the book with a head on paper first (npx jishan verify --head); if you mean to go on, start once with BOOK_MAY_GO_BACK=1, and the book will say so.',
  },
  guards_changed: {
    zh: '数据库里保护账本的触发器少了、改了或停用了：{names}。没有启动，什么也没有改动。可能有人动过数据库：请先核对（npx jishan verify）；账没有问题的，备份一份（npx jishan backup 文件）再恢复它（npx jishan restore --force 文件），触发器随之重建，什么也不少；有问题的，恢复以前的备份。装成服务的用 jishan。',
    en: 'Triggers that guard the book are missing, changed or switched off: {names}. Nothing was started or changed; perhaps somebody was at the database. Verify the book (npx jishan verify). If it holds, make a backup (npx jishan backup FILE) and restore it (npx jishan restore --force FILE), which makes the triggers anew and loses nothing; if it does not, restore an earlier one. Of a service, jishan.',
  },
  damaged: {
    zh: '数据库文件 {path} 损坏。没有启动，也没有再写入。请先把它复制一份留着，再从备份恢复（npx jishan restore --force …；装成服务的用 jishan restore --force …）。',
    en: 'The database file {path} is damaged. Nothing was started, and it is written no more. Keep a copy of it, then restore a backup (npx jishan restore --force …; of a service, jishan restore --force …).',
  },
  disk_full: {
    zh: '磁盘满了或写不进去。请腾出地方再启动；已有的数据没有改动。',
    en: 'The disk is full or refuses to be written. Make room and start again; the data is as it was.',
  },
  read_only: {
    zh: '{what} 只能读，不能写。请检查权限和磁盘，再启动。',
    en: '{what} can only be read. Check its permissions and the disk, and start again.',
  },
  no_access: {
    zh: '没有权限使用数据文件夹 {folder}。',
    en: 'The data folder {folder} cannot be used: permission denied.',
  },
  no_folder: {
    zh: '数据文件夹 DATA_DIR={folder} 用不了（{codes}），请检查路径。',
    en: 'The data folder DATA_DIR={folder} cannot be used ({codes}); check the path.',
  },
  port_in_use: {
    zh: '端口 {port} 已被占用，可换一个：{setting}=8090 npm start',
    en: 'Port {port} is in use; choose another: {setting}=8090 npm start',
  },
  port_forbidden: {
    zh: '没有权限使用端口 {port}（1024 以下的端口要特权），可换一个：{setting}=8090 npm start',
    en: 'Port {port} is not permitted (those below 1024 need privileges); choose another: {setting}=8090 npm start',
  },
  no_address: {
    zh: '{setting}={host} 不是这台机器的地址（{code}）。对所有人开放用 0.0.0.0，只给本机用 127.0.0.1。',
    en: '{setting}={host} is no address of this machine ({code}). Use 0.0.0.0 to be reached by everybody, 127.0.0.1 by this machine alone.',
  },
  'database.starting': {
    zh: 'PostgreSQL 正在启动或恢复，请过一会儿再试。',
    en: 'PostgreSQL is starting up or recovering; try again in a moment.',
  },
  'database.url': {
    zh: 'DATABASE_URL 写得不对，应为 postgres://用户:密码@主机:端口/库名。',
    en: 'DATABASE_URL cannot be read; it should be postgres://user:password@host:port/name.',
  },
  'database.refused': {
    zh: 'PostgreSQL 不接受 DATABASE_URL 里的用户、密码或数据库名。',
    en: 'PostgreSQL refuses the user, password or database named in DATABASE_URL.',
  },
  'database.tls': {
    zh: '和 DATABASE_URL 的数据库谈不成加密连接：请检查 sslmode、sslrootcert 和数据库的证书。',
    en: 'An encrypted connection to the database of DATABASE_URL was refused: check sslmode, sslrootcert and the certificate of the database.',
  },
  'database.unreachable': {
    zh: '连不上 DATABASE_URL 指定的数据库。',
    en: 'The database named by DATABASE_URL cannot be reached.',
  },
  'database.busy': {
    zh: '数据库打不开，可能正被别的程序占用，请检查后再试。',
    en: 'The database cannot be opened, perhaps another program holds it; please check and try again.',
  },
  'database.owner': {
    zh: 'DATABASE_URL 里的用户在这个库里没有权限；库要归它所有（alter database 库名 owner to 用户）。',
    en: 'The user named in DATABASE_URL must own its database (alter database NAME owner to USER).',
  },
  'database.not_upgraded': {
    zh: '数据库升级没有做成，已全部退回，数据没有改动。表结构和迁移记录不符，可能有人改过；请从备份恢复，或联系开发者：',
    en: 'Bringing the database up to date failed and was undone; nothing was changed. Its tables do not fit its list of migrations, perhaps somebody changed them; restore a backup, or ask the developers:',
  },
} as const satisfies Catalogue;

export type StartupCode = keyof typeof SENTENCES;

/** Says it in one language. */
export function sayStartup(code: StartupCode, params: SayParams, language: Language): string {
  return say(SENTENCES, code, params, language);
}

/** Says it in both languages, one under the other. */
export function sayStartupBoth(code: StartupCode, params: SayParams = {}): string {
  return sayBoth(SENTENCES, code, params);
}

/**
 * The reason why the program does not start, for the person at the machine to mend. Its message is in both languages.
 */
export class StartupProblem extends Error {
  readonly code: StartupCode;
  readonly params: SayParams;

  constructor(code: StartupCode, params: SayParams = {}, options?: ErrorOptions) {
    super(sayStartupBoth(code, params), options);
    this.name = 'StartupProblem';
    this.code = code;
    this.params = params;
  }
}
