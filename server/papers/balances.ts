import type {
  BalanceDecision,
  BalanceRow,
  BalancesReading,
  UndecidedBalance,
} from '../../shared/contract/papers.ts';
import { formatHundredths, parseHundredths } from '../../shared/points.ts';
import type { Tables } from './cells.ts';
import type { Findings, ProblemCode } from './findings.ts';
import type { Line } from './lines.ts';
import { openPaper, readingParts, type Opened, type UnderstandOptions } from './reading.ts';
import { cleanName, numberKey, orEmpty } from './text.ts';
import { groupFiller, readNumber, settleAndSay } from './who.ts';
import { BALANCES_WORDS } from './words.ts';

type Part = 'carried' | 'earned' | 'deducted' | 'redeemed';
type Figure = Part | 'balance';

interface Fault {
  readonly code: ProblemCode;
  readonly field: Figure;
}

interface Entry {
  readonly line: Line;
  /** Nothing stands against it, or a person has decided. */
  readonly row: BalanceRow | null;
  readonly undecided: UndecidedBalance | null;
  number: string;
  readonly group: string;
  readonly head: string;
}

/**
 * Opening balances. A line is checked against its own figures: carried + earned − deducted − redeemed. What does
 * not add up is named and left out until a person decides (`options.decisions`).
 */
export function understandBalances(tables: Tables, options: UnderstandOptions = {}): BalancesReading {
  const opened = openPaper(tables, BALANCES_WORDS, options);
  const { findings } = opened;
  const decisions = new Decisions(options.decisions ?? [], opened.layouts[0]?.table.name ?? '');
  const groupOf = groupFiller(opened);
  const entries: Entry[] = [];
  for (const line of opened.lines) {
    const group = groupOf(line);
    const number = readNumber(line);
    const head = cleanName(orEmpty(line.text('head')));
    if (number === null) continue;
    if (number === '' && head === '')
      line.problem('error', 'who_missing', line.has('number') ? 'number' : 'head');
    else entries.push(readLine(line, { number, group, head }, decisions));
  }
  sayWhatWasChecked(opened, entries);
  decisions.reportUnused(findings);

  settleAndSay(
    entries,
    entries.map(({ line }) => line),
    findings,
  );
  const kept = withoutDuplicates(entries, findings);
  const rows = kept.flatMap(({ row, number }) => (row ? [{ ...row, number }] : []));
  const undecided = kept.flatMap((entry) =>
    entry.undecided ? [{ ...entry.undecided, number: entry.number }] : [],
  );
  return {
    kind: 'balances',
    ...readingParts(tables, opened, rows.length, undecided.length),
    rows,
    undecided,
  };
}

function readLine(
  line: Line,
  who: { number: string; group: string; head: string },
  decisions: Decisions,
): Entry {
  const faults: Fault[] = [];
  const read = (field: Figure): number | null => {
    const text = orEmpty(line.text(field));
    if (text === '') return null;
    const value = parseHundredths(text.replace(/分$/, ''));
    if (value === null) faults.push({ code: 'figure_unreadable', field });
    return value;
  };
  const parts = {
    carried: read('carried'),
    earned: read('earned'),
    deducted: read('deducted'),
    redeemed: read('redeemed'),
  };
  const written = read('balance');
  const computed = faults.some(({ field }) => field !== 'balance') ? null : sumOf(line, parts);
  const balance = line.has('balance') ? written : computed;
  if (faults.length === 0) {
    if (balance === null) faults.push({ code: 'balance_missing', field: 'balance' });
    else if (computed !== null && computed !== balance)
      faults.push({ code: 'balance_wrong', field: 'balance' });
    else if (balance < 0) faults.push({ code: 'balance_negative', field: 'balance' });
  }

  const source = { sheet: line.sheet, sourceRow: line.row, ...who, ...parts };
  const decided = faults.length > 0 ? decisions.take(line) : undefined;
  if (decided !== undefined)
    return { line, ...who, row: { ...source, balance: decided, decided: true }, undecided: null };
  if (balance !== null && faults.length === 0) {
    return { line, ...who, row: { ...source, balance, decided: false }, undecided: null };
  }
  const shown = (value: number | null) => (value === null ? '' : formatHundredths(value));
  for (const { code, field } of faults) {
    line.problem('error', code, field, {
      computed: shown(computed),
      ...(code === 'balance_negative' && { value: shown(balance) }),
    });
  }
  const cell = line.address(faults[0]?.field ?? 'balance');
  return { line, ...who, row: null, undecided: { ...source, cell, balance, computed } };
}

/** Null where the paper has nothing to add up. */
function sumOf(line: Line, parts: Record<Part, number | null>): number | null {
  if (!line.has('carried') && !line.has('earned')) return null;
  // Deductions and redemptions are written with a minus in some papers, without one in others.
  const taken = Math.abs(parts.deducted ?? 0) + Math.abs(parts.redeemed ?? 0);
  return (parts.carried ?? 0) + (parts.earned ?? 0) - taken;
}

function sayWhatWasChecked({ findings, layouts }: Opened, entries: readonly Entry[]): void {
  const columns = layouts[0]?.columns;
  if (!columns || entries.length === 0) return;
  if (!columns.has('balance')) findings.assume('assume_balance_computed');
  else if (!columns.has('carried') && !columns.has('earned')) findings.assume('assume_not_checked');
}

/** Two lines for one household: the same balance once, another balance is an error. */
function withoutDuplicates(entries: readonly Entry[], findings: Findings): Entry[] {
  const seen = new Map<string, Entry>();
  return entries.filter((entry) => {
    const { line, number, head } = entry;
    if (number === '') return true;
    const first = seen.get(numberKey(number));
    if (!first) {
      seen.set(numberKey(number), entry);
      return true;
    }
    const same =
      first.row?.balance === entry.row?.balance && first.undecided?.balance === entry.undecided?.balance;
    const params = { number, head, row: first.line.row };
    if (!same) line.problem('error', 'balance_conflict', 'number', params);
    else {
      const where = {
        sheet: line.sheet,
        row: line.row,
        cell: line.address('number'),
        value: line.text('number'),
      };
      findings.duplicate(
        'duplicate_number',
        { ...where, keptSheet: first.line.sheet, keptRow: first.line.row },
        params,
      );
    }
    return false;
  });
}

class Decisions {
  private readonly bySheetAndRow = new Map<string, BalanceDecision & { sheet: string }>();

  constructor(decisions: readonly BalanceDecision[], firstSheet: string) {
    for (const decision of decisions) {
      const sheet = decision.sheet ?? firstSheet;
      this.bySheetAndRow.set(`${sheet}!${decision.row}`, { ...decision, sheet });
    }
  }

  take(line: Line): number | undefined {
    const key = `${line.sheet}!${line.row}`;
    const decision = this.bySheetAndRow.get(key);
    this.bySheetAndRow.delete(key);
    return decision?.balance;
  }

  reportUnused(findings: Findings): void {
    for (const { sheet, row, balance } of this.bySheetAndRow.values()) {
      const where = { sheet, row, cell: null, column: null, value: formatHundredths(balance) };
      findings.problem('warning', 'decision_unused', where, { row });
    }
  }
}
