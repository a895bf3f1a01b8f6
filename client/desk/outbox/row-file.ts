import { ROWS_A_BATCH } from '../../../shared/outbox/answers.ts';
import { type ReadRowFile, readRowFile } from '../../../shared/outbox/row-file.ts';
import type { AnswerOf, BodyOf } from '../../api/index.ts';

type Rows = BodyOf<'outbox.takeIn'>['rows'];
type Answer = AnswerOf<'outbox.takeIn'>['answers'][number];

/** A file as it was chosen. `foreign`: it says that it is another village's. */
export type ChosenFile =
  | { readonly is: 'none' }
  | { readonly is: 'foreign'; readonly village: string }
  | { readonly is: 'rows'; readonly rows: Rows; readonly flaws: Flaws };

export interface Flaws {
  readonly isCut: boolean;
  /** The lines that are no rows. */
  readonly spoilt: readonly number[];
}

export function chosenFile(text: string, villageId: string | undefined): ChosenFile {
  const { head, rows, isCut, spoilt }: ReadRowFile = readRowFile(text);
  if (head !== null && head.villageId !== '' && villageId !== undefined && head.villageId !== villageId)
    return { is: 'foreign', village: head.village };
  if (rows.length === 0) return { is: 'none' };
  return { is: 'rows', rows: [...rows], flaws: { isCut, spoilt } };
}

/** The rows in batches that the server takes. */
export function batchesOf(rows: Rows): Rows[] {
  const count = Math.ceil(rows.length / ROWS_A_BATCH);
  return Array.from({ length: count }, (_, n) => rows.slice(n * ROWS_A_BATCH, (n + 1) * ROWS_A_BATCH));
}

export interface TakenIn {
  /** All that the server has answered. */
  readonly n: number;
  readonly late: number;
  readonly waiting: number;
  readonly refused: number;
  /** Among the refused: their signature is not that of their device, so somebody has changed them. */
  readonly edited: number;
  /** Among those that wait: their device is not known here. */
  readonly unknown: number;
}

export const NOTHING_TAKEN: TakenIn = { n: 0, late: 0, waiting: 0, refused: 0, edited: 0, unknown: 0 };

export function counted(before: TakenIn, answers: readonly Answer[]): TakenIn {
  const count = (is: (answer: Answer) => boolean) => answers.filter(is).length;
  const waiting = count(({ answer }) => answer === 'waiting');
  // Rows that were declined or given up were not handed out: nothing is booked of them.
  const refused = count(({ answer }) => answer === 'refused' || answer === 'declined');
  return {
    n: before.n + answers.length,
    late: before.late + answers.length - waiting - refused,
    waiting: before.waiting + waiting,
    refused: before.refused + refused,
    edited: before.edited + count(({ code }) => code === 'outbox.signature'),
    unknown: before.unknown + count(({ code }) => code === 'outbox.unknown'),
  };
}
