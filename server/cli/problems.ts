import { StoreBusy, UnknownSchema } from '../../db/index.ts';
import { errorSpec, Refusal } from '../../shared/errors.ts';
import { errorSentence, type Language } from '../../shared/messages/errors.ts';
import { BackupFault } from '../backup/index.ts';
import type { CliWords } from './words.ts';

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

/** Whom to tell, and in which words. */
export interface Teller {
  readonly words: CliWords;
  readonly language: Language;
  note(text: string): void;
}

/** Says what went wrong and gives the exit code. Only our own mistakes come with a stack. */
export function explain(teller: Teller, error: unknown): ExitCode {
  if (error instanceof CliProblem) {
    teller.note(error.message);
    return error.exit;
  }
  if (error instanceof Refusal) {
    const { title, detail } = errorSentence(error.code, error.params, teller.language);
    teller.note(`${title}\n${detail}`);
    return errorSpec(error.code).kind === 'retry' ? EXIT.unavailable : EXIT.refused;
  }
  if (error instanceof BackupFault) {
    const { code, what, bad } = error;
    teller.note(
      [teller.words.fault[code], what, bad ? teller.words.broken(bad) : '']
        .filter((part) => part !== '')
        .join('\n'),
    );
    return code === 'in_use' || code === 'no_access' ? EXIT.unavailable : EXIT.refused;
  }
  if (error instanceof UnknownSchema) {
    teller.note(teller.words.newerDatabase);
    return EXIT.unavailable;
  }
  if (error instanceof StoreBusy || isConnectionTrouble(error)) {
    teller.note(teller.words.cannotOpen(error.message));
    return EXIT.unavailable;
  }
  teller.note(
    `${teller.words.bug}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return EXIT.bug;
}

function isConnectionTrouble(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(ECONN|ENOTFOUND|ETIMEDOUT|EACCES|EPERM|EROFS|SQLITE_|3D000|28|57P)/.test(code);
}
