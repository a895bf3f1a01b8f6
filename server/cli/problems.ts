import { StoreBusy, UnknownSchema } from '../../db/index.ts';
import { errorSpec, Refusal } from '../../shared/errors.ts';
import { errorSentence } from '../../shared/messages/errors.ts';
import { BackupFault } from '../backup/index.ts';
import type { CliDesk } from './desk.ts';

/** What the exit code says; docs/cli.md and `--help` list them. */
export const EXIT = {
  ok: 0,
  /** A check found something, or a rule refused. */
  refused: 1,
  usage: 2,
  /** No database there, or it cannot be opened now. */
  unavailable: 3,
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An expected end of a command, with the sentence to show. */
export class CliProblem extends Error {
  readonly exit: ExitCode;

  constructor(exit: ExitCode, sentence: string) {
    super(sentence);
    this.name = 'CliProblem';
    this.exit = exit;
  }
}

/** Says what went wrong and gives the exit code. Only our own mistakes come with a stack. */
export function explain(desk: CliDesk, error: unknown): ExitCode {
  if (error instanceof CliProblem) {
    desk.note(error.message);
    return error.exit;
  }
  if (error instanceof Refusal) {
    const { title, detail } = errorSentence(error.code, error.params, desk.language);
    desk.note(`${title}\n${detail}`);
    return errorSpec(error.code).kind === 'retry' ? EXIT.unavailable : EXIT.refused;
  }
  if (error instanceof BackupFault) {
    const { code, what, bad } = error;
    desk.note(
      [desk.words.fault[code], what, bad ? desk.words.broken(bad) : '']
        .filter((part) => part !== '')
        .join('\n'),
    );
    return code === 'in_use' || code === 'no_access' ? EXIT.unavailable : EXIT.refused;
  }
  if (error instanceof UnknownSchema) {
    desk.note(desk.words.newerDatabase);
    return EXIT.unavailable;
  }
  if (error instanceof StoreBusy || isConnectionTrouble(error)) {
    desk.note(desk.words.cannotOpen(error.message));
    return EXIT.unavailable;
  }
  desk.note(`${desk.words.bug}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.bug;
}

function isConnectionTrouble(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(ECONN|ENOTFOUND|ETIMEDOUT|EACCES|EPERM|EROFS|SQLITE_|3D000|28|57P)/.test(code);
}
