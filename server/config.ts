import { hkdfSync, randomBytes, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { BackupKeys, Shelf } from './backups/index.ts';
import type { GivenFiles } from './https/index.ts';
import { ownFile } from './private-file.ts';
import { StartupProblem } from './startup-sentences.ts';
import { readVersion } from './version.ts';

/** Settings from the environment, read once at start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** The port of https, beside the other. `isSet`: somebody chose it. */
  readonly https: { readonly port: number; readonly isSet: boolean } | null;
  /** A certificate and key of the village's own; null: one made by `jishan https`, if there is any. */
  readonly httpsFiles: GivenFiles;
  readonly dataDir: string;
  /** postgres://…; SQLite in dataDir when absent. */
  readonly databaseUrl: string | undefined;
  /** Address of the metrics for Prometheus; undefined: none are served. */
  readonly metrics: { readonly port: number; readonly host: string } | undefined;
  readonly shelf: Shelf;
  /** The hour, on this machine's clock, of the daily backup. */
  readonly backupHour: number;
  /** Limit for a backup file that is uploaded from the desk. */
  readonly uploadBytesMax: number;
  /** Load the demo village without questions. */
  readonly demo: boolean;
  /** Express's "trust proxy". */
  readonly trustProxy: boolean | number | string;
  /** The address at which phones reach this server, for the QR on the cards. Empty: the cards' address is relative. */
  readonly publicUrl: string;
  readonly logLevel: string | undefined;
  /**
   * False once the operator has checked that the last entry was booked by a clock that was ahead, and that the clock
   * is right now.
   */
  readonly guardsClock: boolean;
  /** Whether to go on, once, with a book that lacks entries which are known. */
  readonly mayGoBack: boolean;
  readonly secrets: Secrets;
  /** The code that somebody needs who sets the program up from another machine. */
  readonly setupCode: string;
  readonly screensFolder: string;
  /** Whether browsers may keep pages for when the server is gone; otherwise those that do are told to stop. */
  readonly keepsPages: boolean;
  readonly version: string;
}

/** The part of the settings that says where the server listens, and by which address it is reached. */
export type Listening = Pick<Config, 'host' | 'port' | 'https' | 'httpsFiles' | 'publicUrl'>;

/** The server's own secret, and those it had before: what they signed or sealed still counts. */
export interface Secrets {
  readonly current: string;
  readonly previous: readonly string[];
}

/** A setting that cannot be right. */
export class BadSetting extends StartupProblem {}

const SECRET_MIN = 32;
const SECRET_FILE = 'secret';
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

export function readConfig(env: NodeJS.ProcessEnv, args: readonly string[], projectFolder: string): Config {
  const dataDir = env.DATA_DIR || 'data';
  return {
    ...readListening(env),
    dataDir,
    databaseUrl: env.DATABASE_URL || undefined,
    metrics: env.METRICS_PORT
      ? { port: readPort('METRICS_PORT', env.METRICS_PORT), host: env.METRICS_HOST || '127.0.0.1' }
      : undefined,
    shelf: readShelf(env, dataDir),
    backupHour: readHour(env.BACKUP_HOUR),
    uploadBytesMax: readMegabytes('BACKUP_UPLOAD_MAX_MB', env.BACKUP_UPLOAD_MAX_MB || '2048') * 1024 * 1024,
    demo: args.includes('--demo'),
    trustProxy: readTrustProxy(env.TRUST_PROXY),
    logLevel: readLogLevel(env.LOG_LEVEL),
    guardsClock: readGuardsClock(env),
    mayGoBack: env.BOOK_MAY_GO_BACK === '1',
    secrets: readSecrets(env, dataDir),
    setupCode: ownFile(join(dataDir, 'setup-code'), () => randomBytes(8).toString('hex')),
    screensFolder: join(projectFolder, 'dist', 'client'),
    keepsPages: env.KEEP_PAGES !== '0',
    version: readVersion(projectFolder),
  };
}

/** A key for one purpose, made of the server's secret: what signs tokens cannot open kept answers. */
export function keysFor(
  { current, previous }: Secrets,
  purpose: string,
): { current: KeyObject; previous: KeyObject[] } {
  const derive = (secret: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `jishan ${purpose}`, 32)));
  return { current: derive(current), previous: previous.map(derive) };
}

/** The keys that mark backups as this server's. */
export function backupKeysOf(secrets: Secrets): BackupKeys {
  return keysFor(secrets, 'backups');
}

/** Finds the server's secret without making one; null if there is none or it cannot be read. */
export function findSecrets(env: NodeJS.ProcessEnv, dataDir: string): Secrets | null {
  try {
    return checked({
      current: env.JISHAN_SECRET || readFileSync(join(dataDir, SECRET_FILE), 'utf8').trim(),
      previous: previousIn(env),
    });
  } catch (error) {
    if (error instanceof BadSetting) throw error;
    return null;
  }
}

function readSecrets(env: NodeJS.ProcessEnv, dataDir: string): Secrets {
  const current =
    env.JISHAN_SECRET || ownFile(join(dataDir, SECRET_FILE), () => randomBytes(32).toString('hex'));
  return checked({ current, previous: previousIn(env) });
}

function previousIn(env: NodeJS.ProcessEnv): string[] {
  return (env.JISHAN_SECRET_PREVIOUS ?? '').split(',').filter((secret) => secret !== '');
}

function checked(secrets: Secrets): Secrets {
  for (const secret of [secrets.current, ...secrets.previous]) {
    if (secret.length < SECRET_MIN) {
      throw new BadSetting('setting.secret_short', { least: SECRET_MIN });
    }
  }
  return secrets;
}

/** The folders for backups; the command line reads them too. */
export function readShelf(env: NodeJS.ProcessEnv, dataDir: string): Shelf {
  return { folder: env.BACKUP_DIR || join(dataDir, 'backups'), copyFolder: env.BACKUP_COPY_DIR || null };
}

/** Reads where the server listens and is reached; the command line does, too. */
export function readListening(env: NodeJS.ProcessEnv): Listening {
  return {
    port: readPort('PORT', env.PORT || '8080'),
    host: env.HOST || '0.0.0.0',
    https: readHttps(env),
    httpsFiles: readHttpsFiles(env),
    publicUrl: readPublicUrl(env.PUBLIC_URL),
  };
}

/** The port of https; null: `off`. */
function readHttps({ HTTPS_PORT: text }: NodeJS.ProcessEnv): Config['https'] {
  if (text === 'off') return null;
  return { port: readPort('HTTPS_PORT', text || '8443'), isSet: Boolean(text) };
}

/** The village's own certificate and key, named by their files. */
function readHttpsFiles({ HTTPS_CERT: cert, HTTPS_KEY: key }: NodeJS.ProcessEnv): GivenFiles {
  if (!cert && !key) return null;
  if (cert && key) return { cert, key };
  throw new BadSetting('setting.https_pair');
}

/** Whether the book's last entry outweighs the clock; the command line reads it too. */
export function readGuardsClock(env: NodeJS.ProcessEnv): boolean {
  return env.CLOCK_MAY_GO_BACK !== '1';
}

function readHour(text: string | undefined): number {
  const hour = Number(text || '3');
  if (Number.isInteger(hour) && hour >= 0 && hour <= 23) return hour;
  throw new BadSetting('setting.backup_hour');
}

function readMegabytes(name: string, text: string): number {
  const megabytes = Number(text);
  if (Number.isInteger(megabytes) && megabytes >= 1 && megabytes <= 1_000_000) return megabytes;
  throw new BadSetting('setting.megabytes', { name });
}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new BadSetting('setting.port', { name });
}

const PROXY = z.union([
  z.enum(['loopback', 'linklocal', 'uniquelocal']),
  z.ipv4(),
  z.ipv6(),
  z.union([z.cidrv4(), z.cidrv6()]).refine((range) => !range.endsWith('/0')),
]);

/**
 * How many proxies stand in front, or which: only what they say of the caller counts. "true" means one. If the whole
 * chain counted, callers could choose the address that their guesses are counted for.
 */
function readTrustProxy(text: string | undefined): boolean | number | string {
  if (text === undefined || text === '' || text === 'false') return false;
  if (text === 'true') return 1;
  if (/^\d$/.test(text)) return text === '0' ? false : Number(text);
  if (text.split(/, */).every((one) => PROXY.safeParse(one).success)) return text;
  throw new BadSetting('setting.trust_proxy');
}

function readLogLevel(text: string | undefined): string | undefined {
  if (!text || LOG_LEVELS.includes(text)) return text || undefined;
  const levels = LOG_LEVELS.join(', ');
  throw new BadSetting('setting.log_level', { levels });
}

function readPublicUrl(text: string | undefined): string {
  if (!text) return '';
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new BadSetting('setting.public_url');
}
