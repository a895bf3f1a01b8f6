import type { Shelved } from './backup-folder.ts';

/** A backup for the list. In a shared database it shows only the books of the caller's village. */
export function shownFor(
  { name, kind, madeAtMs, bytes, books, isCopied }: Shelved,
  onlyVillageId: string | null,
) {
  const own = books.filter(({ villageId }) => onlyVillageId === null || villageId === onlyVillageId);
  return { name, kind, madeAtMs, bytes, books: own.map(headOf), isCopied };
}

export function headOf({ name, number, hash }: Shelved['books'][number]) {
  return { name, number, hash };
}
