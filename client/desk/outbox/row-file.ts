import { ROWS_A_BATCH } from '../../../shared/outbox/answers.ts';
import type { BodyOf } from '../../api/index.ts';

type Rows = BodyOf<'outbox.takeIn'>['rows'];

/** A file of rows has one row a line, as JSON. Lines that are no rows are left out: the server looks at the rest. */
export function rowsIn(text: string): Rows {
  return text.split('\n').flatMap((line) => rowIn(line.trim()) ?? []);
}

/** The rows in batches that the server takes. */
export function batchesOf(rows: Rows): Rows[] {
  const count = Math.ceil(rows.length / ROWS_A_BATCH);
  return Array.from({ length: count }, (_, n) => rows.slice(n * ROWS_A_BATCH, (n + 1) * ROWS_A_BATCH));
}

function rowIn(line: string): Rows[number] | null {
  if (!line.startsWith('{')) return null;
  try {
    const row = JSON.parse(line) as Partial<Rows[number]>;
    return typeof row.device === 'string' && typeof row.number === 'number' ? (row as Rows[number]) : null;
  } catch {
    return null;
  }
}
