export interface PagesOptions<Row> {
  readonly size: number;
  /** Reads a page: the rows after the one given. */
  readonly read: (after: Row | null, limit: number) => Promise<readonly Row[]>;
  /** Called before each page, so that others are served between two of them. */
  readonly giveWay: () => Promise<void>;
  /** Whether the next page is asked for as soon as one is there. Two pages are in memory then. */
  readonly asksAhead: boolean;
}

/**
 * Reads rows of one table in key order, a page at a time. Looking at the next row costs nothing. Only `fill`
 * waits, so that a walk over millions of rows does not make a promise for each.
 */
export class RowPages<Row extends object> {
  private readonly options: PagesOptions<Row>;
  private page: readonly Row[] = [];
  private at = 0;
  private ended = false;
  private ahead: Promise<readonly Row[]> | null = null;

  constructor(options: PagesOptions<Row>) {
    this.options = options;
  }

  /** True when `next` can be asked without `fill`. */
  get ready(): boolean {
    return this.at < this.page.length || this.ended;
  }

  /** The next row, left in its place; null after the last. */
  get next(): Row | null {
    return this.page[this.at] ?? null;
  }

  take(): void {
    this.at += 1;
  }

  /**
   * Takes the rows of a number into the list, and drops those before it. One of a number up to `done` stays where it is, and
   * all after it. False when a page must be read first.
   */
  takeOf(
    this: RowPages<Row & { readonly number: number }>,
    number: number,
    done: number,
    into: Row[],
  ): boolean {
    for (; this.at < this.page.length; this.at += 1) {
      const row = this.page[this.at];
      if (!row || row.number > number) return true;
      if (row.number === number) into.push(row);
      else if (row.number <= done) return true;
    }
    return this.ended;
  }

  async fill(): Promise<void> {
    if (this.ready) return;
    const { size, read, giveWay, asksAhead } = this.options;
    await giveWay();
    const rows = await (this.ahead ?? read(this.page.at(-1) ?? null, size));
    this.page = rows;
    this.at = 0;
    this.ended = rows.length < size;
    this.ahead = asksAhead && !this.ended ? read(rows.at(-1) ?? null, size) : null;
    // A failure is told to the next `fill`. If the walk ends before, nobody asks for the page.
    this.ahead?.catch(() => undefined);
  }
}
