import { looksLikeAddress } from '../../shared/households/address.ts';
import { ORIGINAL_NUMBER_MOST } from '../../shared/households/original-number.ts';
import { isGroupName, cleanGroup, orEmpty } from './text.ts';
import type { Line } from './lines.ts';
import type { Findings } from './findings.ts';
import { looksLikeDate, parseNumber, settleNumbers, type Numbered } from './numbers.ts';
import type { Opened } from './reading.ts';

const GROUP_MOST = 30;

/** The household that a line is about. */
export interface Who {
  readonly number: string;
  readonly group: string;
  readonly head: string;
}

/** The group of a line: its own cell, else a heading, else the row above, else the name of the sheet. */
export function groupFiller({ findings, layouts }: Opened): (line: Line) => string {
  const sheetsAreGroups =
    layouts.length > 0 &&
    layouts.every(({ table, columns }) => !columns.has('group') && isGroupName(table.name));
  let sheet = '';
  let heading = '';
  let last = '';
  return (line) => {
    if (line.sheet !== sheet) {
      sheet = line.sheet;
      last = sheetsAreGroups ? cleanGroup(sheet) : '';
      if (sheetsAreGroups) findings.assume('assume_group_from_sheet');
    }
    if (line.heading !== heading) {
      heading = line.heading;
      if (heading !== '') last = cleanGroup(heading);
      if (heading !== '') findings.assume('assume_group_from_heading');
    }
    const written = line.text('group');
    if (orEmpty(written) !== '') {
      last = Array.from(cleanGroup(written)).slice(0, GROUP_MOST).join('');
      if (last !== written) findings.assume('assume_groups_renamed', {}, `${written} → ${last}`);
    } else if (last !== '' && line.has('group')) {
      findings.assume('assume_group_from_above', {}, line.address('group'));
    }
    return last;
  };
}

/** The household number of a line: '' if it has none; null, with a problem noted, if it cannot be used. */
export function readNumber(line: Line): string | null {
  const text = line.text('number');
  if (line.cell('number')?.kind === 'date' || looksLikeDate(text)) {
    line.problem('error', 'number_is_date', 'number');
    return null;
  }
  // Kept whole as the original number: its last 号 belongs to it.
  if (looksLikeAddress(text)) return Array.from(text).slice(0, ORIGINAL_NUMBER_MOST).join('');
  const number = parseNumber(orEmpty(text));
  if (number === null) line.problem('error', 'number_unreadable', 'number');
  return number;
}

/** Brings all numbers to one form, notes how, and returns their width. */
export function settleAndSay(entries: readonly { line: Line; row: Numbered }[], findings: Findings): number {
  const rows = entries.map(({ row }) => row);
  const { width, padded, perGroup } = settleNumbers(rows);
  if (perGroup) findings.assume('assume_numbers_per_group', { example: rows.at(-1)?.number ?? '' });
  for (const index of padded)
    findings.assume('assume_numbers_padded', { width }, entries[index]?.line.address('number'));
  return width;
}
