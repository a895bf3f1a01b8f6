import { OutcomeUnknown, StoreBusy, UnknownSchema } from '../../db/index.ts';
import { errorSpec, Refusal } from '../../shared/errors.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { errorSentence } from '../../shared/words.ts';
import type { Language } from '../../shared/sentence.ts';
import { BackupFault, type BackupFaultCode, BookMoved, UpgradeStopped } from '../backups/index.ts';
import { BadSetting } from '../config.ts';
import { faultText } from '../redact-error.ts';
import { sayStartup } from '../startup-sentences.ts';
import type { Say } from './sentences.ts';

/** Exit codes; docs/cli.md and `--help` list them. */
export const EXIT = {
  ok: 0,
  /** A check found something, or a rule refused. */
  refused: 1,
  usage: 2,
  /** There is no database, or it cannot be opened now. */
  unavailable: 3,
  bug: 70,
  /** Ended by Ctrl-C; drafts are cleared away. */
  interrupted: 130,
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

/** Tells the user, in the user's language. */
export interface Teller {
  readonly say: Say;
  readonly language: Language;
  note(text: string): void;
}

/** Says what went wrong and gives the exit code. Only our own mistakes come with a stack. */
export function explain(teller: Teller, error: unknown): ExitCode {
  if (error instanceof CliProblem) {
    teller.note(error.message);
    return error.exit;
  }
  if (error instanceof BadSetting) {
    teller.note(error.message);
    return EXIT.usage;
  }
  if (error instanceof Refusal) {
    const { title, detail } = errorSentence(error.code, error.params, teller.language);
    teller.note(`${title}\n${detail}`);
    return errorSpec(error.code).kind === 'retry' ? EXIT.unavailable : EXIT.refused;
  }
  if (error instanceof BackupFault) {
    const { code, what, bad } = error;
    teller.note(
      [teller.say(`fault.${code}`), what, bad ? teller.say('broken', placeOf(bad)) : '']
        .filter((part) => part !== '')
        .join('\n'),
    );
    return UNAVAILABLE.includes(code) ? EXIT.unavailable : EXIT.refused;
  }
  if (error instanceof UpgradeStopped) {
    teller.note(error.message);
    return explain(teller, error.fault);
  }
  if (error instanceof UnknownSchema || error instanceof BookMoved) {
    const code = error instanceof BookMoved ? error.code : (`schema.${error.reason}` as const);
    teller.note(sayStartup(code, error instanceof BookMoved ? error.params : {}, teller.language));
    return EXIT.unavailable;
  }
  if (error instanceof OutcomeUnknown) return explain(teller, new Refusal('server.unknown_outcome'));
  const trouble = error instanceof StoreBusy ? error : databaseTrouble(error);
  if (trouble) {
    teller.note(teller.say('cannot_open', { why: trouble.message }));
    return EXIT.unavailable;
  }
  // The reader of the output has closed it, as in `jishan export … | head`.
  if (codeOf(error) === 'EPIPE') return EXIT.ok;
  teller.note(`${teller.say('bug')}\n${faultText(error)}`);
  return EXIT.bug;
}

/** The figures of the sentence about the first row that does not fit. */
export function placeOf({ accountId, ...bad }: BadRow) {
  return { ...bad, account: accountId };
}

const UNAVAILABLE: readonly BackupFaultCode[] = ['in_use', 'no_access', 'outcome_unknown'];

/** The engine's message about a damaged SQLite file; null for any other error. */
export function sqliteDamage(error: unknown): string | null {
  const found = causes(error).find((one) => /^SQLITE_(?:CORRUPT|NOTADB)/.test(codeOf(one)));
  return found?.message ?? null;
}

const TROUBLE =
  /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|EACCES|EPERM|EROFS|ENOSPC|SQLITE_(?!CONSTRAINT|ERROR|MISUSE|RANGE)|3D000|28|57P|53|08)/;

/** The innermost error that says that the database or its disk is out of reach. */
function databaseTrouble(error: unknown): Error | undefined {
  return causes(error).findLast((one) => TROUBLE.test(codeOf(one)));
}

/** An error and what caused it: the query builder wraps what the drivers throw. */
function causes(error: unknown): Error[] {
  const found: Error[] = [];
  for (let inner = error; inner instanceof Error && found.length < 10; inner = inner.cause) found.push(inner);
  return found;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
