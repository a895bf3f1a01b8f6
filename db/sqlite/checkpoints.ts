import type Database from 'better-sqlite3';
import { Worker } from 'node:worker_threads';

export const PAGE_BYTES = 4096;
/** From so many pages on the log is copied into the file while commits go on: 32 MB. Rarer copies write a page fewer times. */
const COPIED_FROM_PAGES = 8_000;
/** No commit begins above so many, 48 MB, before the log is copied; only a reader who stays lets it grow further. */
export const LOG_PAGES_MOST = 12_000;
/** When nobody writes, a shorter log is copied too: so many pages are SQLite's own measure. */
const IDLE_PAGES = 1_000;
const IDLE_MS = 50;
/** Under a reader who stays it is tried again whenever the log has grown by so many pages. */
const AGAIN_PAGES = 2_000;

/** The pages in the log, and how many of them the file has too. All of them: the next write begins the log anew. */
interface LogSize {
  readonly inLog: number;
  readonly copied: number;
}

/**
 * Copies the writer's log into the file. SQLite by itself would do that within the commit that makes the log long, and its
 * callers would wait for the disk. Here a thread does it on a connection of its own; writers wait for the last pages only.
 */
export class Checkpoints {
  private readonly writer: Database.Database;
  private readonly path: string;
  private readonly look: Database.Statement;
  private readonly idleTimer: NodeJS.Timeout;
  private worker: Worker | null = null;
  /** The copy under way. There is one at a time. */
  private copying: Promise<LogSize> | null = null;
  /** Called with the worker's answer; with null if it failed. */
  private answer: (answered: Answered | null) => void = () => undefined;
  /** True when a copy has ended that commits went on beside, so that little is left. */
  private isMostCopied = false;
  private dueAt = COPIED_FROM_PAGES;
  private lastSize: LogSize = { inLog: 0, copied: 0 };

  constructor(writer: Database.Database, path: string) {
    this.writer = writer;
    this.path = path;
    writer.pragma('wal_autocheckpoint = 0');
    // A log that was longer is cut when it begins anew.
    writer.pragma(`journal_size_limit = ${String(LOG_PAGES_MOST * PAGE_BYTES)}`);
    this.look = writer.prepare('pragma wal_checkpoint(noop)').raw();
    this.idleTimer = setTimeout(() => this.copyIdle(), IDLE_MS).unref();
  }

  /** Called between two commits. Resolves when the next may begin, which is nearly always at once. */
  async between(): Promise<void> {
    const { inLog, copied } = this.size();
    if (inLog < this.dueAt || copied === inLog) return;
    if (inLog >= LOG_PAGES_MOST) await this.copying;
    if (!this.isMostCopied) {
      void this.copy().then(() => (this.isMostCopied = true));
      return;
    }
    this.isMostCopied = false;
    await this.copying;
    const end = await this.copy();
    this.dueAt = end.copied === end.inLog ? COPIED_FROM_PAGES : end.inLog + AGAIN_PAGES;
  }

  /** Called when nobody waits to write. */
  idle(): void {
    this.idleTimer.refresh();
  }

  async close(): Promise<void> {
    clearTimeout(this.idleTimer);
    await this.copying;
    const { worker } = this;
    if (!worker) return;
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    worker.ref();
    worker.postMessage('close');
    await gone;
  }

  private copyIdle(): void {
    const { inLog, copied } = this.size();
    if (inLog - copied >= IDLE_PAGES) void this.copy();
  }

  private size(): LogSize {
    // SQLite tells nothing within a transaction.
    if (!this.writer.inTransaction) this.lastSize = sizeOf(this.look.get() as Answered);
    return this.lastSize;
  }

  /** Copies what is in the log by now. If that fails, the log keeps it, and it is tried again when the log has grown. */
  private copy(): Promise<LogSize> {
    this.copying ??= this.ask().then((answered) => {
      this.copying = null;
      return answered ? sizeOf(answered) : { ...this.size(), copied: 0 };
    });
    return this.copying;
  }

  private ask(): Promise<Answered | null> {
    const worker = (this.worker ??= this.start());
    // The process does not end before it has its answer.
    worker.ref();
    return new Promise((resolve) => {
      this.answer = (answered) => {
        worker.unref();
        resolve(answered);
      };
      worker.postMessage('copy');
    });
  }

  private start(): Worker {
    const worker = new Worker(new URL('checkpoint-worker.ts', import.meta.url), { workerData: this.path });
    worker.on('message', (answered: Answered | null) => this.answer(answered));
    worker.on('error', () => {
      this.worker = null;
      this.answer(null);
    });
    return worker;
  }
}

/** SQLite's answer to `wal_checkpoint`. */
type Answered = readonly [isBusy: number, inLog: number, copied: number];

function sizeOf([, inLog, copied]: Answered): LogSize {
  return { inLog, copied };
}
