import type { DecideAt, GuardedAt } from '../at.ts';
import type { Reader, Store, WrittenRow } from '../../db/index.ts';
import type { ActThing, AnyAct } from '../../shared/acts/act.ts';
import type { ImportEffect } from '../../shared/imports/contract.ts';
import type { PaperField, PaperProblem, PaperReading } from '../../shared/imports/papers.ts';
import { type PaperCode, type PaperParams, paperSentence } from '../../shared/imports/paper-sentences.ts';
import type { Taken } from '../goods/index.ts';
import type { RandomBytes } from '../http/index.ts';
import type { EntryInput } from '../ledger/index.ts';

/** The context in which an import is planned. */
export interface PlanAt {
  readonly villageId: string;
  /** Business day, YYYY-MM-DD. */
  readonly today: string;
  /** Lets others through. Large work pauses after every piece. */
  readonly pause: () => Promise<void>;
}

/** The context in which everything is worked out that an import writes. */
export interface StageAt extends DecideAt, GuardedAt {
  readonly random: RandomBytes;
  readonly importId: string;
  /** The demo's book repeats with its seed, and tells nothing of cards, which do not. */
  readonly isOfDemo?: true;
  readonly read: Store['read'];
  /**
   * Takes the rows of a piece; rows that others refer to come first. Tells how many rows of the paper are done, and lets
   * others through.
   */
  readonly put: (rows: readonly WrittenRow[], done: number) => Promise<void>;
}

export type AddedThing = ActThing<'imports.added'>;
export type ChangedThing = ActThing<'imports.changed'>;

/** All that an import writes beside its rows. */
export interface Staged {
  /** They get their numbers, balances and seals at the end. */
  readonly entries: readonly EntryInput[];
  /** The things that it makes and changes, for the book of acts. */
  readonly added: readonly AddedThing[];
  readonly changed: readonly ChangedThing[];
  /** Acts of its own, beside those of the paper. */
  readonly acts?: readonly AnyAct[];
  /** The changed things to which a second person has to agree. */
  readonly loosening?: readonly ChangedThing[];
  /** The goods that it takes in. */
  readonly takenIn?: readonly Taken[];
  /** The sum of the points that it brings, in hundredths. */
  readonly total?: number;
}

/** The changes that a paper would make to the village as it was in the snapshot. */
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
  /** Works out all that is written. */
  readonly stage: (at: StageAt) => Promise<Staged>;
  /** Looks under the village's lock whether everything that the plan stands on is still so. */
  readonly isStillRight: (reader: Reader) => Promise<boolean>;
}

export function rowKey({ sheet, sourceRow }: { readonly sheet: string; readonly sourceRow: number }): string {
  return `${sheet}!${String(sourceRow)}`;
}

const PROBLEMS_SHOWN = 500;

/** The plan in figures, for the screen. */
export function effectOf(reading: PaperReading, plan: Omit<Plan, 'stage' | 'isStillRight'>): ImportEffect {
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
  /** Names one cell, wherever it stands. `row` is null for a header. */
  function addAt(
    severity: PaperProblem['severity'],
    code: VillageCode,
    at: Pick<PaperProblem, 'sheet' | 'row' | 'cell' | 'column' | 'value'>,
    params: PaperParams = {},
  ): void {
    problems.push({ ...at, severity, code, reason: paperSentence(code, { value: at.value, ...params }) });
  }
  return { problems, add, addAt };
}
