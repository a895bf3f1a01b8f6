import { banner } from './banner-words.ts';
import type { Server as TlsServer } from 'node:https';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import type { Logger } from 'pino';
import { openStore, type Store } from '../db/index.ts';
import { adviceOn } from './startup-errors.ts';
import { isInContainer, ownAddressesAt, villageAddress } from './address/index.ts';
import { createApp } from './app.ts';
import { apart, openUpToDate } from './backups/index.ts';
import { backupKeysOf, type Config, readConfig } from './config.ts';
import { finishDemoLogins, loadDemo } from './demo/index.ts';
import { demoGreeting, greeting } from './startup-banner.ts';
import { createListeners, createLogger } from './http/index.ts';
import { type HttpsFiles, openTlsDoor, type TlsDoor } from './https/index.ts';
import { startJobs } from './jobs/index.ts';
import { listen } from './listen.ts';
import { faultOf, faultText } from './redact-error.ts';
import { openGuarded } from './open-guarded-store.ts';
import { createRandom } from './random.ts';
import { gracefulStop } from './graceful-shutdown.ts';
import { createMetrics } from './system/index.ts';
import { needsSetup, villagesSettings } from './village/index.ts';

const random = createRandom();

/** Starts the server. An error is explained in words and ends the process with 1. */
export async function serve(): Promise<void> {
  const { env } = process;
  try {
    await start();
    // Written now, because a server may be killed without warning.
    flushCompileCache();
  } catch (error) {
    const advice = adviceOn(error, { dataDir: env.DATA_DIR || 'data', databaseUrl: env.DATABASE_URL });
    const said = advice === null ? faultText(error) : `\n✗ ${advice}\n`;
    // Handles that are open already would keep the process alive.
    process.stderr.write(said, () => process.exit(1));
  }
}

async function start(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2), join(import.meta.dirname, '..'));
  const metrics = config.metrics && (await createMetrics());
  const observers = metrics?.observers;
  const { dataDir, databaseUrl } = config;
  const logger = createLogger({ terminal: process.stdout.isTTY, level: config.logLevel });
  endOnBugs(logger);
  const options = { dataDir, databaseUrl, observer: observers?.store };
  const keys = backupKeysOf(config.secrets);
  const upgrader = { ...config, keys, clock: Date.now, onBackup: sayBackup };
  const counted = (opened: Store) => metrics?.counting(opened) ?? opened;
  const store = await openGuarded(config, {
    open: async () => counted(await openUpToDate(options, upgrader)),
    reopen: async () => counted(await openStore(options)),
    onDamage: (found) => logger.error({ found }, 'the database file is damaged'),
    // The service manager starts the server again (deploy/jishan.service).
    onLost(error) {
      logger.fatal({ err: faultOf(error) }, 'after a restore the database cannot be opened again; ending');
      process.exit(1);
    },
  });
  const place = { host: config.host, port: config.port };
  let door: TlsDoor | null = null;
  try {
    await finishDemoLogins(store, dataDir);
    if (config.demo) await makeDemo(store, config);
    const app = createApp({
      store,
      config,
      clock: Date.now,
      random,
      logger,
      observers,
      place: isNamedContainer(config) ? undefined : place,
      httpsPort: () => door?.port() ?? null,
      worker: apart({ ...config, keys }),
    });
    if (metrics) {
      metrics.watch({ verifier: app.verifier, keeper: app.keeper, dataDir });
      const settings = { port: 'METRICS_PORT', host: 'METRICS_HOST' };
      await listen(metrics.server, { ...config.metrics, settings });
      metrics.server.unref();
    }
    // The last step that may fail. A start that fails after the server listens would not end.
    const setupCode = (await store.read(needsSetup)) ? config.setupCode : null;
    const isProxy = (address: string) => app.isProxy(address);
    const { plain, secure } = createListeners(app.app, { isProxy, logger });
    door = await openHttps(secure, config, app.certificates, logger);
    const { port } = await listen(plain, { ...config, settings: { port: 'PORT', host: 'HOST' } });
    place.port = port;
    const jobs = startJobs(app.jobs, { store, clock: Date.now, logger });
    const stop = gracefulStop({
      servers: [plain, secure],
      http: app,
      background: {
        async stop() {
          door?.stop();
          await Promise.all([jobs.stop(), app.keeper.stop()]);
        },
      },
      store,
      logger,
      exit: (code) => process.exit(code),
    });
    process.on('SIGTERM', stop).on('SIGINT', stop);
    const own = ownAddressesAt(place)();
    const chosen = (await store.read(villagesSettings)).flatMap((village) => villageAddress(village, own));
    process.stdout.write(greeting({ ...config, port, own, chosen, engine: store.engine, setupCode }));
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** https beside plain http, on a port of its own; null if it is switched off. */
async function openHttps(
  server: TlsServer,
  { https, host }: Config,
  files: HttpsFiles,
  logger: Logger,
): Promise<TlsDoor | null> {
  if (https === null) return null;
  const at = { host, port: https.port, settings: { port: 'HTTPS_PORT', host: 'HOST' } };
  return openTlsDoor({
    ...{ server, files, logger, mustListen: https.isSet },
    listen: async (secure) => (await listen(secure, at)).port,
  });
}

/** Behind the name that a container was given, its own interfaces lead nobody here. */
function isNamedContainer({ publicUrl }: Config): boolean {
  return publicUrl !== '' && isInContainer();
}

/** Ends the program on an uncaught error, and logs it like any other, without values. */
function endOnBugs(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: faultOf(error) }, 'bug');
    process.exit(1);
  });
}

function sayBackup(name: string | null): void {
  process.stdout.write(name === null ? `· ${banner('backing_up')}\n` : `  ${banner('backed_up')}: ${name}\n`);
}

async function makeDemo(store: Store, { dataDir }: Config): Promise<void> {
  if (!(await store.read(needsSetup))) {
    process.stdout.write(`  ${banner('demo_there')}\n`);
    return;
  }
  process.stdout.write(`· ${banner('demo_loading')}\n`);
  const logins = await loadDemo({ store, clock: Date.now, random, dataDir });
  process.stdout.write(demoGreeting(logins, join(dataDir, 'demo-logins.json')));
}
