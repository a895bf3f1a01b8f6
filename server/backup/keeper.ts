import { randomUUID } from 'node:crypto';
import { and, eq, lte } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Store } from '../../db/index.ts';
import type { BackupFailure, BackupKind, BackupNote } from '../../shared/contract/backups.ts';
import { faultOf } from '../http/index.ts';
import type { MakeBackup } from './apart.ts';
import { BackupFault } from './fault.ts';
import { isDue } from './keep.ts';
import { listShelf, type Made, type Shelf, type Shelved } from './shelf.ts';
import type { Phase } from './write.ts';

export interface KeeperDeps {
  readonly store: Store;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly shelf: Shelf;
  readonly make: MakeBackup;
  /** Of the day, on the machine's clock, at which the daily backup is made. */
  readonly hour: number;
}

export interface BackupsState {
  /** Latest first. */
  readonly backups: readonly Shelved[];
  readonly running: { readonly phase: Phase; readonly done: number; readonly total: number } | null;
  readonly note: BackupNote;
}

/** Makes backups, one at a time over all processes, and knows how they stand. */
export interface Keeper {
  state(): Promise<BackupsState>;
  /** Answers when the backup is made; null when one is being made already, here or in another process. */
  make(kind: BackupKind): Promise<Made | null>;
  /** Begins to look every quarter of an hour whether the daily backup is due. */
  begin(firstAfterMs?: number): void;
  stop(): Promise<void>;
}

const FIRST_AFTER_MS = 60_000;
const LOOK_AGAIN_MS = 15 * 60_000;
/** A process that died holds nobody up for longer; one that lives says so in time. */
const HELD_MS = 5 * 60_000;
const RENEW_MS = 60_000;
/** After a failure the next try by itself comes so much later. */
const TRY_AGAIN_MS = 3_600_000;

const NOTHING: BackupNote = { madeAtMs: null, failure: null };

export function createKeeper(deps: KeeperDeps): Keeper {
  const { store, clock, logger, shelf, hour } = deps;
  const holder = randomUUID();
  const ending = new AbortController();
  let running: BackupsState['running'] = null;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<unknown> = Promise.resolve();

  async function makeHeld(kind: BackupKind): Promise<Made | null> {
    if (running) return null;
    running = { phase: 'write', done: 0, total: 0 };
    try {
      if (!(await take(store, holder, clock()))) return null;
      return await makeTaken(kind);
    } finally {
      running = null;
    }
  }

  async function makeTaken(kind: BackupKind): Promise<Made | null> {
    const renewal = setInterval(() => void take(store, holder, clock()).catch(() => undefined), RENEW_MS);
    let note: BackupNote = await readNote(store);
    try {
      // Another process may have been quicker by a moment.
      if (kind === 'daily' && !(await isWanted())) return null;
      const made = await deps.make(kind, {
        signal: ending.signal,
        onProgress: (phase, done, total) => (running = { phase, done, total }),
      });
      const failure = made.copyFault === null ? null : failureOf(made.copyFault, kind, clock());
      note = { madeAtMs: made.madeAtMs, failure };
      logger.info({ name: made.name, bytes: made.bytes, isCopied: made.isCopied }, 'backed up and verified');
      return made;
    } catch (error) {
      if (!ending.signal.aborted) note = { ...note, failure: failureOf(error, kind, clock()) };
      throw error;
    } finally {
      clearInterval(renewal);
      await leave(store, holder, note);
    }
  }

  async function isWanted(): Promise<boolean> {
    const { backups, note } = await state();
    const lastAtMs = Math.max(backups[0]?.madeAtMs ?? 0, note.madeAtMs ?? 0) || null;
    if (!isDue(clock(), lastAtMs, hour)) return false;
    if (note.failure !== null && clock() - note.failure.atMs < TRY_AGAIN_MS) return false;
    return hasVillage(store);
  }

  async function look(): Promise<void> {
    if (await isWanted()) await makeHeld('daily');
  }

  function lookAgain(afterMs: number): void {
    timer = setTimeout(() => {
      underWay = look()
        .catch((error: unknown) => {
          if (!ending.signal.aborted) logger.error({ err: faultOf(error) }, 'the daily backup failed');
        })
        .finally(() => {
          if (!ending.signal.aborted) lookAgain(LOOK_AGAIN_MS);
        });
    }, afterMs).unref();
  }

  async function state(): Promise<BackupsState> {
    return { backups: await listShelf(shelf), running, note: await readNote(store) };
  }

  return {
    state,
    make(kind) {
      const made = makeHeld(kind);
      underWay = made.catch(() => undefined);
      return made;
    },
    begin: (firstAfterMs = FIRST_AFTER_MS) => lookAgain(firstAfterMs),
    async stop() {
      clearTimeout(timer);
      ending.abort();
      await underWay;
    },
  };
}

function failureOf(error: unknown, kind: BackupKind, atMs: number): BackupFailure {
  if (error instanceof BackupFault) return { atMs, kind, code: error.code, what: error.what };
  return { atMs, kind, code: 'failed', what: error instanceof Error ? error.message : String(error) };
}

/** Takes the chore, or takes it anew; false while another process is at it. */
async function take(store: Store, holder: string, nowMs: number): Promise<boolean> {
  return store.transaction(async ({ db, t: { chores } }) => {
    const held = { holder, heldUntilMs: nowMs + HELD_MS };
    const mine = await db
      .update(chores)
      .set(held)
      .where(and(eq(chores.id, 'backup'), eq(chores.holder, holder)))
      .returning({ id: chores.id });
    if (mine.length > 0) return true;
    const taken = await db
      .insert(chores)
      .values({ id: 'backup', note: null, ...held })
      .onConflictDoUpdate({ target: chores.id, set: held, setWhere: lte(chores.heldUntilMs, nowMs) })
      .returning({ id: chores.id });
    return taken.length > 0;
  });
}

/** Lays the chore down, with how it went. */
async function leave(store: Store, holder: string, note: BackupNote): Promise<void> {
  await store.transaction(({ db, t: { chores } }) =>
    db
      .update(chores)
      .set({ holder: '', heldUntilMs: 0, note })
      .where(and(eq(chores.id, 'backup'), eq(chores.holder, holder)))
      .returning({ id: chores.id }),
  );
}

async function readNote(store: Store): Promise<BackupNote> {
  const rows = await store.read(({ db, t: { chores } }) =>
    db.select({ note: chores.note }).from(chores).where(eq(chores.id, 'backup')),
  );
  return rows[0]?.note ?? NOTHING;
}

async function hasVillage(store: Store): Promise<boolean> {
  const rows = await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages).limit(1));
  return rows.length > 0;
}
