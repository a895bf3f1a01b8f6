import { randomUUID } from 'node:crypto';
import { copyFileSync, linkSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Store, StoreShut, SwitchStore } from '../../db/index.ts';
import type { BackupFailure, BackupKind, BackupNote, BackupRestored } from '../../shared/backups/contract.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { type ActBy, bookInEveryVillage, BY_SERVER } from '../acts/index.ts';
import { LEFT_BYTES } from '../disk-space.ts';
import { faultOf } from '../redact-error.ts';
import type { Worker } from './backup-process.ts';
import { leaveBackup, readNote, takeLease, withLease } from './backup-lease.ts';
import { BackupFault } from './fault.ts';
import { firstWithoutHead } from './compare-heads.ts';
import { isDue } from './retention.ts';
import type { RestoreReport } from './restore.ts';
import type { RestoredBy } from './restored-act.ts';
import { withinRoom } from './room-on-disk.ts';
import { inScratch } from './temp-folder.ts';
import {
  type Incoming,
  latestMadeAtMs,
  listShelf,
  type Made,
  type Shelf,
  type Shelved,
} from './backup-folder.ts';
import type { Uploads } from './uploads.ts';
import type { Phase, BackupRun } from './write.ts';

export interface KeeperDeps extends Worker {
  readonly store: SwitchStore;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly shelf: Shelf;
  readonly uploads: Pick<Uploads, 'clear'>;
  /** The hour, on the machine's clock, at which the daily backup is made. */
  readonly hour: number;
  /** Opens a second store while the first is shut. Undefined if no other process can use the database then. */
  readonly openBeside?: (() => Promise<Store>) | undefined;
  /** Ends long readings that can be started again, before the database is replaced. */
  readonly callOff?: ((reason: StoreShut) => void) | undefined;
}

export interface BackupsState {
  /** Latest first. */
  readonly backups: readonly Shelved[];
  readonly running: Progress | null;
  readonly note: BackupNote;
}

export interface Restoring extends Progress {
  readonly state: 'none' | 'running' | 'done' | 'failed';
}

interface Progress {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
}

/** Makes and restores backups, one at a time over all processes, and reports their state. */
export interface Keeper {
  state(): Promise<BackupsState>;
  /** Resolves when the backup is made; null when this or another process is making one already. */
  make(kind: BackupKind, by?: ActBy): Promise<Made | null>;
  /**
   * Replaces the database with a backup of the shelf, after backing up the present state. Everybody else is told to
   * try again meanwhile. Null when another backup is being made or restored. `onlyMadeHere` refuses a backup without
   * this server's mark before anything is shut. `by` is the person who asked.
   */
  restore(name: string, asked: RestoreAsked): Promise<RestoreReport | null>;
  /**
   * Verifies a file from elsewhere and puts it on the shelf; `work` is given the function that does it. Null when
   * another backup is being made or restored.
   */
  take(work: (take: (incoming: Incoming) => Promise<Shelved>) => Promise<Shelved>): Promise<Shelved | null>;
  /** The progress of the current or the last restore; it asks no database. */
  restoring(): Restoring;
  /** Makes the daily backup if it is due. */
  makeDaily(): Promise<void>;
  stop(): Promise<void>;
}

interface RestoreAsked {
  readonly onlyMadeHere: boolean;
  readonly by: RestoredBy;
}

/** After a failure the daily backup is tried again this much later. */
const TRY_AGAIN_MS = 3_600_000;

export function createKeeper(deps: KeeperDeps): Keeper {
  const { store, clock, logger, shelf, uploads, hour } = deps;
  const holder = randomUUID();
  const lease = { ...deps, holder };
  const ending = new AbortController();
  let running: BackupsState['running'] = null;
  const { follow, untilAllEnded } = following();

  let restoring: Restoring = { state: 'none', phase: 'write', done: 0, total: 0 };

  /** Runs `work` while this process holds the lease; null when another process holds it. */
  async function held<T>(work: () => Promise<T>): Promise<T | null> {
    if (running) return null;
    running = { phase: 'write', done: 0, total: 0 };
    try {
      if (!(await takeLease(store, holder, clock()))) return null;
      return await work();
    } finally {
      running = null;
    }
  }

  const work: BackupRun = {
    signal: ending.signal,
    onProgress: (phase, done, total) => (running = { phase, done, total }),
  };

  async function makeTaken(kind: BackupKind, by: ActBy): Promise<Made | null> {
    let note: BackupNote = await readNote(store);
    try {
      // Another process may have made it a moment ago.
      if (kind === 'daily' && !(await isWanted())) return null;
      await bookInEveryVillage(store, { ...by, clock }, madeIn);
      const made = await withLease(lease, () => deps.make(kind, work, store));
      const failure = made.copyFault === null ? null : failureOf(made.copyFault, kind, clock());
      note = { ...note, madeAtMs: made.madeAtMs, failure };
      logger.info({ name: made.name, bytes: made.bytes, isCopied: made.isCopied }, 'backed up and verified');
      return made;
    } catch (error) {
      if (!ending.signal.aborted) note = { ...note, failure: failureOf(error, kind, clock()) };
      throw error;
    } finally {
      await leaveBackup(store, holder, note);
    }
  }

  async function isWanted(): Promise<boolean> {
    return isTime(await state(), clock(), hour) && hasVillage(store);
  }

  async function makeDaily(): Promise<void> {
    uploads.clear(clock());
    if (await isWanted()) await held(() => makeTaken('daily', BY_SERVER));
  }

  async function restoreTaken(...[name, asked]: Parameters<Keeper['restore']>): Promise<RestoreReport> {
    restoring = { state: 'running', phase: 'write', done: 0, total: 0 };
    let note: BackupNote | null = null;
    try {
      const telling: BackupRun = {
        signal: ending.signal,
        onProgress: (phase, done, total) => (restoring = { state: 'running', phase, done, total }),
      };
      const report = await putBack(lease, { name, ...asked }, telling);
      logger.warn({ name, keptAside: report.keptAside, by: asked.by.actorId }, 'a backup was restored');
      note = noteOf(report, { atMs: clock(), by: asked.by.actorId, name });
      restoring = { ...restoring, state: 'done' };
      return report;
    } catch (error) {
      restoring = { ...restoring, state: 'failed' };
      logger.error({ err: faultOf(error) }, `restoring failed; ${standsNow(error)}`);
      throw error;
    } finally {
      await leaveRestored(lease, note).catch(() => undefined);
    }
  }

  async function state(): Promise<BackupsState> {
    return { backups: await listShelf(shelf), running, note: await readNote(store) };
  }

  return {
    state,
    make: (kind, by = BY_SERVER) => follow(held(() => makeTaken(kind, by))),
    restore: (...asked) => follow(held(() => restoreTaken(...asked))),
    take: (taking) => follow(held(() => takeFile(lease, taking, work))),
    restoring: () => restoring,
    makeDaily: () => follow(makeDaily()),
    async stop() {
      ending.abort();
      await untilAllEnded();
    },
  };
}

/** The dependencies, and the name under which this keeper takes the lease. */
type Held = KeeperDeps & { readonly holder: string };

/** Keeps track of all work under way, so that `stop` can wait for it. */
function following() {
  const underWay = new Set<Promise<unknown>>();
  return {
    follow: <T>(work: Promise<T>): Promise<T> => {
      const ended: Promise<unknown> = work.catch(() => undefined).then(() => underWay.delete(ended));
      underWay.add(ended);
      return work;
    },
    untilAllEnded: () => Promise.all(underWay),
  };
}

async function takeFile(
  held: Held,
  taking: Parameters<Keeper['take']>[0],
  work: BackupRun,
): Promise<Shelved> {
  const { store, shelf, logger, holder } = held;
  try {
    const taken = await withLease(held, () =>
      taking((incoming) =>
        withinRoom(shelf.folder, LEFT_BYTES / 2, work, (within) => held.take(incoming, within)),
      ),
    );
    logger.info({ name: taken.name, bytes: taken.bytes }, 'a backup from elsewhere was taken and verified');
    return taken;
  } finally {
    await leaveBackup(store, holder, null);
  }
}

/** Backs up the present state, restores the backup, and checks that the new database has the backup's heads. */
async function putBack(
  held: Held,
  { name, onlyMadeHere, by }: RestoreAsked & { readonly name: string },
  work: BackupRun,
): Promise<RestoreReport> {
  const { store, shelf, clock } = held;
  return inScratch(shelf.folder, async (folder) => {
    // The backup of the present state may make the retention rule remove this file, so the file gets a second name.
    const file = join(folder, name);
    keepHold(join(shelf.folder, name), file);
    if (onlyMadeHere && !(await withLease(held, () => held.isMadeHere(file, work))))
      throw new BackupFault('made_elsewhere');
    const report = await store.exchange(
      (old) =>
        withLease({ ...held, store: old }, async () => {
          await bookInEveryVillage(old, { ...by, clock }, madeBeforeRestoreIn);
          return held.make('restore', work, old);
        }),
      () => besideThat(held, () => held.restore(file, by, work)),
      held.callOff,
    );
    await lookAtHeads(store, report);
    return report;
  });
}

function madeIn(villageId: string): AnyAct {
  return { act: 'backups.made', on: `village:${villageId}` };
}

function madeBeforeRestoreIn(villageId: string): AnyAct {
  return { act: 'backups.made_before_restore', on: `village:${villageId}` };
}

/** Renews the lease over a second store, because `held.store` is shut meanwhile. */
async function besideThat<T>(held: Held, work: () => Promise<T>): Promise<T> {
  if (!held.openBeside) return work();
  const store = await held.openBeside();
  try {
    return await withLease({ ...held, store }, work);
  } finally {
    await store.close();
  }
}

function keepHold(path: string, second: string): void {
  try {
    linkSync(path, second);
  } catch {
    // This disk cannot make hard links.
    copyFileSync(path, second);
  }
}

function isTime(state: BackupsState, nowMs: number, hour: number): boolean {
  if (!isDue(nowMs, latestMadeAtMs(state, nowMs), hour)) return false;
  const { failure } = state.note;
  // The clock may have been ahead at the failure.
  return failure === null || Math.abs(nowMs - failure.atMs) >= TRY_AGAIN_MS;
}

function noteOf({ madeAt }: RestoreReport, how: Omit<BackupRestored, 'madeAtMs'>): BackupNote {
  return { madeAtMs: null, failure: null, restored: { ...how, madeAtMs: Date.parse(madeAt) } };
}

/** Takes the lease again, which the restored database does not hold, and stores the note with it. */
async function leaveRestored({ store, clock, holder }: Held, note: BackupNote | null): Promise<void> {
  await takeLease(store, holder, clock());
  await leaveBackup(store, holder, note);
}

/** Throws `outcome_unknown` if the new database lacks a head of the backup, or cannot be read. */
async function lookAtHeads(store: Store, { books }: RestoreReport): Promise<void> {
  const missing = await firstWithoutHead(store, books).catch((cause: unknown) => {
    throw new BackupFault('outcome_unknown', { cause });
  });
  if (missing) throw new BackupFault('outcome_unknown', { what: `head ${missing.name}` });
}

function standsNow(error: unknown): string {
  return error instanceof BackupFault && error.code === 'outcome_unknown'
    ? 'whether it was done is not known'
    : 'the database is as it was';
}

function failureOf(error: unknown, kind: BackupKind, atMs: number): BackupFailure {
  if (error instanceof BackupFault) return { atMs, kind, code: error.code, what: error.what };
  const { message, type } = faultOf(error);
  return { atMs, kind, code: 'failed', what: message || type };
}

async function hasVillage(store: Store): Promise<boolean> {
  const rows = await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages).limit(1));
  return rows.length > 0;
}
