import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createSwitch, openStore, sqlitePath, type Store } from '../db/index.ts';
import type { EndpointId } from '../shared/endpoints.ts';
import { fold, type Together } from '../shared/fold.ts';
import {
  createKeeper,
  createUploads,
  headsOfBackups,
  inHere,
  type Keeper,
  type Shelf,
  type Worker,
} from './backups/index.ts';
import { type Interfaces, type ListeningPlace, ownAddressesAt } from './address/index.ts';
import { bookActs } from './acts/index.ts';
import { BOOK_CHECKS } from './book-checks.ts';
import { bookerNamesThen, createVerifier, type Verifier } from './books/index.ts';
import { backupKeysOf, type Config, keysFor } from './config.ts';
import { loadDemo } from './demo/index.ts';
import type { Module } from './define-module.ts';
import { leftBeside } from './disk-space.ts';
import { createPopularity } from './goods/index.ts';
import { requireHouseholds } from './households/index.ts';
import {
  clearSpool,
  createHttpApp,
  createIds,
  createOperate,
  type Handlers,
  type HttpApp,
  type Limits,
  type RandomBytes,
  type SpoolPlace,
} from './http/index.ts';
import { createHouseholdSessions, createKnownDevices } from './identity/index.ts';
import { kioskResolver, newThingsOf, witnessesOf } from './kiosk/index.ts';
import { authorityDocument, type GivenFiles, type HttpsFiles, httpsFiles } from './https/index.ts';
import type { Job } from './jobs/index.ts';
import { LEDGER_KINDS } from './ledger-kinds.ts';
import { createLedger } from './ledger/index.ts';
import { MODULES } from './modules.ts';
import { createSafeEntry } from './outbox/index.ts';
import { type PrinterNetwork, villageNetwork } from './printers/index.ts';
import { notePathOf } from './private-file.ts';
import { dailySweep, householdEraser } from './privacy/index.ts';
import { confirmPassword, createStaffSessions } from './staff/index.ts';
import type { Observers } from './system/index.ts';
import { needsSetup } from './village/index.ts';

export interface AppOptions {
  readonly store: Store;
  readonly config: Pick<
    Config,
    'dataDir' | 'secrets' | 'setupCode' | 'trustProxy' | 'publicUrl' | 'version'
  > & {
    readonly databaseUrl?: string | undefined;
    readonly httpsFiles?: GivenFiles;
    readonly shelf?: Shelf;
    readonly backupHour?: number;
    /** Limit for a backup file that is uploaded to be restored. */
    readonly uploadBytesMax?: number;
    /** No screens are served when left out. */
    readonly screensFolder?: string;
    /** On when left out. */
    readonly keepsPages?: boolean;
    /** See `LedgerDeps`; on when left out. */
    readonly guardsClock?: boolean;
  };
  readonly clock: () => number;
  readonly random: RandomBytes;
  readonly logger: Logger;
  readonly limits?: Partial<Limits> | undefined;
  readonly observers?: Observers | undefined;
  /**
   * The interface and port of the server, to tell the desk the machine's addresses; read at each call, because the
   * port may be known only later. None are told when left out.
   */
  readonly place?: ListeningPlace | undefined;
  /** The way to the shop's printer; the village's own network when left out. */
  readonly printerNetwork?: PrinterNetwork | undefined;
  /** The interfaces of this machine; the system's own when left out. */
  readonly interfaces?: (() => Interfaces) | undefined;
  /** The port where https is served now; none when left out. */
  readonly httpsPort?: (() => number | null) | undefined;
  /** Makes and restores backups. Without it this process does so itself. */
  readonly worker?: Worker | undefined;
}

export interface App extends HttpApp {
  readonly verifier: Verifier;
  readonly keeper: Keeper;
  /** The certificates for https. */
  readonly certificates: HttpsFiles;
  /** Periodic work; `startJobs` runs it. */
  readonly jobs: readonly Job[];
}

/** Builds the server from its rooms. Each room is given what it needs from the others and imports none of it. */
export function createApp(options: AppOptions): App {
  const { config, clock, random, logger, limits, observers } = options;
  const { databaseUrl, backupHour = 3, uploadBytesMax = 2 ** 31, version } = config;

  const shelf = config.shelf ?? { folder: join(config.dataDir, 'backups'), copyFolder: null };
  const place = { dataDir: config.dataDir, databaseUrl };
  const store = createSwitch(options.store, () => openStore(place));
  const keys = backupKeysOf(config.secrets);
  const worker = options.worker ?? inHere({ ...place, shelf, version, clock, keys });
  const uploads = createUploads(shelf, uploadBytesMax, random);
  // While a SQLite file is being replaced, only this process may use it.
  const openBeside = databaseUrl === undefined ? undefined : () => openStore({ ...place, connectionsMax: 1 });
  const headPlaces = { notePath: notePathOf(config.dataDir), ofBackups: () => headsOfBackups(shelf) };
  const newId = createIds(clock, random);
  const verifier = createVerifier({
    store,
    kinds: LEDGER_KINDS,
    clock,
    newId,
    headPlaces,
    checks: BOOK_CHECKS,
  });
  const keeper = createKeeper({
    ...{ store, clock, logger, shelf, uploads, hour: backupHour, openBeside, callOff: verifier.callOff },
    ...worker,
  });
  const newSalt = () => Buffer.from(random(16)).toString('hex');
  const ledger = createLedger({
    kinds: LEDGER_KINDS,
    clock,
    newSalt,
    guardsClock: config.guardsClock,
    onWritten: observers?.commands.onWritten,
  });
  const staffSessions = createStaffSessions(keysFor(config.secrets, 'access tokens'), random);
  const householdSessions = createHouseholdSessions(random, store);
  const { screensFolder, dataDir, keepsPages = true } = config;

  const certificates = httpsFiles(dataDir, config.httpsFiles);
  const erase = householdEraser(MODULES, ledger);
  const services: Services = {
    ...{ store, ledger, random, staffSessions, householdSessions, verifier, keeper, shelf, uploads },
    knownDevices: createKnownDevices(keysFor(config.secrets, 'known devices'), random),
    ...{ confirmPassword, requireHouseholds, namesThen: bookerNamesThen, witnessesOf, newThingsOf },
    popularity: createPopularity(),
    setupCode: config.setupCode,
    publicUrl: config.publicUrl,
    markKeys: keysFor(config.secrets, 'marks of proposals'),
    pinSlipKeys: keysFor(config.secrets, 'PIN slips'),
    https: { files: certificates, port: options.httpsPort ?? (() => null) },
    ownAddresses: options.place ? ownAddressesAt(options.place, options.interfaces) : () => [],
    printerNetwork: options.printerNetwork ?? villageNetwork(),
    pinProofKeys: keysFor(config.secrets, 'counter PINs'),
    presenceKeys: keysFor(config.secrets, 'counter presences'),
    loadDemo: () => loadDemo({ store, clock, random, dataDir }),
    proposalKinds: MODULES.flatMap((module) => module.proposalKinds?.({ erase }) ?? []),
    actNames: { actors: bookerNamesThen, things: fold(MODULES.map(({ thingNames }) => thingNames ?? {})) },
    personalFiles: MODULES.flatMap((module) => module.personalFile ?? []),
    ...{ rowKinds: () => rowKinds, commandObserver: observers?.commands },
    safeEntry: createSafeEntry(store, clock, headPlaces.ofBackups),
    operate: createOperate(() => handlers, observers?.commands.onWritten),
  };
  const rowKinds = MODULES.flatMap((module) => module.rowKinds?.(services) ?? []);
  const handlers = handlersOf(services);
  const http = createHttpApp({
    store,
    clock,
    random,
    logger,
    limits,
    onAnswered: observers?.onAnswered,
    commandObserver: observers?.commands,
    handlers,
    version: config.version,
    examples: MODULES.flatMap((module) => module.examples ?? []),
    trustProxy: config.trustProxy,
    publicUrl: config.publicUrl,
    documents: { '/ca.crt': authorityDocument(certificates) },
    spoolPlace: spoolIn(dataDir, databaseUrl),
    answerKeys: keysFor(config.secrets, 'kept answers'),
    bookActs: (tx, at, acts) => bookActs(ledger, tx, at, acts),
    resolvers: {
      staff: staffSessions.resolver,
      household: householdSessions.resolver,
      kiosk: kioskResolver(store),
    },
    ...(screensFolder === undefined
      ? {}
      : { screens: { folder: screensFolder, isSetUp: onceSetUp(store), keepsPages } }),
  });
  const jobs = [...MODULES.flatMap((module) => module.jobs?.(services) ?? []), dailySweep(MODULES)];
  return { ...http, verifier, keeper, certificates, jobs };
}

type ServicesOf<M> =
  M extends Module<infer Services, unknown> ? (unknown extends Services ? never : Services) : never;
/** The services that all modules need together. */
type Services = Together<ServicesOf<(typeof MODULES)[number]>>;

function handlersOf(services: Services): Handlers<EndpointId> {
  return fold(MODULES.map((module) => module.handlers?.(services) ?? {})) as Handlers<EndpointId>;
}

/** A folder of the server's own: it is emptied at each start. */
const SPOOL_FOLDER = '.downloads-under-way';

/** Puts downloads on the disk of the data: in a container the system's own folder is memory. */
function spoolIn(dataDir: string, databaseUrl: string | undefined): SpoolPlace {
  const folder = join(dataDir, SPOOL_FOLDER);
  clearSpool(folder);
  // PostgreSQL keeps its books elsewhere.
  const book = databaseUrl === undefined ? sqlitePath(dataDir) : null;
  const bookBytes = () => (book === null ? 0 : (statSync(book, { throwIfNoEntry: false })?.size ?? 0));
  return { folder, leaveBytes: () => leftBeside(bookBytes()) };
}

/** A village is never removed, so after the first yes the database is not asked again. */
function onceSetUp(store: Store): () => Promise<boolean> {
  let isSetUp = false;
  return async () => (isSetUp ||= !(await store.read(needsSetup)));
}
