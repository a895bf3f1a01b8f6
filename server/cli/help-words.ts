import { sayBeside } from '../../shared/sentence.ts';

/** Words of `--help`. Both languages stand beside each other. */
const HELP = {
  program: { zh: '积善：村级道德银行的命令行', en: 'The command line of the village moral bank' },
  version: { zh: '版本', en: 'version' },
  help: { zh: '显示用法', en: 'show help' },
  help_of: { zh: '某个命令的用法', en: 'help for a command' },
  create_admin: { zh: '添加一位管理员', en: 'Add an administrator' },
  username: { zh: '用户名', en: 'user name' },
  name: { zh: '姓名，不写则同用户名', en: 'display name; the user name when left out' },
  reset_password: {
    zh: '给某人新密码，并结束其所有登录',
    en: 'Give somebody a new password and end their log-ins',
  },
  village: { zh: '村庄编号，只有一个村时不用写', en: 'the village, where there are several' },
  json: { zh: '输出 JSON', en: 'print JSON' },
  stdin: { zh: '密码从标准输入读', en: 'read the password from standard input' },
  village_name: { zh: '还没有村庄时，用这个村名建立', en: 'name of the village to make where there is none' },
  town: { zh: '所属乡镇', en: 'its town' },
  verify: {
    zh: '全部重算一遍，指出第一处不符',
    en: 'Recompute every book and name the first row that does not fit',
  },
  head: {
    zh: '别处（纸上、公示、手机）记着的末笔，账里必须有；可以写几个',
    en: 'a head known from elsewhere (paper, notice, phone) that the book must hold; may be repeated',
  },
  export: { zh: '导出整本账', en: 'Write the whole book for other programs' },
  format: { zh: '格式', en: 'format' },
  out: { zh: '写到文件，不写则打印', en: 'a file instead of standard output' },
  damaged: {
    zh: '账本核对不上，导出来看；不写进账里，只记在数据文件夹里',
    en: 'the book does not verify and is to be looked at: no act, a note in the data folder instead',
  },
  import_journal: { zh: '把导出的流水导入一本空账', en: 'Bring an exported journal into an empty book' },
  backup: {
    zh: '备份全部数据（服务器可以开着），并核对；不写文件名就放进备份文件夹',
    en: 'Back up everything, from a running server too, and check it; without a file, into the backup folder',
  },
  backups: { zh: '列出备份文件夹里的备份', en: 'List what the backup folder holds' },
  restore: { zh: '从备份恢复；核对不上的拒绝', en: 'Restore a backup; what does not verify is refused' },
  force: { zh: '替换已有的数据（旧的留在旁边）', en: 'replace what is there, keeping the old file beside' },
  move: {
    zh: '把 SQLite 账本搬到空的 PostgreSQL（先停服务器），核对后两边校验码相同',
    en: 'Copy the SQLite book to an empty PostgreSQL (server stopped); the heads are equal',
  },
  https: {
    zh: '给超市和村委的设备办安全连接（https）的证书；快到期、换了地址时再运行一次',
    en: 'Make the certificate for https of shop and office; run it again near its end or when the address changed',
  },
  cert: { zh: '村里另外办的证书文件（PEM）', en: 'a certificate that the village has (PEM)' },
  key: { zh: '它的私钥文件（PEM）', en: 'its key (PEM)' },
  own_certificate: {
    zh: '停用另外办的证书，改用自己办的',
    en: 'put that certificate away and use the one made here',
  },
  new_authority: {
    zh: '换新的根证书，每台设备都要重新安装',
    en: 'a new authority, which every device has to install again',
  },
  dry_run: { zh: '只试读，不写入', en: 'read only, write nothing' },
  import_roster: { zh: '导入花名册（.xlsx .xls .csv）', en: 'Import the roster' },
  import_balances: { zh: '导入期初积分', en: 'Import opening balances' },
  usage: { zh: '用法', en: 'Usage' },
  arguments: { zh: '参数', en: 'Arguments' },
  options: { zh: '选项', en: 'Options' },
  commands: { zh: '命令', en: 'Commands' },
  exit_codes: { zh: '退出码', en: 'exit codes' },
  'exit.0': { zh: '成功', en: 'done' },
  'exit.1': { zh: '核对不符或被规则拒绝', en: 'a check found something, or a rule refused' },
  'exit.2': { zh: '用法不对', en: 'usage' },
  'exit.3': { zh: '数据库打不开，可稍后再试', en: 'the database cannot be opened now' },
  'exit.70': { zh: '程序出错', en: 'our own mistake' },
  'exit.130': { zh: '被 Ctrl-C 中止', en: 'ended by Ctrl-C' },
  environment: { zh: '环境变量', en: 'environment' },
} as const;

export function help(code: keyof typeof HELP): string {
  return sayBeside(HELP, code);
}
