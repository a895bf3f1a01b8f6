import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { Command, CommanderError, Option } from 'commander';
import { exportFormat } from '../../shared/ledger/export-format.ts';
import { readVersion } from '../version.ts';
import {
  backupCommand,
  type BackupFlags,
  backupsCommand,
  moveCommand,
  restoreCommand,
  type RestoreFlags,
} from './backups.ts';
import {
  exportCommand,
  type ExportFlags,
  importJournalCommand,
  type ImportJournalFlags,
  verifyCommand,
  type VerifyFlags,
} from './books.ts';
import { type CliDesk, openDesk, type Streams } from './desk.ts';
import { paperCommand, type PaperFlags } from './papers.ts';
import { type AdminFlags, createAdminCommand, type PasswordFlags, resetPasswordCommand } from './people.ts';
import { EXIT, explain, type ExitCode } from './problems.ts';
import { helpTitle, usageError } from './usage.ts';

const projectFolder = join(import.meta.dirname, '../..');

const ENDING = `
退出码 / exit codes:
    0  成功 / done
    1  核对不符或被规则拒绝 / a check found something, or a rule refused
    2  用法不对 / usage
    3  数据库打不开，可稍后再试 / the database cannot be opened now
   70  程序出错 / our own mistake
  130  被 Ctrl-C 中止 / ended by Ctrl-C
环境变量 / environment:
  DATA_DIR, DATABASE_URL, BACKUP_DIR, BACKUP_COPY_DIR, JISHAN_SECRET, JISHAN_SECRET_PREVIOUS, CLOCK_MAY_GO_BACK, LANG
`;

/** The command line: runs one command and gives the exit code. */
export async function run(
  args: readonly string[],
  env = process.env,
  streams: Streams = terminal(),
): Promise<ExitCode> {
  const version = readVersion();
  const desk = openDesk(env, projectFolder, version, streams);
  let outcome: ExitCode = EXIT.ok;
  const program = commands(desk, version, (code) => {
    outcome = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return outcome;
  } catch (error) {
    // Help and version end here too, with 0. Commander has already printed its own refusals.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return explain(desk, error);
  }
}

function terminal(): Streams {
  // The reader of the output may close it, as in `jishan export … | head`. The code that awaits `out` sees that
  // error, so it is ignored here.
  process.stdout.on('error', () => undefined);
  return {
    out: (words) => {
      const written = new Promise<void>((resolve, reject) => {
        process.stdout.write(words, (error) => (error ? reject(error) : resolve()));
      });
      written.catch(() => undefined);
      return written;
    },
    note: (words) => void process.stderr.write(`${words}\n`),
    readStdin: () => text(process.stdin),
  };
}

function commands(desk: CliDesk, version: string, done: (code: ExitCode) => void): Command {
  const program = new Command('jishan')
    .description('积善：村级道德银行的命令行 / The command line of the village moral bank')
    .version(version, '-V, --version', '版本 / version')
    .helpOption('-h, --help', '显示用法 / show help')
    .helpCommand('help [command]', '某个命令的用法 / help for a command')
    .exitOverride()
    .configureHelp({ styleTitle: helpTitle })
    .configureOutput({
      writeOut: (words) => void desk.out(words),
      writeErr: (words) => desk.note(words.trimEnd()),
      outputError: (words, write) => write(usageError(words, desk.language)),
    })
    .showHelpAfterError()
    .addHelpText('afterAll', ENDING);
  const command = (usage: string, description: string) => program.command(usage).description(description);
  addBooks(desk, command, done);
  addPapers(desk, command, done);

  command('create-admin', '添加一位管理员 / Add an administrator')
    .requiredOption('--username <name>', '用户名 / user name')
    .option('--name <name>', '姓名，不写则同用户名 / display name; the user name when left out')
    .option('--village <id>', VILLAGE)
    .option('--village-name <name>', VILLAGE_NAME)
    .option('--town <name>', TOWN)
    .option('--password-stdin', STDIN)
    .option('--json', JSON_OUT)
    .action(async (flags: AdminFlags) => done(await createAdminCommand(desk, flags)));
  command(
    'reset-password <username>',
    '给某人新密码，并结束其所有登录 / Give somebody a new password and end their log-ins',
  )
    .option('--password-stdin', STDIN)
    .option('--json', JSON_OUT)
    .action(async (username: string, flags: PasswordFlags) =>
      done(await resetPasswordCommand(desk, username, flags)),
    );
  addBackups(desk, command, done);
  return program;
}

const VILLAGE = '村庄编号，只有一个村时不用写 / the village, where there are several';
const JSON_OUT = '输出 JSON / print JSON';
const STDIN = '密码从标准输入读 / read the password from standard input';
const VILLAGE_NAME = '还没有村庄时，用这个村名建立 / name of the village to make where there is none';
const TOWN = '所属乡镇 / its town';

type AddCommand = (usage: string, description: string) => Command;

function addBooks(desk: CliDesk, command: AddCommand, done: (code: ExitCode) => void): void {
  command(
    'verify',
    '全部重算一遍，指出第一处不符 / Recompute every book and name the first row that does not fit',
  )
    .option('--village <id>', VILLAGE)
    .option('--json', JSON_OUT)
    .action(async (flags: VerifyFlags) => done(await verifyCommand(desk, flags)));
  command('export', '导出整本账 / Write the whole book for other programs')
    .addOption(
      new Option('--format <format>', '格式 / format').choices(exportFormat.options).makeOptionMandatory(),
    )
    .option('--village <id>', VILLAGE)
    .option('--out <file>', '写到文件，不写则打印 / a file instead of standard output')
    .action(async (flags: ExportFlags) => done(await exportCommand(desk, flags)));
  command('import-journal <file>', '把导出的流水导入一本空账 / Bring an exported journal into an empty book')
    .option('--village <id>', VILLAGE)
    .option('--village-name <name>', VILLAGE_NAME)
    .option('--town <name>', TOWN)
    .option('--json', JSON_OUT)
    .action(async (file: string, flags: ImportJournalFlags) =>
      done(await importJournalCommand(desk, file, flags)),
    );
}

function addBackups(desk: CliDesk, command: AddCommand, done: (code: ExitCode) => void): void {
  command(
    'backup [file]',
    '备份全部数据（服务器可以开着），并核对；不写文件名就放进备份文件夹 / Back up everything, from a running server too, and check it; without a file, into the backup folder',
  )
    .option('--json', JSON_OUT)
    .action(async (file: string | undefined, flags: BackupFlags) =>
      done(await backupCommand(desk, file, flags)),
    );
  command('backups', '列出备份文件夹里的备份 / List what the backup folder holds')
    .option('--json', JSON_OUT)
    .action(async (flags: BackupFlags) => done(await backupsCommand(desk, flags)));
  command('restore <file>', '从备份恢复；核对不上的拒绝 / Restore a backup; what does not verify is refused')
    .option('--force', '替换已有的数据（旧的留在旁边） / replace what is there, keeping the old file beside')
    .option('--json', JSON_OUT)
    .action(async (file: string, flags: RestoreFlags) => done(await restoreCommand(desk, file, flags)));
  command(
    'move-to-postgres [url]',
    '把 SQLite 账本搬到空的 PostgreSQL（先停服务器），核对后两边校验码相同 / Copy the SQLite book to an empty PostgreSQL (server stopped); the heads are equal',
  )
    .option('--json', JSON_OUT)
    .action(async (url: string | undefined, flags: BackupFlags) => done(await moveCommand(desk, url, flags)));
}

function addPapers(desk: CliDesk, command: AddCommand, done: (code: ExitCode) => void): void {
  const add = (usage: string, kind: 'roster' | 'balances', description: string) =>
    command(usage, description)
      .option('--dry-run', '只试读，不写入 / read only, write nothing')
      .option('--json', JSON_OUT)
      .option('--village <id>', VILLAGE)
      .option('--village-name <name>', VILLAGE_NAME)
      .option('--town <name>', TOWN)
      .action(async (file: string, flags: PaperFlags) => done(await paperCommand(desk, kind, file, flags)));
  add('import-roster <file>', 'roster', '导入花名册（.xlsx .xls .csv） / Import the roster');
  add('import-balances <file>', 'balances', '导入期初积分 / Import opening balances');
}
