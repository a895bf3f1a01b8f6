import { and, asc, eq, getTableColumns, inArray, isNotNull, sql } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import { createHash } from 'node:crypto';
import { changed, type Reader, type RowOf, type Tx, type WrittenRow } from '../../db/index.ts';
import type { Picture } from '../../shared/operation.ts';
import { Refusal } from '../../shared/errors.ts';
import type { PicturePurpose } from '../../shared/pictures/limits.ts';
import { read, stored } from '../commands/index.ts';
import type { Jpeg } from './jpeg.ts';
import { makeRoomForUnused } from './unused.ts';

interface NewPicture {
  readonly villageId: string;
  readonly id: string;
  readonly purpose: PicturePurpose;
  readonly jpeg: Jpeg;
  readonly actorId: string;
  readonly nowMs: number;
}

export async function addPicture(tx: Tx, { villageId, id, purpose, jpeg, actorId, nowMs }: NewPicture) {
  const { pictures } = tx.t;
  const { bytes, width, height } = jpeg;
  await makeRoomForUnused(tx, { villageId, actorId, bytes: bytes.length, nowMs });
  await tx.db
    .insert(pictures)
    .values({
      ...{ villageId, id, purpose, width, height, bytes },
      mediaType: 'image/jpeg',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      createdBy: actorId,
      createdAtMs: nowMs,
      usedAtMs: null,
    })
    .returning({ id: pictures.id });
  return { id, width, height, bytes: bytes.length };
}

/** A photo by its id, without its bytes, for commands. */
export const pictureById = read<readonly [id: string], RowOf<'pictures'> | undefined>()({
  name: 'pictures.byId',
  over: { pictures: (answers, { now }) => answers.change([now.id], () => now) },
  rows: ({ db, t: { pictures }, keys }) => {
    const { bytes: _bytes, ...columns } = getTableColumns(pictures);
    return db
      .select({ at: keys.at, ...columns })
      .from(keys.table)
      .crossJoin(pictures)
      .where(and(eq(pictures.villageId, keys.villageId), eq(pictures.id, keys.part(0))));
  },
  answer: ([found]) => found && stored(found),
});

/** Notes that something shows these photos from now on; all of them must be there, and of this purpose. */
export function pictureTaken(
  picture: RowOf<'pictures'> | undefined,
  purpose: PicturePurpose,
  nowMs: number,
): WrittenRow[] {
  if (picture?.purpose !== purpose) throw new Refusal('picture.not_found');
  return picture.usedAtMs === null ? [changed('pictures', picture, { usedAtMs: nowMs })] : [];
}

/** Marks a photo as not shown any more. It counts as never used again, and is removed as such. */
export function pictureReleased(picture: RowOf<'pictures'> | undefined): WrittenRow[] {
  return picture && picture.usedAtMs !== null ? [changed('pictures', picture, { usedAtMs: null })] : [];
}

/** Reads a photo for sending; with `purpose`, only one of that purpose. */
export async function readPicture(
  reader: Reader,
  villageId: string,
  id: string,
  purpose?: PicturePurpose,
): Promise<Picture> {
  const { pictures } = reader.t;
  const [row] = await reader.db
    .select()
    .from(pictures)
    .where(and(eq(pictures.villageId, villageId), eq(pictures.id, id)));
  if (!row || (purpose !== undefined && row.purpose !== purpose)) throw new Refusal('picture.not_found');
  const { bytes, mediaType, sha256 } = row;
  return { bytes, mediaType, etag: sha256.slice(0, 32), isPublic: purpose === 'goods' };
}

/** Reads size and day of these photos, without the photos themselves. */
export async function picturesOf(reader: Reader, villageId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { pictures } = reader.t;
  const { id, width, height, createdAtMs } = pictures;
  return reader.db
    .select({ id, width, height, createdAtMs })
    .from(pictures)
    .where(and(eq(pictures.villageId, villageId), inArray(pictures.id, [...ids])))
    .orderBy(asc(createdAtMs), asc(id));
}

export interface PictureUse {
  readonly villageId: string;
  readonly purpose: PicturePurpose;
  readonly ids: readonly string[];
  readonly nowMs: number;
}

/** Notes that something shows these photos from now on; all of them must be there, of this village and purpose. */
export async function takePictures(tx: Tx, { villageId, purpose, ids, nowMs }: PictureUse): Promise<void> {
  const wanted = Array.from(new Set(ids));
  if (wanted.length === 0) return;
  const { pictures } = tx.t;
  const found = await tx.db
    .update(pictures)
    .set({ usedAtMs: sql`coalesce(${pictures.usedAtMs}, ${nowMs})` })
    .where(
      and(eq(pictures.villageId, villageId), eq(pictures.purpose, purpose), inArray(pictures.id, wanted)),
    )
    .returning({ id: pictures.id });
  if (found.length !== wanted.length) throw new Refusal('picture.not_found');
}

/** Marks these photos as not shown any more. They count as never used again, and are removed as such. */
export async function releasePictures(tx: Tx, villageId: string, ids: readonly string[]): Promise<void> {
  const { pictures } = tx.t;
  for (const chunk of chunked(ids)) {
    await tx.db
      .update(pictures)
      .set({ usedAtMs: null })
      .where(and(eq(pictures.villageId, villageId), inArray(pictures.id, chunk)))
      .returning({ id: pictures.id });
  }
}

/** The photos of a purpose that count as used. */
export async function usedPictures(
  reader: Reader,
  villageId: string,
  purpose: PicturePurpose,
): Promise<string[]> {
  const { pictures } = reader.t;
  const rows = await reader.db
    .select({ id: pictures.id })
    .from(pictures)
    .where(
      and(eq(pictures.villageId, villageId), eq(pictures.purpose, purpose), isNotNull(pictures.usedAtMs)),
    );
  return rows.map(({ id }) => id);
}

/** Deletes these photos for good: another one is shown in their place, or none. */
export async function dropPictures(tx: Tx, villageId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { pictures } = tx.t;
  await tx.db
    .delete(pictures)
    .where(and(eq(pictures.villageId, villageId), inArray(pictures.id, [...ids])))
    .returning({ id: pictures.id });
}
