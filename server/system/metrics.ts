import { statfs } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Store, StoreBusy, type StoreObserver, type Tx } from '../../db/index.ts';
import { errorSpec } from '../../shared/errors.ts';
import { type Keeper, latestMadeAtMs } from '../backups/index.ts';
import type { Verifier } from '../books/index.ts';
import type { OnAnswered } from '../http/index.ts';
import type { CommandObserver, OnWritten } from '../commands/index.ts';
import { splitAccountId } from '../ledger/index.ts';

/** Callbacks through which the rooms report what they do; no room knows who counts. */
export interface Observers {
  readonly store: StoreObserver;
  readonly commands: CommandObserver;
  readonly onAnswered: OnAnswered;
}

export interface Metrics {
  readonly observers: Observers;
  /** The same store; it counts written entries when they are committed. */
  counting(store: Store): Store;
  /** Sets the objects that are asked when the figures are read. */
  watch(watched: Watched): void;
  /** GET /metrics, on a port of its own. */
  readonly server: Server;
}

export interface Watched {
  readonly verifier: Pick<Verifier, 'last'>;
  readonly keeper: Pick<Keeper, 'state'>;
  /** The free space of its disk is measured. */
  readonly dataDir: string;
}

type Written = Parameters<OnWritten>[1];

/** Figures without anybody in them: routes are patterns, refusals are codes, units are kinds. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const books = bookFigures(registry);
  const commands = commandFigures(registry);
  return {
    observers: {
      store: storeFigures(registry, commands.waiting),
      commands: { ...commands.observer, onWritten: books.onWritten },
      onAnswered: answerFigures(registry),
    },
    counting: books.counting,
    watch: (watched) => lookUpFigures(registry, watched),
    server: createServer((request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      registry.metrics().then(
        (text) => response.setHeader('Content-Type', registry.contentType).end(text),
        () => response.writeHead(500).end(),
      );
    }),
  };
}

function storeFigures(registry: Registry, commandsWaiting: () => number): StoreObserver {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'jishan_commit_seconds',
    help: 'Time a commit took to reach the disk',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const works = new Histogram({
    name: 'jishan_commit_works',
    help: 'Works that shared a commit (on PostgreSQL those of one village in one process)',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  });
  let waiting = () => 0;
  new Gauge({
    name: 'jishan_store_waiting',
    help: 'Works and commands waiting for the writer (SQLite), or for a connection or their village’s turn (PostgreSQL)',
    registers,
    collect() {
      this.set(waiting() + commandsWaiting());
    },
  });
  return {
    // Called again, because an upgrade opens the database as it is first, and a restore opens another.
    opened(now) {
      waiting = now;
    },
    committed(count, tookMs) {
      seconds.observe(tookMs / 1000);
      works.observe(count);
    },
  };
}

/** How many commands share their reads and writes, and how often they have to read again. */
function commandFigures(registry: Registry) {
  const registers = [registry];
  const commands = new Histogram({
    name: 'jishan_commands_together',
    help: 'Commands of one village that were decided and written together',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  });
  const waves = new Histogram({
    name: 'jishan_command_waves',
    help: 'Waves of reading and writing that they took',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers,
  });
  let waiting = () => 0;
  return {
    waiting: () => waiting(),
    observer: {
      opened(now: () => number) {
        waiting = now;
      },
      ran(count: number, took: number) {
        commands.observe(count);
        waves.observe(took);
      },
    },
  };
}

/** Entries and their postings are counted when their transaction is committed, so undone work never counts. */
function bookFigures(registry: Registry) {
  const registers = [registry];
  const entries = new Counter({
    name: 'jishan_entries_total',
    help: 'Entries booked, by kind',
    labelNames: ['kind'],
    registers,
  });
  const postings = new Counter({
    name: 'jishan_postings_total',
    help: 'Postings booked, by the kind of their unit',
    labelNames: ['unit'],
    registers,
  });
  const written = new WeakMap<Tx, Written[]>();
  return {
    onWritten: ((tx, some) => {
      const before = written.get(tx);
      if (before) before.push(some);
      else written.set(tx, [some]);
    }) satisfies OnWritten,
    counting: (store: Store): Store => ({
      ...store,
      async transaction(work, ofVillage) {
        // PostgreSQL may run the work again; the last run is the one that was committed.
        let last: Tx | undefined;
        const value = await store.transaction((tx) => {
          last = tx;
          return work(tx);
        }, ofVillage);
        for (const { table, now, about = '' } of (last && written.get(last)?.flat()) ?? []) {
          if (table === 'journal') entries.inc({ kind: now.kind });
          if (table === 'postings') postings.inc({ unit: unitKind(splitAccountId(about)?.unit) });
        }
        return value;
      },
    }),
  };
}

function unitKind(unit = ''): 'point' | 'cny' | 'goods' {
  if (unit === 'POINT') return 'point';
  return unit === 'CNY' ? 'cny' : 'goods';
}

function answerFigures(registry: Registry): OnAnswered {
  const registers = [registry];
  const requests = new Counter({
    name: 'jishan_http_requests_total',
    help: 'Answers of the API; 499: the caller had gone',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'jishan_http_request_seconds',
    help: 'From a request to its answer sent',
    labelNames: ['method'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers,
  });
  const refused = new Counter({
    name: 'jishan_refused_total',
    help: 'Requests refused, by code and kind: retry, refused (a rule said no), bug (ours)',
    labelNames: ['code', 'kind'],
    registers,
  });
  const METHODS = new Set(['GET', 'POST', 'PATCH']);
  return ({ route, method: asked, status, code, tookMs }) => {
    // Anybody can send any word as a method.
    const method = METHODS.has(asked) ? asked : 'other';
    requests.inc({ method, route: route.slice(route.indexOf(' ') + 1), status });
    seconds.observe({ method }, tookMs / 1000);
    if (code !== null) refused.inc({ code, kind: errorSpec(code).kind });
  };
}

function lookUpFigures(registry: Registry, { verifier, keeper, dataDir }: Watched): void {
  const registers = [registry];
  new Gauge({
    name: 'jishan_disk_free_bytes',
    help: 'Room left on the disk of DATA_DIR',
    registers,
    async collect() {
      const { bavail, bsize } = await statfs(dataDir);
      this.set(bavail * bsize);
    },
  });
  // Each figure is read by itself. A figure that the next one's reading set would be one scrape old.
  knownLater({
    name: 'jishan_books_verified_seconds',
    help: 'When the books were last verified, seconds since 1970; the one longest ago counts. Not given out before the first time',
    registers,
    async look() {
      const last = await verifier.last();
      return last && Date.parse(last.at) / 1000;
    },
  });
  knownLater({
    name: 'jishan_books_ok',
    help: '1 when every book verified, 0 when one did not. Not given out before the first verification',
    registers,
    async look() {
      const last = await verifier.last();
      return last && Number(last.ok);
    },
  });
  knownLater({
    name: 'jishan_backup_verified_seconds',
    help: 'When the latest verified backup was made, seconds since 1970; 0 while there is none',
    registers,
    async look() {
      return (latestMadeAtMs(await keeper.state(), Date.now()) ?? 0) / 1000;
    },
  });
}

interface Looked {
  readonly name: string;
  readonly help: string;
  readonly registers: Registry[];
  /** Null: nobody knows yet. */
  readonly look: () => Promise<number | null>;
}

/**
 * A figure that is left out until it is known, because a gauge begins with 0, which would be an alarm. While a backup
 * is restored the database is shut: the figure keeps its value, and the others are given out.
 */
function knownLater({ look, ...described }: Looked): void {
  const gauge = new Gauge({
    ...described,
    async collect() {
      try {
        const figure = await look();
        if (figure === null) gauge.remove();
        else gauge.set(figure);
      } catch (error) {
        if (!(error instanceof StoreBusy)) throw error;
      }
    },
  });
  gauge.remove();
}
