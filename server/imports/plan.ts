import type { At } from '../at.ts';
import type { ImportEffect } from '../../shared/imports/contract.ts';
import type { PaperField, PaperProblem, PaperReading } from '../../shared/imports/papers.ts';
import { type PaperCode, type PaperParams, paperSentence } from '../../shared/imports/paper-sentences.ts';
import type { RandomBytes } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';

/** The context of an import that is written. */
export interface ImportWork extends At {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
  readonly importId: string;
  /** Rows written so far. */
  readonly onProgress: (done: number) => void;
}

/**
 * The changes that a paper would make to the village as it is now. Nothing is written until `write` is called in a
 * transaction.
 */
export interface Plan {
  readonly create: number;
  readonly update: number;
  readonly unchanged: number;
  /** True if the rows become proposals, which take effect when a second person approves them. */
  readonly needsApproval?: boolean;
  /** The numbers that the rows of a roster have or get in the village, by `rowKey`. */
  readonly numbers?: ReadonlyMap<string, string>;
  /** error: the row is left out; warning: it is written. */
  readonly problems: readonly PaperProblem[];
  /**
   * Writes everything and returns the numbers of the entries. Call under the village's lock, in the transaction that
   * planned it.
   */
  write(work: ImportWork): Promise<number[]>;
}

export function rowKey({ sheet, sourceRow }: { readonly sheet: string; readonly sourceRow: number }): string {
  return `${sheet}!${String(sourceRow)}`;
}

const PROBLEMS_SHOWN = 500;

/** The plan in figures, for the screen. */
export function effectOf(reading: PaperReading, plan: Plan): ImportEffect {
  const { create, update, unchanged, problems } = plan;
  const leftOut = new Set<string>();
  for (const { severity, sheet, row } of [...reading.problems, ...problems]) {
    if (severity === 'error' && row !== null) leftOut.add(`${sheet}!${String(row)}`);
  }
  for (const { sheet, row } of reading.duplicates) leftOut.add(`${sheet}!${String(row)}`);
  return {
    ...{ create, update, unchanged, leftOut: leftOut.size },
    needsApproval: plan.needsApproval ?? false,
    problems: problems.slice(0, PROBLEMS_SHOWN),
  };
}

type VillageCode = Extract<PaperCode, `village_${string}` | `rule_${string}`>;

/** Collects the conflicts between rows and the village, with the cell each is about. */
export function problemsAgainst({ columns }: Pick<PaperReading, 'columns'>) {
  const problems: PaperProblem[] = [];
  function add(
    severity: PaperProblem['severity'],
    code: VillageCode,
    at: {
      readonly sheet: string;
      readonly sourceRow: number;
      readonly field: PaperField;
      readonly value: string;
    },
    params: PaperParams = {},
  ): void {
    const column = columns[at.field];
    problems.push({
      sheet: at.sheet,
      row: at.sourceRow,
      cell: column ? `${column.letter}${String(at.sourceRow)}` : null,
      column: column?.header ?? null,
      value: at.value,
      severity,
      code,
      reason: paperSentence(code, { value: at.value, ...params }),
    });
  }
  return { problems, add };
}
