import type { OutboxRow } from '../../shared/outbox/row.ts';
import { type ChainEnd, NO_ROWS } from './make-row.ts';
import type { KeptRow } from './outbox-disk.ts';

/** The rows of a device as the page knows them. The disk has them too. */
export class RowList {
  private rows: readonly KeptRow[];
  private readonly changed: () => void;

  constructor(rows: readonly KeptRow[], changed: () => void) {
    this.rows = rows;
    this.changed = changed;
  }

  all(): readonly KeptRow[] {
    return this.rows;
  }

  /** The row as it is now. */
  now({ device, key }: Pick<OutboxRow, 'device' | 'key'>): KeptRow | undefined {
    return this.rows.find(({ row }) => row.device === device && row.key === key);
  }

  set(rows: readonly KeptRow[]): void {
    this.rows = rows;
    this.changed();
  }

  add(kept: KeptRow): void {
    this.set([...this.rows, kept]);
  }

  /** Puts these in the place of the rows with their names. */
  put(changes: readonly KeptRow[]): void {
    const byName = new Map(changes.map((kept) => [nameOf(kept.row), kept]));
    this.set(this.rows.map((kept) => byName.get(nameOf(kept.row)) ?? kept));
  }

  /** The number and hash of a device's last row. */
  endOf(device: string): ChainEnd {
    return this.rows
      .filter(({ row }) => row.device === device)
      .reduce<ChainEnd>(
        (last, { row }) => (row.number > last.number ? { number: row.number, hash: row.hash } : last),
        NO_ROWS,
      );
  }
}

function nameOf({ device, key }: OutboxRow): string {
  return `${device} ${key}`;
}
