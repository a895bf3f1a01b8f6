import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Bounds, Identity } from './issue-certificates.ts';

/** A certificate with the chain that comes with it, and its key, as the TLS server takes them. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** The village's own authority, and what it may speak for. */
export interface Authority extends Identity {
  readonly bounds: Bounds;
}

/** Files named by HTTPS_CERT and HTTPS_KEY. */
export type GivenFiles = { readonly cert: string; readonly key: string } | null;

/** The origin of the certificate in use: made here, files of the settings, or brought by the command line. */
export type Source = 'own' | 'files' | 'brought';

export interface InUse extends KeyPair {
  readonly source: Source;
  readonly certificate: X509Certificate;
}

export type CertificateFault = 'unreadable' | 'not_a_certificate' | 'not_a_key' | 'not_a_pair';

/** A file of a certificate or key cannot be used. */
export class BadCertificate extends Error {
  readonly file: string;
  readonly why: CertificateFault;
  /** Somebody named the file: its mistake is theirs to mend. */
  readonly isGiven: boolean;

  constructor(file: string, why: CertificateFault, isGiven: boolean, cause?: unknown) {
    super(`${file}: ${why}`, { cause });
    this.name = 'BadCertificate';
    this.file = file;
    this.why = why;
    this.isGiven = isGiven;
  }
}

/** The folder of keys and certificates. Nobody but the server's user reads it. */
export interface HttpsFiles {
  readonly folder: string;
  authority(): Authority | null;
  /** The certificate that was made here, whichever is in use; null if there is none that can be read. */
  own(): X509Certificate | null;
  /** Which certificate counts, without reading it. */
  source(): Source;
  inUse(): InUse | null;
  /** Changes whenever something that `inUse` reads does. */
  version(): string;
  /** Writes a draft beside the file. `commit` puts it in place at once; a process that dies before leaves the old file. */
  stage(file: 'authority' | 'own' | 'brought', content: Identity | Authority | KeyPair): Staged;
  /** Takes the brought certificate away; the one made here counts again. */
  dropBrought(): void;
}

export interface Staged {
  commit(): void;
  discard(): void;
}

const DRAFT = /\.\d+-\d+\.new$/;
const STALE_MS = 60_000;
/** Two writers of one process have drafts of their own, too. */
let drafts = 0;

export function httpsFiles(dataDir: string, given: GivenFiles = null): HttpsFiles {
  const folder = join(dataDir, 'https');
  const paths = {
    authority: join(folder, 'authority.json'),
    own: join(folder, 'server.json'),
    brought: join(folder, 'brought.json'),
  };
  return {
    folder,
    authority: () => authorityIn(paths.authority),
    own() {
      try {
        return pairIn('own', paths.own)?.certificate ?? null;
      } catch (error) {
        if (error instanceof BadCertificate) return null;
        throw error;
      }
    },
    source() {
      if (given !== null) return 'files';
      return existsSync(paths.brought) ? 'brought' : 'own';
    },
    inUse() {
      if (given !== null) return readGiven(given);
      return pairIn('brought', paths.brought) ?? pairIn('own', paths.own);
    },
    version: () =>
      [...Object.values(paths), ...(given ? [given.cert, given.key] : [])].map(stampOf).join(' '),
    stage(file, content) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      removeStaleDrafts(folder);
      drafts += 1;
      const draft = `${paths[file]}.${process.pid}-${drafts}.new`;
      writeFileSync(draft, `${JSON.stringify(written(content))}\n`, { mode: 0o600, flush: true });
      return {
        commit: () => renameSync(draft, paths[file]),
        discard: () => rmSync(draft, { force: true }),
      };
    },
    dropBrought: () => rmSync(paths.brought, { force: true }),
  };
}

/** Reads a certificate and key from two files in PEM, and sees that they belong together. */
export function readGiven(given: { readonly cert: string; readonly key: string }): InUse {
  return checkedPair('files', { cert: textOf(given.cert), key: textOf(given.key) }, given);
}

export function pemOf({ certificate, key }: Identity): KeyPair {
  return { cert: certificate.toString(), key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function written(content: Identity | Authority | KeyPair): object {
  if (!('certificate' in content)) return content;
  return { ...pemOf(content), ...('bounds' in content ? { bounds: content.bounds } : {}) };
}

function authorityIn(path: string): Authority | null {
  if (!existsSync(path)) return null;
  const { cert, key, bounds } = jsonIn(path) as KeyPair & { bounds?: Bounds };
  if (!Array.isArray(bounds?.names) || !Array.isArray(bounds.addresses))
    throw new BadCertificate(path, 'unreadable', false);
  const pair = checkedPair('own', { cert, key }, { cert: path, key: path });
  return { certificate: pair.certificate, key: createPrivateKey(key), bounds };
}

function pairIn(source: 'own' | 'brought', path: string): InUse | null {
  return existsSync(path) ? checkedPair(source, jsonIn(path) as KeyPair, { cert: path, key: path }) : null;
}

function jsonIn(path: string): unknown {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof found === 'object' && found !== null && 'cert' in found && 'key' in found) return found;
  } catch (error) {
    throw new BadCertificate(path, 'unreadable', false, error);
  }
  throw new BadCertificate(path, 'unreadable', false);
}

function checkedPair(
  source: Source,
  { cert, key }: KeyPair,
  files: { readonly cert: string; readonly key: string },
): InUse {
  const isGiven = source === 'files';
  const fault = (file: string, why: CertificateFault) => (cause?: unknown) =>
    new BadCertificate(file, why, isGiven, cause);
  const certificate = attempt(() => new X509Certificate(cert), fault(files.cert, 'not_a_certificate'));
  const privateKey = attempt(() => createPrivateKey(key), fault(files.key, 'not_a_key'));
  if (!certificate.checkPrivateKey(privateKey)) throw fault(files.key, 'not_a_pair')();
  return { source, certificate, cert, key };
}

function attempt<T>(work: () => T, fault: (cause: unknown) => BadCertificate): T {
  try {
    return work();
  } catch (error) {
    throw fault(error);
  }
}

function textOf(path: string): string {
  return attempt(
    () => readFileSync(path, 'utf8'),
    (cause) => new BadCertificate(path, 'unreadable', true, cause),
  );
}

function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${String(found.mtimeMs)}-${String(found.size)}-${String(found.ino)}` : '-';
}

/** A draft holds a key: what a process left that died half-way goes with the next write. */
function removeStaleDrafts(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => DRAFT.test(one))) {
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE_MS) rmSync(path, { force: true });
  }
}
