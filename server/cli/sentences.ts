import type { BackupFaultCode } from '../backups/index.ts';
import { type Catalogue, type Language, say, type SayParams } from '../../shared/sentence.ts';

type Fault = Record<`fault.${BackupFaultCode}`, Readonly<Record<Language, string>>>;

const FAULTS = {
  'fault.not_a_backup': { zh: '这不是本程序的备份文件。', en: 'This is not a backup of this program.' },
  'fault.damaged': { zh: '备份文件不完整或被改动过。', en: 'The backup is incomplete or was changed.' },
  'fault.newer': { zh: '备份是更新版本的程序做的。', en: 'The backup was made by a newer version.' },
  'fault.trial': {
    zh: '这是试用版 0.1.0 做的备份。请用 0.1.0 恢复它，导出账本（jishan export --format journal），再用本程序导入（jishan import-journal）。',
    en: 'The trial version 0.1.0 made this backup. Restore it with 0.1.0, export the book (jishan export --format journal), and import that with this program (jishan import-journal).',
  },
  'fault.other_schema': {
    zh: '备份的表结构与本程序不符。',
    en: 'The backup’s schema is not one this program continues.',
  },
  'fault.made_elsewhere': {
    zh: '备份没有本服务器的记号。',
    en: 'The backup does not bear this server’s mark.',
  },
  'fault.does_not_verify': {
    zh: '备份里的账本核对不上，拒绝使用。',
    en: 'A book in the backup does not verify; it is refused.',
  },
  'fault.no_access': { zh: '文件或文件夹读写不了。', en: 'A file or folder cannot be read or written.' },
  'fault.no_space': { zh: '磁盘满了。请腾出地方再试。', en: 'The disk is full. Make room and try again.' },
  'fault.no_room': {
    zh: '磁盘剩下的地方不够：备份要打开核对，做完还要给账留地方。请腾出地方再试。',
    en: 'The disk has too little room: a backup is opened to verify it, and the books need some to go on. Make room and try again.',
  },
  'fault.no_copy': {
    zh: '备份已做好，但第二处（BACKUP_COPY_DIR）抄不过去。',
    en: 'The backup is made, but the second place (BACKUP_COPY_DIR) cannot be written.',
  },
  'fault.not_ours': {
    zh: '那里已有别的文件，没有覆盖。',
    en: 'Something else stands there; it was not overwritten.',
  },
  'fault.not_empty': {
    zh: '数据库里已有村庄。确实要替换请加 --force，原来的会留在旁边。',
    en: 'The database holds villages already. To replace it add --force; the old one is kept beside.',
  },
  'fault.unknown_schema': {
    zh: '数据库是别的版本的程序建的，没有改动。确实要换成这份备份请加 --force，原来的会原样留在旁边。',
    en: 'The database was made by another version of the program; nothing was changed. To replace it with this backup add --force; what is there is kept beside as it is.',
  },
  'fault.not_empty_postgres': {
    zh: 'PostgreSQL 里已有村庄，账本不能删除。请换一个空的数据库。',
    en: 'The PostgreSQL database holds villages, and a journal is never removed. Use an empty one.',
  },
  'fault.in_use': {
    zh: '服务器正在使用这个数据库。请先停下服务器。',
    en: 'A server is using this database. Stop it first.',
  },
  'fault.outcome_unknown': {
    zh: '到最后一步时断了，还不知道办成没有。请先看看账到了哪里（npx jishan verify），再决定要不要重来。',
    en: 'It was broken off at the last step, and whether it was done is not known. See how far the book goes (npx jishan verify) before you run it again.',
  },
  'fault.replaced': {
    zh: '程序文件换过了，服务器还是旧的。请重启服务器。',
    en: 'The program’s files were replaced under the server that runs. Restart the server.',
  },
} as const satisfies Fault;

/** The sentences of the command line. Refusals have theirs in shared/words.ts. */
const SENTENCES = {
  no_database: {
    zh: '这里没有数据库：{place}。请先运行 npm start，或用 DATA_DIR 指明数据文件夹。',
    en: 'There is no database at {place}. Run npm start first, or name its folder in DATA_DIR.',
  },
  cannot_open: {
    zh: '打不开数据库：{why}。没有改动任何东西，请稍后再试。',
    en: 'The database cannot be opened: {why}. Nothing was changed; try again later.',
  },
  no_village: {
    zh: '还没有村庄。请先在网页上建立，或用 --village-name 和 --town 在这里建立。',
    en: 'There is no village yet. Set one up in the browser, or make one here with --village-name and --town.',
  },
  many_villages: {
    zh: '有好几个村庄，请用 --village 指明：\n{list}',
    en: 'There are several villages; name one with --village:\n{list}',
  },
  unknown_village: { zh: '没有编号为 {id} 的村庄。', en: 'There is no village {id}.' },
  cannot_read: { zh: '读不了文件：{file}', en: 'Cannot read {file}' },
  cannot_write: { zh: '写不了文件：{file}', en: 'Cannot write {file}' },
  verified: {
    zh: '账本没有问题：{entries} 张凭证、{postings} 条分录，逐笔相符。末笔校验码 {head}',
    en: 'The book holds: {entries} entries and {postings} postings fit. Head {head}',
  },
  broken: {
    zh: '账本有不符，第一处：{table}[ 第 {number} 号凭证][ 第 {line} 行][ {account}]，检查项 {check}，应为 {expected}，实为 {found}',
    en: 'The book does not hold. First bad row: {table}[ entry {number}][ line {line}][ {account}], check {check}, expected {expected}, found {found}',
  },
  bad_head: {
    zh: '--head 写成“号:校验码”，校验码至少十六位，例如 120:3f5a9c01d2e4b678。读不懂：{text}',
    en: 'A head is written NUMBER:HASH with sixteen digits of the hash at least, such as 120:3f5a9c01d2e4b678. Not understood: {text}',
  },
  exported: { zh: '已写入 {file}', en: 'Written to {file}' },
  not_damaged: {
    zh: '这本账核对得上，什么都没有写出。不带 --damaged 再导出。',
    en: 'This book holds; nothing was written. Export it without --damaged.',
  },
  noted_export: {
    zh: '账本核对不上，这次导出没有写进账里，记在 {file}',
    en: 'The book does not hold, so this export is no entry of it; it is noted in {file}',
  },
  imported_journal: {
    zh: '已导入 {village}：末笔第 {number} 号，校验码 {hash}',
    en: 'Imported into {village}: head number {number}, hash {hash}',
  },
  paper: {
    zh: '读懂 {households} 户，重复 {duplicates} 行',
    en: '{households} households understood, {duplicates} duplicate rows',
  },
  dry_run: { zh: '这是试读，什么都没有写入。', en: 'A dry run: nothing was written.' },
  written: {
    zh: '新增 {created}，更新 {updated}，没有变化 {unchanged}，没有导入 {leftOut}',
    en: '{created} created, {updated} updated, {unchanged} unchanged, {leftOut} left out',
  },
  imported_village: { zh: '导入的村庄', en: 'Imported village' },
  interrupted: { zh: '已中止，什么都没有改动。', en: 'Stopped; nothing was changed.' },
  'phase.write': { zh: '写出', en: 'Writing' },
  'phase.read': { zh: '装入副本', en: 'Into a copy' },
  'phase.verify': { zh: '核对', en: 'Verifying' },
  'phase.load': { zh: '写入数据库', en: 'Into the database' },
  password: {
    zh: '用户名 {username}\n一次性密码 {password}\n第一次登录时要改成自己的密码。',
    en: 'User name {username}\nOne-time password {password}\nIt has to be changed at the first log-in.',
  },
  password_kept: { zh: '已设好 {username} 的密码。', en: 'The password of {username} is set.' },
  bad_username: {
    zh: '用户名是 3 到 32 个小写字母或数字，中间可以有 . _ -，以字母或数字开头。',
    en: 'A user name is 3 to 32 small letters or digits, with . _ - among them, and begins with a letter or digit.',
  },
  bad_name: {
    zh: '名称里要有看得见的字，最多 {most} 个字符。',
    en: 'A name has something that can be seen, and {most} characters at most.',
  },
  empty_password: { zh: '没有从标准输入读到密码。', en: 'No password came from standard input.' },
  backed_up: {
    zh: '备份完成并已核对：{file}，{rows} 行，{bytes} 字节',
    en: 'Backed up and verified: {file}, {rows} rows, {bytes} bytes',
  },
  shelved: {
    zh: '备份完成并已核对：{file}，{bytes} 字节',
    en: 'Backed up and verified: {file}, {bytes} bytes',
  },
  no_backups: { zh: '{folder} 里还没有备份。', en: 'There is no backup in {folder} yet.' },
  on_shelf: { zh: '{name}  {bytes} 字节', en: '{name}  {bytes} bytes' },
  copied: { zh: '第二处也有', en: 'in the second place too' },
  not_copied: { zh: '第二处没有', en: 'not in the second place' },
  head_on_shelf: { zh: '{village} 第 {number} 号 {hash}', en: '{village} number {number} {hash}' },
  backing_up_first: {
    zh: '新版本要改数据库，先备份并核对 …',
    en: 'The new version changes the database: backing up and verifying first …',
  },
  backed_up_first: { zh: '已备份：{name}', en: 'Backed up: {name}' },
  unmarked: {
    zh: '没有找到服务器的密钥（JISHAN_SECRET 或数据文件夹里的 secret），这份备份没有它的记号：已开始记账的村只能在命令行用它恢复。',
    en: 'The server’s secret was not found (JISHAN_SECRET, or the file secret in the data folder), so this backup does not bear its mark: a village that has begun can be restored from it by the command line only.',
  },
  restored: {
    zh: '恢复完成并已核对：{rows} 行。[原来的数据库留在 {aside}]',
    en: 'Restored and verified: {rows} rows. [The database before is kept at {aside}]',
  },
  made_here: {
    zh: '这份备份是用这台服务器的密钥做的。',
    en: 'The backup was made with this server’s secret.',
  },
  made_elsewhere: {
    zh: '这份备份没有这台服务器密钥的记号：请想清楚它从哪里来，看看管理员和卡对不对。',
    en: 'The backup does not bear the mark of this server’s secret: think where it comes from, and look whether its administrators and cards are right.',
  },
  which_database: {
    zh: '请写明 PostgreSQL 的地址：npx jishan move-to-postgres postgres://用户@主机/库名，或设好 DATABASE_URL。',
    en: 'Name the PostgreSQL database: npx jishan move-to-postgres postgres://user@host/name, or set DATABASE_URL.',
  },
  same_head: {
    zh: '{village}：两边末笔都是第 {number} 号，校验码 {hash}',
    en: '{village}: the head is entry {number} in both, hash {hash}',
  },
  moved: {
    zh: '已搬到 PostgreSQL 并核对：{rows} 行。接下来：启动时设好 DATABASE_URL，例如写进 /etc/jishan.env，再运行 npm start；\n几个进程共用一个库时，还要把数据文件夹里 secret 的内容设为 JISHAN_SECRET。',
    en: 'Moved to PostgreSQL and verified: {rows} rows. Now set DATABASE_URL for the server, in /etc/jishan.env for example, and run npm start;\nwhere several processes share one database, set JISHAN_SECRET to what the file secret in the data folder holds.',
  },
  old_book_marked: {
    zh: '{file} 没有改动，当作备份收好。旁边有 {marker}：有它在，不设 DATABASE_URL 就打不开旧账。',
    en: '{file} was not changed: keep it as a backup. Beside it lies {marker}: while it is there nothing opens the old book for want of DATABASE_URL.',
  },
  old_book_unmarked: {
    zh: '{file} 没有改动，当作备份收好。旁边的标记没有写成：不要再不设 DATABASE_URL 启动，那会在旧账上记账。',
    en: '{file} was not changed: keep it as a backup. The marker beside it could not be written: never start without DATABASE_URL again, which would book into the old book.',
  },
  'https.authority_made': {
    zh: '根证书和服务器的证书都办好了。',
    en: 'The authority and the certificate of this server are made.',
  },
  'https.renewed': {
    zh: '服务器的证书换新了；装过根证书的设备什么都不用做。',
    en: 'The certificate is renewed. Devices that installed the authority need nothing.',
  },
  'https.unchanged': {
    zh: '证书还有效，名字也齐，什么都没有改动。',
    en: 'The certificate is still good and has all names. Nothing was changed.',
  },
  'https.brought': { zh: '换上了您给的证书。', en: 'The certificate you gave is in use.' },
  'https.in_settings': {
    zh: '正在用 HTTPS_CERT 指明的证书，什么都没有改动；快到期时请换掉那个文件。',
    en: 'The certificate that HTTPS_CERT names is in use. Nothing was changed; replace that file before it ends.',
  },
  'https.brought_in_use': {
    zh: '正在用您给过的证书，什么都没有改动。换新的用 --cert 和 --key，改用自己办的用 --own。',
    en: 'The certificate you gave is in use. Nothing was changed. Give a new one with --cert and --key, or use the one made here with --own.',
  },
  'https.names': { zh: '名字和地址：{names}', en: 'Names and addresses: {names}' },
  'https.until': { zh: '用到：{day}', en: 'Good until: {day}' },
  'https.fingerprint': {
    zh: '根证书指纹（SHA-256，装的时候要对一遍）：\n  {sha256}',
    en: 'Fingerprint of the authority (SHA-256), to be compared when it is installed:\n  {sha256}',
  },
  'https.thumbprint': {
    zh: 'Windows 显示的是这个指纹（SHA-1）：\n  {sha1}',
    en: 'Windows shows this one (SHA-1):\n  {sha1}',
  },
  'https.opens_at': { zh: '安全连接的地址：{origin}', en: 'https at: {origin}' },
  'https.next': {
    zh: '接下来：在超市的平板和村委的电脑上打开 {page} ，照着做。农户的手机不用装。',
    en: 'Next: open {page} on the shop’s tablet and the office’s computers and follow it. Households’ phones need nothing.',
  },
  'https.off': {
    zh: 'HTTPS_PORT 设成了 off，服务器不开安全连接。',
    en: 'HTTPS_PORT is off: the server does not listen for https.',
  },
  'https.kept': {
    zh: '私钥在 {folder}，备份里没有：请和文件 secret 一起另存一份。',
    en: 'The keys are in {folder} and in no backup: keep a copy of it beside that of the file secret.',
  },
  'https.pair': {
    zh: '--cert 和 --key 要一起写。',
    en: '--cert and --key are given together.',
  },
  'https.not_together': {
    zh: '--cert 和 --key 不能和名字、--own、--new-authority 一起写。',
    en: '--cert and --key do not go with names, --own or --new-authority.',
  },
  'https.bad_name': {
    zh: '这不是名字，也不是地址：{name}。例如 jishan.lan 或 192.168.1.10。',
    en: 'Neither a name nor an address: {name}. Such as jishan.lan or 192.168.1.10.',
  },
  'https.beyond': {
    zh: '现有的根证书不能给这些名字签：{names}。什么都没有改动。要用它们请加 --new-authority，之后每台设备都要重新安装根证书。',
    en: 'The authority may not speak for {names}. Nothing was changed. To have them add --new-authority; then every device installs the authority again.',
  },
  'https.authority_ended': {
    zh: '根证书到期了（或者这台电脑的时间不对）。时间没错的，请加 --new-authority 换新的，之后每台设备都要重新安装。',
    en: 'The authority has ended, or this computer’s clock is wrong. If it is right add --new-authority; then every device installs it again.',
  },
  'https.ended': {
    zh: '这张证书已经到期，没有换上。',
    en: 'That certificate has ended; it was not taken.',
  },
  'https.broken': {
    zh: '{file} 损坏了，什么都没有改动。有备份的请放回去；没有的请加 --new-authority 换新的，之后每台设备都要重新安装。',
    en: '{file} is damaged; nothing was changed. Put a copy back, or add --new-authority; then every device installs the authority again.',
  },
  'https.file.unreadable': { zh: '读不了文件：{file}', en: 'Cannot read {file}' },
  'https.file.not_a_certificate': {
    zh: '{file} 不是 PEM 格式的证书。',
    en: '{file} is no certificate in PEM.',
  },
  'https.file.not_a_key': {
    zh: '{file} 不是没有密码的 PEM 格式私钥。',
    en: '{file} is no key in PEM without a password.',
  },
  'https.file.not_a_pair': {
    zh: '私钥 {file} 和证书不是一对。',
    en: 'The key {file} does not belong to the certificate.',
  },
  bug: {
    zh: '程序出错了，这是我们的问题。没有完成的不会留下半截。',
    en: 'The program failed; the mistake is ours. Nothing half done stays.',
  },
  ...FAULTS,
} as const satisfies Catalogue;

export type SentenceCode = keyof typeof SENTENCES;
/** Says a sentence in the language of the person who runs the command. */
export type Say = (code: SentenceCode, params?: SayParams) => string;

export function sayIn(language: Language): Say {
  return (code, params = {}) => say(SENTENCES, code, params, language);
}
