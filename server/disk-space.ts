import { statfsSync } from 'node:fs';

/** Whoever puts something onto a disk for a time must leave the books this much room to go on with. */
export const LEFT_BYTES = 256 * 1024 * 1024;
/** A small book on a small disk goes on with this much. */
const LEFT_BYTES_MIN = 16 * 1024 * 1024;

/** What must stay free beside a book of that size: as much again, within bounds. */
export function leftBeside(bookBytes: number): number {
  return Math.min(LEFT_BYTES, Math.max(LEFT_BYTES_MIN, bookBytes));
}

/** The free room of the disk a folder is on; without end where the disk does not say. */
export function freeBytes(folder: string): number {
  const { blocks, bavail, bsize } = statfsSync(folder);
  return blocks === 0 ? Infinity : bavail * bsize;
}
