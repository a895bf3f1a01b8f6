import { statfsSync } from 'node:fs';

/** Temporary files must leave this much free space on the disk, so that the books can grow. */
export const LEFT_BYTES = 256 * 1024 * 1024;
/** Enough for a small book on a small disk. */
const LEFT_BYTES_MIN = 16 * 1024 * 1024;

/** The free space that a book of that size needs: as much again, within bounds. */
export function leftBeside(bookBytes: number): number {
  return Math.min(LEFT_BYTES, Math.max(LEFT_BYTES_MIN, bookBytes));
}

/** The free space of the disk that holds a folder; infinite where the disk does not say. */
export function freeBytes(folder: string): number {
  const { blocks, bavail, bsize } = statfsSync(folder);
  return blocks === 0 ? Infinity : bavail * bsize;
}
