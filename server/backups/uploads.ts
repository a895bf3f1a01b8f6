import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import { freeBytes, LEFT_BYTES } from '../disk-space.ts';
import { whileTouched } from './heartbeat.ts';
import { asFault } from './fault.ts';
import type { Shelf } from './backup-folder.ts';

/** Uploads under way. All processes that share the folder have at most one between them; a new one replaces it. */
export interface Uploads {
  readonly bytesMax: number;
  /** Returns the id of the new upload. */
  begin(bytes: number): string;
  /** Writes a piece at its offset; sending it twice does no harm. Returns how many bytes of the file are there. */
  add(upload: string, at: number, piece: Uint8Array): Promise<number>;
  /** Throws when the upload is gone or incomplete. */
  requireWhole(upload: string): void;
  /** Gives the complete file to `work` and removes it afterwards. */
  take<T>(upload: string, work: (file: string) => Promise<T>): Promise<T>;
  drop(upload: string): void;
  /** Removes uploads that nobody continues. */
  clear(nowMs: number): void;
}

/** Below the backups, so that one rename puts a file on the shelf. */
const FOLDER = 'uploads';
const IDLE_MS = 10 * 60_000;
/** A database takes this many times the size of its backup. */
const UNPACKED_TIMES = 10;
const MEGABYTE = 1024 * 1024;

export function createUploads(shelf: Shelf, bytesMax: number, random: (size: number) => Uint8Array): Uploads {
  const folder = join(shelf.folder, FOLDER);

  function find(upload: string): { path: string; bytes: number; received: number } {
    const name = namesIn(folder).find((one) => one.startsWith(`${upload}.`) && one.endsWith('.part'));
    const path = join(folder, name ?? '');
    const file = name === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    if (!file) throw new Refusal('backup.upload_gone');
    return { path, bytes: Number(name?.split('.')[1]), received: file.size };
  }

  /**
   * Removes uploads that nobody touched since `beforeMs`. With `isBegun`, incomplete ones go too, because a new
   * upload replaces them. A complete file never goes for that reason.
   */
  function clear(beforeMs: number, isBegun = false): void {
    for (const name of namesIn(folder)) {
      const path = join(folder, name);
      const file = statSync(path, { throwIfNoEntry: false });
      const isGivenUp = isBegun && name.endsWith('.part');
      if (file && (isGivenUp || file.mtimeMs <= beforeMs)) rmSync(path, { force: true });
    }
  }

  function requireWhole(upload: string): void {
    const { path, bytes, received } = find(upload);
    if (received === bytes) return;
    rmSync(path, { force: true });
    throw new Refusal('backup.upload_broken');
  }

  return {
    bytesMax,
    begin(bytes) {
      if (bytes > bytesMax)
        throw new Refusal('backup.upload_too_large', { limitMb: Math.floor(bytesMax / MEGABYTE) });
      return telling(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        clear(Date.now() - IDLE_MS, true);
        requireRoom(folder, bytes);
        const upload = Buffer.from(random(12)).toString('hex');
        closeSync(openSync(join(folder, `${upload}.${String(bytes)}.part`), 'wx', 0o600));
        return upload;
      });
    },
    async add(upload, at, piece) {
      const { path, bytes, received } = find(upload);
      if (at > received || at + piece.length > bytes) {
        rmSync(path, { force: true });
        throw new Refusal('backup.upload_broken');
      }
      await tellingOf(writeAt(path, at, piece));
      return find(upload).received;
    },
    requireWhole,
    async take(upload, work) {
      requireWhole(upload);
      const { path } = find(upload);
      // The file gets another name, so that a late piece cannot change it.
      const whole = path.replace(/part$/, 'whole');
      telling(() => renameSync(path, whole));
      try {
        // Nothing more is sent now, and verifying a large book takes longer than `IDLE_MS`.
        return await whileTouched(whole, IDLE_MS, () => work(whole));
      } finally {
        rmSync(whole, { force: true });
      }
    },
    drop(upload) {
      rmSync(find(upload).path, { force: true });
    },
    clear: (nowMs) => clear(nowMs - IDLE_MS),
  };
}

async function writeAt(path: string, at: number, piece: Uint8Array): Promise<void> {
  const file = await open(path, 'r+');
  try {
    for (let done = 0; done < piece.length;) {
      const { bytesWritten } = await file.write(piece, done, piece.length - done, at + done);
      done += bytesWritten;
    }
  } finally {
    await file.close();
  }
}

function requireRoom(folder: string, bytes: number): void {
  const needed = bytes * (1 + UNPACKED_TIMES) + LEFT_BYTES;
  const free = freeBytes(folder);
  if (free >= needed) return;
  const [needMb, freeMb] = [Math.ceil(needed / MEGABYTE), Math.floor(free / MEGABYTE)];
  throw new Refusal('backup.no_room', { needMb, freeMb });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^[0-9a-f]{24}\.\d+\.(?:part|whole)$/.test(name));
  } catch {
    return [];
  }
}

function telling<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asFault(error);
  }
}

async function tellingOf<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asFault(error);
  }
}
