import type { Server } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { createSwitch, openStore, type Store, StoreBusy, UnknownSchema } from '../db/index.ts';
import { createApp } from './app.ts';
import { apart, openUpToDate, UpgradeStopped } from './backup/index.ts';
import { verifyDaily } from './books/index.ts';
import { BadSetting, type Config, readConfig } from './config.ts';
import { finishDemoLogins, loadDemo } from './demo/index.ts';
import { demoGreeting, greeting } from './greeting.ts';
import { createListener, createLogger } from './http/index.ts';
import { sweepDaily } from './privacy/index.ts';
import { createRandom } from './random.ts';
import { gracefulStop } from './stop.ts';
import { createMetrics } from './system/index.ts';
import { needsSetup } from './village/index.ts';

const random = createRandom();

/** Starts the server; what is in the way is said in words, and ends the process with 1. */
export async function serve(): Promise<void> {
  try {
    await start();
    // Kept now: a server may be ended without ceremony.
    flushCompileCache();
  } catch (error) {
    const advice = adviceOn(error);
    if (advice === null) throw error;
    process.stderr.write(`\n✗ ${advice}\n`);
    process.exitCode = 1;
  }
}

async function start(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2), join(import.meta.dirname, '..'));
  const metrics = config.metrics && (await createMetrics());
  const observers = metrics?.observers;
  const { dataDir, databaseUrl } = config;
  const opened = await openUpToDate(
    { dataDir, databaseUrl, observer: observers?.store },
    { ...config, clock: Date.now, onBackup: sayBackup },
  );
  const reopen = async () => {
    const fresh = await openStore({ dataDir, databaseUrl, observer: observers?.store });
    return metrics?.counting(fresh) ?? fresh;
  };
  const store = createSwitch(metrics?.counting(opened) ?? opened, reopen);
  try {
    await finishDemoLogins(store, dataDir);
    if (config.demo) await makeDemo(store, config);
    const logger = createLogger({ terminal: process.stdout.isTTY, level: config.logLevel });
    const app = createApp({
      store,
      config,
      clock: Date.now,
      random,
      logger,
      observers,
      worker: apart(config),
    });
    if (metrics) {
      metrics.watch({ verifier: app.verifier, dataDir });
      await listen(metrics.server, config.metrics);
      metrics.server.unref();
    }
    const server = createListener(app.app);
    const { port } = await listen(server, config);
    const verifying = verifyDaily({ store, verifier: app.verifier, clock: Date.now, logger });
    const sweeping = sweepDaily({ store, clock: Date.now, logger });
    const { keeper } = app;
    keeper.begin();
    const stop = gracefulStop({
      server,
      http: app,
      background: {
        async stop() {
          await Promise.all([verifying.stop(), sweeping.stop(), keeper.stop()]);
        },
      },
      store,
      logger,
      exit: (code) => process.exit(code),
    });
    process.on('SIGTERM', stop).on('SIGINT', stop);
    const setupCode = (await store.read(needsSetup)) ? config.setupCode : null;
    process.stdout.write(greeting({ ...config, port, engine: store.engine, setupCode }));
  } catch (error) {
    await store.close();
    throw error;
  }
}

function sayBackup(name: string | null): void {
  process.stdout.write(
    name === null
      ? '· 新版本要改数据库，先备份并核对 / The new version changes the database: backing up and verifying first …\n'
      : `  已备份 / Backed up: ${name}\n`,
  );
}

async function makeDemo(store: Store, { dataDir }: Config): Promise<void> {
  if (!(await store.read(needsSetup))) {
    process.stdout.write(
      '  已经有村庄，不再载入演示村 / There is a village already: the demo was not loaded\n',
    );
    return;
  }
  process.stdout.write(
    '· 正在载入演示村：半年的加分和兑换 / Loading the demo village: half a year of awards and redemptions …\n',
  );
  const logins = await loadDemo({ store, clock: Date.now, random, dataDir });
  process.stdout.write(demoGreeting(logins, join(dataDir, 'demo-logins.json')));
}

function listen(server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

/** What the person at the machine can do about it, or null where it is our mistake. */
function adviceOn(error: unknown): string | null {
  if (error instanceof BadSetting || error instanceof UnknownSchema) return error.message;
  if (error instanceof UpgradeStopped) return error.message;
  if (error instanceof StoreBusy)
    return '数据库打不开，请检查后再试。\nThe database cannot be opened; please check it and try again.';
  if (!(error instanceof Error) || !('code' in error)) return null;
  const port = 'port' in error ? String(error.port) : process.env.PORT || '8080';
  if (error.code === 'EADDRINUSE') {
    return `端口 ${port} 已被占用，可换一个：PORT=8090 npm start\nPort ${port} is in use; choose another: PORT=8090 npm start`;
  }
  if (error.code === 'EACCES') {
    return `没有权限（端口 ${port} 或数据文件夹）。\nPermission denied (port ${port} or the data folder).`;
  }
  if (error.code === 'SQLITE_NOTADB') {
    return '数据文件不是数据库，或已损坏，没有改动。请检查 DATA_DIR，或从备份恢复。\nThe data file is no database, or is damaged; nothing was changed. Check DATA_DIR, or restore a backup.';
  }
  if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND') {
    return '连不上 DATABASE_URL 指定的数据库。\nThe database named by DATABASE_URL cannot be reached.';
  }
  return null;
}
