import type { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { hasDatabase } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { inGroups } from '../../shared/https/fingerprint.ts';
import { bookInEveryVillage, BY_COMMAND_LINE } from '../acts/index.ts';
import { ownAddressesAt } from '../address/index.ts';
import {
  authorityName,
  BadCertificate,
  chosenHosts,
  cleanName,
  createHttpsView,
  endOf,
  type HttpsFiles,
  httpsFiles,
  namesBeyond,
  namesHere,
  namesOf,
  hostOf,
  readGiven,
  renewCertificate,
} from '../https/index.ts';
import { type CliDesk, withStore } from './desk.ts';
import { CliProblem, EXIT, type ExitCode } from './problems.ts';

export interface HttpsFlags {
  readonly cert?: string;
  readonly key?: string;
  /** Puts a brought certificate away. */
  readonly own?: boolean;
  readonly newAuthority?: boolean;
  readonly json?: boolean;
}

/** Makes, renews or remakes the certificate, or takes one that the village has; says what devices need to know. */
export async function httpsCommand(
  desk: CliDesk,
  asked: readonly string[],
  flags: HttpsFlags,
): Promise<ExitCode> {
  const files = httpsFiles(desk.dataDir, desk.settings().httpsFiles);
  checkFlags(desk, asked, flags);
  const done = await spokenFaults(desk, async () => {
    if (flags.cert !== undefined && flags.key !== undefined)
      return bring(desk, files, { cert: resolve(flags.cert), key: resolve(flags.key) });
    if (flags.own) await drop(desk, files);
    const source = files.source();
    if (source === 'files') return 'https.in_settings' as const;
    if (source === 'brought') return 'https.brought_in_use' as const;
    return make(desk, files, asked, flags.newAuthority ?? false);
  });
  tell(desk, files, done, flags);
  return EXIT.ok;
}

type Done = Parameters<CliDesk['say']>[0] & `https.${string}`;

function checkFlags(desk: CliDesk, asked: readonly string[], flags: HttpsFlags): void {
  const { cert, key, own, newAuthority } = flags;
  const isBringing = cert !== undefined || key !== undefined;
  if (isBringing && (cert === undefined || key === undefined))
    throw new CliProblem(EXIT.usage, desk.say('https.pair'));
  if (isBringing && (own || newAuthority || asked.length > 0))
    throw new CliProblem(EXIT.usage, desk.say('https.not_together'));
  const wrong = asked.find((name) => cleanName(name) === null);
  if (wrong !== undefined) throw new CliProblem(EXIT.usage, desk.say('https.bad_name', { name: wrong }));
}

async function bring(
  desk: CliDesk,
  files: HttpsFiles,
  given: { readonly cert: string; readonly key: string },
): Promise<Done> {
  const { cert, key, certificate } = readGiven(given);
  if (endOf(certificate) <= desk.clock()) throw new CliProblem(EXIT.refused, desk.say('https.ended'));
  const staged = files.stage('brought', { cert, key });
  const is = { names: namesOf(certificate), until: endOf(certificate) };
  await bookAll(desk, (id) => ({ act: 'https.certificate_brought', on: `village:${id}`, is })).catch(
    (error: unknown) => {
      staged.discard();
      throw error;
    },
  );
  staged.commit();
  return 'https.brought';
}

async function drop(desk: CliDesk, files: HttpsFiles): Promise<void> {
  if (files.source() !== 'brought') return;
  const certificate = readable(files);
  const was = certificate === null ? {} : { names: namesOf(certificate), until: endOf(certificate) };
  await bookAll(desk, (id) => ({ act: 'https.certificate_dropped', on: `village:${id}`, was }));
  files.dropBrought();
}

function readable(files: HttpsFiles): X509Certificate | null {
  try {
    return files.inUse()?.certificate ?? null;
  } catch (error) {
    if (error instanceof BadCertificate) return null;
    throw error;
  }
}

async function make(
  desk: CliDesk,
  files: HttpsFiles,
  given: readonly string[],
  isNewAuthority: boolean,
): Promise<Done> {
  const asked = given.map(cleanName).filter((name) => name !== null);
  const beyond = isNewAuthority ? [] : namesBeyond(files.authority(), asked);
  if (beyond.length > 0)
    throw new CliProblem(EXIT.refused, desk.say('https.beyond', { names: beyond.join(' ') }));
  const authority = isNewAuthority ? null : files.authority();
  if (authority && endOf(authority.certificate) <= desk.clock())
    throw new CliProblem(EXIT.refused, desk.say('https.authority_ended'));
  const names = namesHere(files, {
    asked,
    own: ownHosts(desk),
    chosen: [...(await hostsInBooks(desk)), ...publicHost(desk)],
  });
  const plan = await renewCertificate(
    {
      files,
      names,
      called: authorityName(hostname()),
      issuing: { nowMs: desk.clock(), random: desk.random },
      book: (actIn) => bookAll(desk, actIn),
    },
    { isNewAuthority },
  );
  if (plan === null) return 'https.unchanged';
  return plan.newAuthority ? 'https.authority_made' : 'https.renewed';
}

/** Books in every village, if there is a database: the command may be the first that is run. */
async function bookAll(desk: CliDesk, actIn: (villageId: string) => AnyAct): Promise<void> {
  if (!(await hasDatabase(desk))) return;
  const by = { ...BY_COMMAND_LINE, clock: desk.clock };
  await withStore(desk, (store) => bookInEveryVillage(store, by, actIn));
}

async function hostsInBooks(desk: CliDesk): Promise<string[]> {
  return (await hasDatabase(desk)) ? withStore(desk, (store) => store.read(chosenHosts)) : [];
}

function ownHosts({ settings }: CliDesk): string[] {
  const { host, port } = settings();
  return ownAddressesAt({ host, port })().map(hostOf);
}

function publicHost({ settings }: CliDesk): string[] {
  const { publicUrl } = settings();
  return publicUrl === '' ? [] : [hostOf(publicUrl)];
}

/** A certificate or key that cannot be used is said in the user's language. */
async function spokenFaults<T>(desk: CliDesk, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BadCertificate)) throw error;
    const { file, why, isGiven } = error;
    throw new CliProblem(
      isGiven ? EXIT.usage : EXIT.refused,
      desk.say(isGiven ? `https.file.${why}` : 'https.broken', { file }),
    );
  }
}

function tell(desk: CliDesk, files: HttpsFiles, done: Done, { json }: HttpsFlags): void {
  const view = createHttpsView(files)();
  const { say } = desk;
  const { https, port: plainPort } = desk.settings();
  const port = https?.port ?? null;
  const hosts = ownHosts(desk);
  const origins = port === null ? [] : hosts.map((host) => new URL(`https://${host}:${port}`).origin);
  if (json) {
    desk.out(`${JSON.stringify({ done: done.slice('https.'.length), ...view, origins })}\n`);
    return;
  }
  const { authority, endsAt, names } = view;
  desk.out(
    [
      say(done),
      say('https.names', { names: names.join(' ') }),
      say('https.until', { day: endsAt?.slice(0, 10) }),
      ...(authority === null
        ? []
        : [
            say('https.fingerprint', { sha256: inGroups(authority.sha256) }),
            say('https.thumbprint', { sha1: inGroups(authority.sha1) }),
          ]),
      ...origins.map((origin) => say('https.opens_at', { origin })),
      say(port === null ? 'https.off' : 'https.next', {
        page: `http://${hosts[0] ?? 'localhost'}:${plainPort}/https`,
      }),
      say('https.kept', { folder: files.folder }),
      '',
    ].join('\n'),
  );
}
