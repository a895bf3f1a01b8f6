/**
 * Rows of one table in key order, fetched a page at a time. Looking at the next row costs nothing; only
 * `fill` waits, so that a walk over millions of rows does not make a promise for each.
 */
export class Feed<Row> {
  private readonly load: (after: Row | null) => Promise<readonly Row[]>;
  private readonly pageSize: number;
  private page: readonly Row[] = [];
  private at = 0;
  private ended = false;

  constructor(pageSize: number, load: (after: Row | null, limit: number) => Promise<readonly Row[]>) {
    this.pageSize = pageSize;
    this.load = (after) => load(after, pageSize);
  }

  /** True when `next` can be asked without `fill`. */
  get ready(): boolean {
    return this.at < this.page.length || this.ended;
  }

  /** The row that comes next, left where it is; null after the last. */
  get next(): Row | null {
    return this.page[this.at] ?? null;
  }

  take(): void {
    this.at += 1;
  }

  async fill(): Promise<void> {
    if (this.ready) return;
    const rows = await this.load(this.page.at(-1) ?? null);
    this.page = rows;
    this.at = 0;
    this.ended = rows.length < this.pageSize;
  }
}
