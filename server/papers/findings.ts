import type { Assumption, PaperDuplicate, PaperProblem, SkippedRow } from '../../shared/imports/papers.ts';
import { listed } from '../../shared/sentence.ts';
import { paperSentence, type PaperCode, type PaperParams } from '../../shared/imports/paper-sentences.ts';

export type ProblemCode = Exclude<
  PaperCode,
  `file_${string}` | `ask_${string}` | `skip_${string}` | `assume_${string}` | `duplicate_${string}`
>;
type SkipCode = Extract<PaperCode, `skip_${string}`>;
type AssumptionCode = Extract<PaperCode, `assume_${string}`>;
type DuplicateCode = Extract<PaperCode, `duplicate_${string}`>;
export type Severity = PaperProblem['severity'];

interface Assumed {
  count: number;
  examples: string[];
  params: PaperParams;
}

const EXAMPLES_SHOWN = 3;
/** A person has to settle each of these: all of them are named. */
const TO_SETTLE: ReadonlySet<AssumptionCode> = new Set(['assume_limits_noted', 'assume_lists_noted']);
const TO_SETTLE_SHOWN = 40;

/** Collects everything worth telling about a paper while it is read. */
export class Findings {
  readonly problems: PaperProblem[] = [];
  readonly duplicates: PaperDuplicate[] = [];
  readonly skipped: SkippedRow[] = [];
  private readonly assumed = new Map<AssumptionCode, Assumed>();

  problem(
    severity: Severity,
    code: ProblemCode,
    where: Omit<PaperProblem, 'severity' | 'code' | 'reason'>,
    params: PaperParams = {},
  ): void {
    const reason = paperSentence(code, { value: where.value, column: where.column ?? '', ...params });
    this.problems.push({ ...where, severity, code, reason });
  }

  duplicate(code: DuplicateCode, where: Omit<PaperDuplicate, 'code' | 'reason'>, params: PaperParams): void {
    this.duplicates.push({ ...where, code, reason: paperSentence(code, { row: where.keptRow, ...params }) });
  }

  skip(code: SkipCode, sheet: string, row: number, text: string): void {
    this.skipped.push({ sheet, row, text, code, reason: paperSentence(code) });
  }

  /** Reported once, however often it happened; the first few places are named. */
  assume(code: AssumptionCode, params: PaperParams = {}, example?: string): void {
    const known = this.assumed.get(code) ?? { count: 0, examples: [], params };
    known.count += 1;
    if (example !== undefined) known.examples.push(example);
    this.assumed.set(code, known);
  }

  assumptions(): Assumption[] {
    return Array.from(this.assumed, ([code, { count, examples, params }]) => {
      const most = TO_SETTLE.has(code) ? TO_SETTLE_SHOWN : EXAMPLES_SHOWN;
      const shown = listed(examples.slice(0, most)) + (examples.length > most ? '…' : '');
      return { code, count, text: paperSentence(code, { count, examples: shown, ...params }) };
    });
  }
}
