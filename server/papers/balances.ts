import type {
  BalanceDecision,
  BalanceRow,
  BalancesReading,
  ReadingOptions,
} from '../../shared/imports/papers.ts';
import { formatHundredths, parseHundredths } from '../../shared/points.ts';
import type { Tables } from './cells.ts';
import type { Findings, ProblemCode } from './findings.ts';
import type { Line } from './lines.ts';
import { openPaper, readingParts, type Opened } from './reading.ts';
import { cleanName, numberKey, orEmpty } from './text.ts';
import { groupFiller, readNumber, settleAndSay, type Who } from './household-ref.ts';
import { BALANCES_WORDS } from './header-patterns.ts';

type Part = 'carried' | 'earned' | 'deducted' | 'redeemed';
type Figure = Part | 'balance';
type Parts = Record<Part, number | null>;

interface Fault {
  readonly code: ProblemCode;
  readonly field: Figure;
}

interface Entry {
  readonly line: Line;
  readonly row: Omit<BalanceRow, 'balance' | 'decided'>;
  /** The balance as written, as computed from its parts, and as accepted; null where it is not known. */
  readonly written: number | null;
  readonly computed: number | null;
  readonly accepted: number | null;
  readonly decided: boolean;
  readonly cell: string;
}

/**
 * Reads opening balances. A line is checked against its own figures: carried + earned − deducted − redeemed. A line
 * that does not add up is named and left out until a person decides (`options.decisions`).
 */
export function understandBalances(tables: Tables, options: ReadingOptions = {}): BalancesReading {
  const opened = openPaper(tables, BALANCES_WORDS, options);
  const { findings } = opened;
  const entries = readEntries(opened, options.decisions ?? []);
  sayWhatWasChecked(opened, entries);
  settleAndSay(entries, findings);
  const kept = withoutDuplicates(entries, findings);

  const rows = kept.flatMap(({ row, accepted, decided }) =>
    accepted === null ? [] : [{ ...row, balance: accepted, decided }],
  );
  const undecided = kept
    .filter(({ accepted }) => accepted === null)
    .map(({ row, cell, written, computed }) => ({ ...row, cell, balance: written, computed }));
  return {
    kind: 'balances',
    ...readingParts(tables, opened, rows.length, undecided.length),
    rows,
    undecided,
  };
}

function readEntries(opened: Opened, decisions: readonly BalanceDecision[]): Entry[] {
  const firstSheet = opened.layouts[0]?.table.name ?? '';
  const open = new Map(
    decisions.map(({ sheet = firstSheet, row, balance }) => [`${sheet}!${row}`, { sheet, row, balance }]),
  );
  const groupOf = groupFiller(opened);
  const entries: Entry[] = [];
  for (const line of opened.lines) {
    const group = groupOf(line);
    const number = readNumber(line);
    const head = cleanName(orEmpty(line.text('head')));
    if (number === null) continue;
    if (number === '' && head === '') {
      line.problem('error', 'who_missing', line.has('number') ? 'number' : 'head');
      continue;
    }
    const key = `${line.sheet}!${line.row}`;
    const entry = readEntry(line, { number, group, head }, open.get(key)?.balance);
    if (entry.decided) open.delete(key);
    entries.push(entry);
  }
  for (const { sheet, row, balance } of open.values()) {
    const where = { sheet, row, cell: null, column: null, value: formatHundredths(balance) };
    opened.findings.problem('warning', 'decision_unused', where, { row });
  }
  return entries;
}

function readEntry(line: Line, who: Who, decision: number | undefined): Entry {
  const faults: Fault[] = [];
  const read = (field: Figure): number | null => {
    const text = orEmpty(line.text(field));
    const value = text === '' ? null : parseHundredths(text.replace(/分$/, ''));
    if (text !== '' && value === null) faults.push({ code: 'figure_unreadable', field });
    return value;
  };
  const parts = {
    carried: read('carried'),
    earned: read('earned'),
    deducted: read('deducted'),
    redeemed: read('redeemed'),
  };
  const computed = faults.length === 0 ? sumOf(line, parts) : null;
  const written = line.has('balance') ? read('balance') : computed;
  if (faults.length === 0) {
    const code = balanceFault(written, computed);
    if (code) faults.push({ code, field: 'balance' });
  }

  const decided = faults.length > 0 && decision !== undefined;
  if (!decided) {
    for (const { code, field } of faults) {
      line.problem('error', code, field, { computed: computed === null ? '' : formatHundredths(computed) });
    }
  }
  return {
    line,
    row: { sheet: line.sheet, sourceRow: line.row, ...who, ...parts },
    written,
    computed,
    accepted: faults.length === 0 ? written : (decision ?? null),
    decided,
    cell: line.address(faults[0]?.field ?? 'balance'),
  };
}

function balanceFault(written: number | null, computed: number | null): ProblemCode | null {
  if (written === null) return 'balance_missing';
  if (computed !== null && computed !== written) return 'balance_wrong';
  return written < 0 ? 'balance_negative' : null;
}

/** The sum of the parts; null if the paper has nothing to add up. */
function sumOf(line: Line, parts: Parts): number | null {
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

/**
 * Keeps the first of two lines for one household. The same balance again is a duplicate; another balance is an error.
 */
function withoutDuplicates(entries: readonly Entry[], findings: Findings): Entry[] {
  const seen = new Map<string, Entry>();
  return entries.filter((entry) => {
    const { line, row, accepted, written } = entry;
    const { number, head } = row;
    if (number === '') return true;
    const first = seen.get(numberKey(number));
    if (!first) {
      seen.set(numberKey(number), entry);
      return true;
    }
    const same = first.accepted === accepted && first.written === written;
    if (same) findings.duplicate('duplicate_number', line.repeats('number', first.row), { number, head });
    else line.problem('error', 'balance_conflict', 'number', { number, row: first.line.row });
    return false;
  });
}
