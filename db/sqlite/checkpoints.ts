import Database from 'better-sqlite3';

export const PAGE_BYTES = 4096;
/** At so many pages, 16 MB, the log is copied before the next commit; only a reader who stays lets it grow further. */
export const LOG_PAGES_MOST = 4_000;
/** When nobody writes, a shorter log is copied too: so many pages are SQLite's own measure. */
const IDLE_PAGES = 1_000;
const IDLE_MS = 50;
/** Under a reader who stays it is tried again whenever the log has grown by so many pages. */
const AGAIN_PAGES = 1_000;

/** The pages in the log, and how many of them the file has too. All of them: the next write begins the log anew. */
type Answered = readonly [isBusy: number, inLog: number, copied: number];

/**
 * Copies the writer's log into the file, when nobody writes or between two commits. SQLite by itself would do that within a
 * commit, and its callers would wait for it. Rarer copies also write a page fewer times.
 */
export class Checkpoints {
  private readonly writer: Database.Database;
  private readonly look: Database.Statement;
  private readonly copyAll: Database.Statement;
  private readonly idleTimer: NodeJS.Timeout;
  private dueAt = LOG_PAGES_MOST;

  constructor(writer: Database.Database) {
    this.writer = writer;
    writer.pragma('wal_autocheckpoint = 0');
    // A log that was longer is cut when it begins anew.
    writer.pragma(`journal_size_limit = ${String(LOG_PAGES_MOST * PAGE_BYTES)}`);
    this.look = writer.prepare('pragma wal_checkpoint(noop)').raw();
    this.copyAll = writer.prepare('pragma wal_checkpoint(passive)').raw();
    this.idleTimer = setTimeout(() => this.copyIdle(), IDLE_MS).unref();
  }

  /** Called between two commits. Resolves when the next may begin, which is nearly always at once. */
  async between(): Promise<void> {
    if (!this.isDue(this.dueAt)) return;
    // The answers to the last commit go out first.
    await new Promise((resolve) => setImmediate(resolve));
    this.copy();
  }

  /** Called when nobody waits to write. */
  idle(): void {
    this.idleTimer.refresh();
  }

  close(): void {
    clearTimeout(this.idleTimer);
  }

  private copyIdle(): void {
    if (this.isDue(IDLE_PAGES)) this.copy();
  }

  private isDue(pages: number): boolean {
    // SQLite tells nothing within a transaction.
    if (this.writer.inTransaction) return false;
    const [, inLog, copied] = this.look.get() as Answered;
    return inLog >= pages && copied < inLog;
  }

  /** Copies the pages that no reader needs in the log. If that fails, such as on a full disk, they stay in it for the next time. */
  private copy(): void {
    let answered: Answered;
    try {
      answered = this.copyAll.get() as Answered;
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
      answered = this.look.get() as Answered;
    }
    const [, inLog, copied] = answered;
    this.dueAt = copied === inLog ? LOG_PAGES_MOST : inLog + AGAIN_PAGES;
  }
}
