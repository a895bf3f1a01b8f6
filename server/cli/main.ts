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
import { httpsCommand, type HttpsFlags } from './https.ts';
import { type CliDesk, openDesk, type Streams } from './desk.ts';
import { paperCommand, type PaperFlags } from './papers.ts';
import { type AdminFlags, createAdminCommand, type PasswordFlags, resetPasswordCommand } from './people.ts';
import { EXIT, explain, type ExitCode } from './problems.ts';
import { help } from './help-words.ts';
import { helpTitle, usageError } from './usage.ts';

const projectFolder = join(import.meta.dirname, '../..');

/** Settings that the commands read. */
const SETTINGS =
  'DATA_DIR, DATABASE_URL, BACKUP_DIR, BACKUP_COPY_DIR, JISHAN_SECRET, JISHAN_SECRET_PREVIOUS, CLOCK_MAY_GO_BACK, ' +
  'HOST, PORT, HTTPS_PORT, HTTPS_CERT, HTTPS_KEY, PUBLIC_URL, LANG';

/** The end of every help text: the meaning of the exit codes, and the settings. */
function ending(): string {
  const codes = Object.values(EXIT).map((code) => `  ${String(code).padStart(3)}  ${help(`exit.${code}`)}`);
  return ['', `${help('exit_codes')}:`, ...codes, `${help('environment')}:`, `  ${SETTINGS}`, ''].join('\n');
}

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
    .description(help('program'))
    .version(version, '-V, --version', help('version'))
    .helpOption('-h, --help', help('help'))
    .helpCommand('help [command]', help('help_of'))
    .exitOverride()
    .configureHelp({ styleTitle: helpTitle })
    .configureOutput({
      writeOut: (words) => void desk.out(words),
      writeErr: (words) => desk.note(words.trimEnd()),
      outputError: (words, write) => write(usageError(words, desk.language)),
    })
    .showHelpAfterError()
    .addHelpText('afterAll', ending());
  const command = (usage: string, description: string) => program.command(usage).description(description);
  addBooks(desk, command, done);
  addPapers(desk, command, done);

  command('create-admin', help('create_admin'))
    .requiredOption('--username <name>', help('username'))
    .option('--name <name>', help('name'))
    .option('--village <id>', help('village'))
    .option('--village-name <name>', help('village_name'))
    .option('--town <name>', help('town'))
    .option('--password-stdin', help('stdin'))
    .option('--json', help('json'))
    .action(async (flags: AdminFlags) => done(await createAdminCommand(desk, flags)));
  command('reset-password <username>', help('reset_password'))
    .option('--password-stdin', help('stdin'))
    .option('--json', help('json'))
    .action(async (username: string, flags: PasswordFlags) =>
      done(await resetPasswordCommand(desk, username, flags)),
    );
  addBackups(desk, command, done);
  command('https [names...]', help('https'))
    .option('--cert <file>', help('cert'))
    .option('--key <file>', help('key'))
    .option('--own', help('own_certificate'))
    .option('--new-authority', help('new_authority'))
    .option('--json', help('json'))
    .action(async (names: string[], flags: HttpsFlags) => done(await httpsCommand(desk, names, flags)));
  return program;
}

type AddCommand = (usage: string, description: string) => Command;

function addBooks(desk: CliDesk, command: AddCommand, done: (code: ExitCode) => void): void {
  command('verify', help('verify'))
    .option('--village <id>', help('village'))
    .option('--head <number:hash>', help('head'), (text: string, before: string[] | undefined) => [
      ...(before ?? []),
      text,
    ])
    .option('--json', help('json'))
    .action(async (flags: VerifyFlags) => done(await verifyCommand(desk, flags)));
  command('export', help('export'))
    .addOption(
      new Option('--format <format>', help('format')).choices(exportFormat.options).makeOptionMandatory(),
    )
    .option('--village <id>', help('village'))
    .option('--out <file>', help('out'))
    .option('--damaged', help('damaged'))
    .action(async (flags: ExportFlags) => done(await exportCommand(desk, flags)));
  command('import-journal <file>', help('import_journal'))
    .option('--village <id>', help('village'))
    .option('--village-name <name>', help('village_name'))
    .option('--town <name>', help('town'))
    .option('--json', help('json'))
    .action(async (file: string, flags: ImportJournalFlags) =>
      done(await importJournalCommand(desk, file, flags)),
    );
}

function addBackups(desk: CliDesk, command: AddCommand, done: (code: ExitCode) => void): void {
  command('backup [file]', help('backup'))
    .option('--json', help('json'))
    .action(async (file: string | undefined, flags: BackupFlags) =>
      done(await backupCommand(desk, file, flags)),
    );
  command('backups', help('backups'))
    .option('--json', help('json'))
    .action(async (flags: BackupFlags) => done(await backupsCommand(desk, flags)));
  command('restore <file>', help('restore'))
    .option('--force', help('force'))
    .option('--json', help('json'))
    .action(async (file: string, flags: RestoreFlags) => done(await restoreCommand(desk, file, flags)));
  command('move-to-postgres [url]', help('move'))
    .option('--json', help('json'))
    .action(async (url: string | undefined, flags: BackupFlags) => done(await moveCommand(desk, url, flags)));
}

function addPapers(desk: CliDesk, command: AddCommand, done: (code: ExitCode) => void): void {
  const add = (usage: string, kind: 'roster' | 'balances', description: string) =>
    command(usage, description)
      .option('--dry-run', help('dry_run'))
      .option('--json', help('json'))
      .option('--village <id>', help('village'))
      .option('--village-name <name>', help('village_name'))
      .option('--town <name>', help('town'))
      .action(async (file: string, flags: PaperFlags) => done(await paperCommand(desk, kind, file, flags)));
  add('import-roster <file>', 'roster', help('import_roster'));
  add('import-balances <file>', 'balances', help('import_balances'));
}
