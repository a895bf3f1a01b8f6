import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hasDatabase, type Store, sqlitePath, type Tx } from '../../db/index.ts';
import { required } from '../../shared/fields.ts';
import type { Language } from '../../shared/sentence.ts';
import { NEW_VILLAGE_SETTINGS } from '../../shared/village/settings.ts';
import { bookActs, commandLineAt } from '../acts/index.ts';
import { type BackupKeys, openUpToDate, refuseMoved, type Shelf, type Upgrader } from '../backups/index.ts';
import {
  backupKeysOf,
  findSecrets,
  type Listening,
  readGuardsClock,
  readListening,
  readShelf,
} from '../config.ts';
import { createIds, readVillage, type VillageContext } from '../http/index.ts';
import { LEDGER_KINDS } from '../ledger-kinds.ts';
import { createLedger, type Ledger } from '../ledger/index.ts';
import { actOfFounding, claimSetup, createVillage, newVillageId } from '../village/index.ts';
import { CliProblem, EXIT } from './problems.ts';
import { type Say, sayIn } from './sentences.ts';

/** The outputs of a command: `out` for results, `note` for everything else. */
export interface Streams {
  /** A promise it returns settles when the text was written: long results wait for their reader. */
  out(text: string): unknown;
  note(text: string): void;
  readStdin(): Promise<string>;
}

/** Everything a command works with: the place of the data, the clock, the language. */
export interface CliDesk extends Streams {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly shelf: Shelf;
  /** The settings of the server's ports. They are read when a command asks, because they may be wrong. */
  readonly settings: () => Listening;
  readonly language: Language;
  readonly say: Say;
  readonly version: string;
  readonly clock: () => number;
  /** Commands book through this ledger alone. The clock guard applies to it as to the server's own (docs/faults.md). */
  readonly ledger: Ledger;
  readonly random: (size: number) => Uint8Array;
  /** Marks backups as the server's; null if its secret cannot be read. The command line makes no secret. */
  readonly backupKeys: () => BackupKeys | null;
}

/**
 * Reads the same settings as the server. Without DATA_DIR the data lies in the project's folder, whatever the current
 * folder is.
 */
export function openDesk(
  env: NodeJS.ProcessEnv,
  projectFolder: string,
  version: string,
  streams: Streams,
): CliDesk {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  const dataDir = env.DATA_DIR || join(projectFolder, 'data');
  const language: Language = /^en/i.test(locale) ? 'en' : 'zh';
  return {
    ...streams,
    dataDir,
    databaseUrl: env.DATABASE_URL || undefined,
    shelf: readShelf(env, dataDir),
    settings: () => readListening(env),
    language,
    say: sayIn(language),
    version,
    clock: Date.now,
    ledger: createLedger({ kinds: LEDGER_KINDS, clock: Date.now, guardsClock: readGuardsClock(env) }),
    random: (size) => randomBytes(size),
    backupKeys() {
      const secrets = findSecrets(env, dataDir);
      return secrets && backupKeysOf(secrets);
    },
  };
}

/** Opens the database for one piece of work. A missing database is made only with `mayMake`. */
export async function withStore<T>(
  desk: CliDesk,
  work: (store: Store) => Promise<T>,
  mayMake = false,
): Promise<T> {
  refuseMoved(desk);
  if (!mayMake && !(await hasDatabase(desk))) {
    const place = desk.databaseUrl === undefined ? sqlitePath(desk.dataDir) : 'DATABASE_URL';
    throw new CliProblem(EXIT.unavailable, desk.say('no_database', { place }));
  }
  const store = await openUpToDate(desk, upgraderOf(desk));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Tells the user that a backup is made before the first migration. */
export function upgraderOf(desk: CliDesk): Upgrader {
  const { say } = desk;
  return {
    ...desk,
    keys: desk.backupKeys(),
    onBackup: (name) => desk.note(name === null ? say('backing_up_first') : say('backed_up_first', { name })),
  };
}

export async function listVillages(store: Store): Promise<{ id: string; name: string; town: string }[]> {
  return store.read(({ db, t: { villages } }) =>
    db
      .select({ id: villages.id, name: villages.name, town: villages.town })
      .from(villages)
      .orderBy(villages.id),
  );
}

/** The village named, or the only one; null if there is none yet. */
export async function findVillage(
  desk: CliDesk,
  store: Store,
  id: string | undefined,
): Promise<VillageContext | null> {
  const villages = await listVillages(store);
  if (id === undefined && villages.length > 1) {
    const list = villages.map((village) => `  ${village.id}  ${village.town} ${village.name}`).join('\n');
    throw new CliProblem(EXIT.usage, desk.say('many_villages', { list }));
  }
  const found = id === undefined ? villages[0] : villages.find((village) => village.id === id);
  if (id !== undefined && !found) throw new CliProblem(EXIT.usage, desk.say('unknown_village', { id }));
  return found ? store.read((reader) => readVillage(reader, found.id)) : null;
}

export async function requireVillage(
  desk: CliDesk,
  store: Store,
  id: string | undefined,
): Promise<VillageContext> {
  const village = await findVillage(desk, store, id);
  if (!village) throw new CliProblem(EXIT.usage, desk.say('no_village'));
  return village;
}

export interface NewVillageFlags {
  readonly village?: string;
  readonly villageName?: string;
  readonly town?: string;
}

/** The village named, or the only one; if there is none yet, one is made under the name given. */
export async function findOrMakeVillage(
  desk: CliDesk,
  store: Store,
  flags: NewVillageFlags,
): Promise<VillageContext> {
  const found = await findVillage(desk, store, flags.village);
  if (found) return found;
  const { villageName: name, town = '—' } = flags;
  if (name === undefined) throw new CliProblem(EXIT.usage, desk.say('no_village'));
  const id = await store.transaction(async (tx) => {
    const made = await makeVillage(desk, tx, name, town);
    await bookActs(desk.ledger, tx, await commandLineAt(tx, made.id, desk), [actOfFounding(made)]);
    return made.id;
  });
  return requireVillage(desk, store, id);
}

/** Makes the first village of an installation. Its book is empty still: a journal that is brought in has its own beginning. */
export async function makeVillage(
  desk: CliDesk,
  tx: Tx,
  villageName: string,
  ofTown: string,
): Promise<VillageContext> {
  const { clock, random, ledger } = desk;
  const [name, town] = [nameFrom(desk, villageName, 60), nameFrom(desk, ofTown, 60)];
  const newId = createIds(clock, random);
  const id = newVillageId(newId);
  await claimSetup(tx, id, clock());
  const made = { id, name, town, isDemo: false, openedAtMs: null, settings: NEW_VILLAGE_SETTINGS };
  await createVillage(tx, ledger, { ...made, bookId: newId(), nowMs: clock() });
  return made;
}

/** A name as somebody typed it, by the same rule as on the screens. */
export function nameFrom(desk: CliDesk, text: string, max: number): string {
  const name = required(max).safeParse(text);
  if (!name.success) throw new CliProblem(EXIT.usage, desk.say('bad_name', { most: max }));
  return name.data;
}
