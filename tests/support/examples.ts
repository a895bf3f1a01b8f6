/** Plays the examples of the API's reference in their order against the real program. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Engine } from '../../db/index.ts';
import { createApp } from '../../server/app.ts';
import { villageNetwork } from '../../server/printers/index.ts';
import { MODULES } from '../../server/modules.ts';
import {
  type Example,
  type RecordedAnswer,
  type RecordedAnswers,
  resolve,
  type Speaker,
  SPEAKERS,
  wholeStory,
} from '../../server/http/openapi/examples/index.ts';
import { addressOf, methodOf } from './server.ts';
import { openTestStore } from './stores.ts';

/** The examples of single modules. They are played before the story's end. */
export const ADDED_EXAMPLES: readonly Example[] = (
  await Promise.all(MODULES.flatMap((module) => module.examples ?? []).map((load) => load()))
).flat();
export const ALL_EXAMPLES = wholeStory(ADDED_EXAMPLES);

/** 9:30 on a Monday morning in the village's time zone. */
const BEGIN_MS = Date.UTC(2026, 2, 2, 1, 30);
const BEGINS_CHARS = 500;
const TOKEN_SHOWN = 24;
const A_HASH = createHash('sha256').update('a head').digest('hex');

export interface Stage {
  /** Sends the example's request and returns the answer in its recorded form. */
  play(example: Example): Promise<RecordedAnswer>;
  close(): Promise<void>;
}

/**
 * A fresh server whose clock and random bytes start again with each example. So every answer is the same each time,
 * to the last digit of an id, and a new example changes the answers of later ones as little as possible.
 */
export async function openStage(engine: Engine): Promise<Stage> {
  const test = await openTestStore(engine);
  let nowMs = BEGIN_MS;
  let dice = diceOf('the beginning');
  const { app } = createApp({
    store: test.store,
    config: {
      dataDir: test.dataDir,
      databaseUrl: test.databaseUrl,
      shelf: { folder: join(test.dataDir, 'backups'), copyFolder: null },
      backupHour: 3,
      secrets: { current: 'the secret of the examples, which is none', previous: [] },
      setupCode: randomBytes(8).toString('hex'),
      trustProxy: false,
      publicUrl: 'https://jishan.example',
      version: '0.0.0-test',
    },
    clock: () => nowMs,
    random: (size) => dice(size),
    place: { host: '192.168.1.10', port: 8080 },
    // The printer of the story prints everything at once.
    printerNetwork: { ...villageNetwork(), send: () => Promise.resolve('printed') },
    logger: pino({ level: process.env.JISHAN_TEST_LOG ?? 'silent' }),
  });
  const server = createServer(app);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answers: Record<string, RecordedAnswer> = {};
  const given = new Map<string, Buffer>();
  let cookie = '';

  async function play(example: Example): Promise<RecordedAnswer> {
    nowMs += 1000;
    dice = diceOf(example.name);
    const { body, file, ...address } = resolve(
      { body: example.body, file: example.file, params: example.params, query: example.query },
      answers,
    ) as Pick<Example, 'body' | 'file' | 'params' | 'query'>;
    const isGet = methodOf(example.id) === 'GET';
    const bytes =
      file &&
      (given.get(file.of ?? '') ??
        Buffer.from(file.text ?? file.base64 ?? '', file.text === undefined ? 'base64' : 'utf8'));
    const response = await fetch(origin + addressOf(example.id, address), {
      method: methodOf(example.id),
      headers: {
        ...headersOf(example.as, answers),
        ...(cookie === '' ? {} : { Cookie: cookie }),
        'Accept-Language': 'en',
        ...(isGet
          ? {}
          : {
              'Content-Type': file ? 'application/octet-stream' : 'application/json',
              'Idempotency-Key': keyOf(example),
            }),
      },
      body: isGet ? undefined : bytes ? new Blob([new Uint8Array(bytes)]) : JSON.stringify(body ?? {}),
    });
    cookie = response.headers.get('Set-Cookie')?.split(';')[0] ?? cookie;
    const answer = await read(response, (whole) => given.set(example.name, whole));
    answers[example.name] = answer;
    return written(answer, example.id.startsWith('backups.'));
  }

  return {
    play,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await test.remove();
    },
  };
}

function keyOf({ name }: Example): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

function headersOf(as: Speaker | undefined, answers: RecordedAnswers): Record<string, string> {
  if (as === undefined) return {};
  const token = (speaker: Speaker) => String(resolve(SPEAKERS[speaker], answers));
  if (as === 'household') return { Authorization: `Household ${token(as)}` };
  if (as === 'kiosk') return { Authorization: `Kiosk ${token(as)}` };
  if (as === 'volunteer') return { Authorization: `Kiosk ${token('kiosk')}`, 'X-Shift': token(as) };
  return { Authorization: `Bearer ${token(as)}` };
}

async function read(response: Response, keep: (whole: Buffer) => void): Promise<RecordedAnswer> {
  const { status, headers } = response;
  const mediaType = headers.get('Content-Type') ?? '';
  const disposition = headers.get('Content-Disposition');
  if (disposition === null && /\bjson\b/.test(mediaType))
    return { status, body: (await response.json()) as unknown };
  const bytes = Buffer.from(await response.arrayBuffer());
  keep(bytes);
  const name = /filename="([^"]*)"/.exec(disposition ?? '')?.[1] ?? '';
  const begins = /^text\/|\bjson\b/.test(mediaType)
    ? bytes.toString('utf8').slice(0, BEGINS_CHARS)
    : `${bytes.length} bytes`;
  return { status, file: { mediaType, name, begins } };
}

/** The recorded form of an answer: tokens are shortened, and values that differ in each run are replaced. */
function written(answer: RecordedAnswer, isOfBackups: boolean): RecordedAnswer {
  return JSON.parse(
    JSON.stringify(answer, (name, value: unknown) => {
      if (name === 'requestId') return 'x7Qp2a-1k';
      // A backup's size differs a little between engines, and its name comes from the machine's clock.
      if (name === 'bytes' || name === 'received') return 18_342;
      if (name === 'begins' && /^\d+ bytes$/.test(String(value))) return '18342 bytes';
      // The act of making a backup names its file, and so the machine's clock.
      if (name === 'hash' && isOfBackups) return A_HASH;
      if (isPermit(value)) return writtenPermit(value);
      // The salt of a PIN is never the same.
      if (name === 'verifier') return '$argon2id$v=19$m=12288,t=3,p=1$…';
      if (name === 'keptAside' && value !== null) return 'data/jishan.db.before-restore-20260302-093000';
      if (name === 'folder') return 'data/backups';
      if (typeof value === 'string') value = value.replace(/jishan-\d{8}-\d{6}-/, 'jishan-20260302-093000-');
      if (typeof value !== 'string' || !/Token$|^(?:token|proof)$/.test(name)) return value;
      return `${value.slice(0, TOKEN_SHOWN)}…`;
    }),
  ) as RecordedAnswer;
}

interface Permit {
  readonly told: { readonly changes: readonly { readonly field: string }[] };
}

function isPermit(value: unknown): value is Permit {
  return (
    value !== null &&
    typeof value === 'object' &&
    'told' in value &&
    'isPermit' in value &&
    value.isPermit === true
  );
}

/** The permit to restore a backup tells that backup's head, of which its mark is made. */
function writtenPermit(permit: Permit): object {
  const changes = permit.told.changes.map((one) =>
    one.field === 'head' ? { ...one, is: A_HASH.slice(0, 16) } : one,
  );
  return { ...permit, mark: A_HASH.slice(0, 22), told: { ...permit.told, changes } };
}

/** Random-looking bytes that are the same for the same name. */
function diceOf(name: string): (size: number) => Uint8Array {
  let thrown = 0;
  return (size) => {
    const parts: Buffer[] = [];
    for (let length = 0; length < size; length += 32) {
      thrown += 1;
      parts.push(createHash('sha256').update(`${name} ${thrown}`).digest());
    }
    return new Uint8Array(Buffer.concat(parts).subarray(0, size));
  };
}
