import { and, eq, inArray, isNotNull, lt, max, type SQL } from 'drizzle-orm';
import { chunked, type Reader, type Tx, type WrittenRow } from '../../db/index.ts';
import type { ProposalState } from '../../shared/proposals/states.ts';
import { askNow, given, type Known } from '../commands/index.ts';
import {
  dropPictures,
  pictureById,
  pictureReleased,
  releasePictures,
  usedPictures,
} from '../pictures/index.ts';
import { keptPhotos } from './proposal-reads.ts';

/** The time before which photos of deeds are removed, by the state of the deed. */
export type PhotosBefore = Readonly<Partial<Record<ProposalState, number>>>;

/**
 * Removes the photos of deeds that came to their state before that time: withdrawn, sent back for good, or posted
 * long ago.
 */
export async function dropOldPhotos(tx: Tx, villageId: string, before: PhotosBefore): Promise<void> {
  // A correction that keeps its photos writes none of them, and relies on nobody taking them away meanwhile.
  await tx.lockBook(villageId);
  const { proposals, proposalEvents: events } = tx.t;
  const due: string[] = [];
  for (const [state, beforeMs] of Object.entries(before)) {
    const rows = await tx.db
      .select({ id: proposals.id, lastMs: max(events.atMs).mapWith(Number) })
      .from(proposals)
      .innerJoin(events, and(eq(events.villageId, proposals.villageId), eq(events.proposalId, proposals.id)))
      .where(
        and(
          eq(proposals.villageId, villageId),
          eq(proposals.state, state as ProposalState),
          isNotNull(proposals.pictureIds),
          lt(proposals.proposedAtMs, beforeMs),
        ),
      )
      .groupBy(proposals.id);
    due.push(...rows.flatMap(({ id, lastMs }) => (lastMs < beforeMs ? [id] : [])));
  }
  await dropPhotosOf(tx, villageId, due);
}

/** Removes the photos from these deeds. Photos that no other deed shows are deleted. */
export async function dropPhotosOf(tx: Tx, villageId: string, proposalIds: readonly string[]): Promise<void> {
  const { proposals } = tx.t;
  const loose = new Set<string>();
  for (const some of chunked(proposalIds)) {
    const these = inArray(proposals.id, some);
    for (const id of await shownBy(tx, villageId, these)) loose.add(id);
    await tx.db
      .update(proposals)
      .set({ pictureIds: null })
      .where(and(eq(proposals.villageId, villageId), these, isNotNull(proposals.pictureIds)))
      .returning({ id: proposals.id });
  }
  if (loose.size === 0) return;
  // One photo may show thirty households at work. It stays while one of their deeds shows it.
  for (const id of await shownBy(tx, villageId)) loose.delete(id);
  await dropPictures(tx, villageId, Array.from(loose));
}

/** Asks for everything that tells whether these photos are in use elsewhere; see photosReleased. */
export function askForRelease(pictureIds: readonly string[]) {
  return {
    kept: pictureIds.length === 0 ? given([]) : keptPhotos.one(['']),
    pictures: pictureById.each(pictureIds.map((id) => [id])),
  };
}

/** Photos that deeds let go of count as unused, unless a deed beside these keeps them. */
export function photosReleased(
  { kept, pictures }: Known<ReturnType<typeof askForRelease>>,
  pictureIds: readonly string[],
  by: readonly string[],
): WrittenRow[] {
  const others = kept.flatMap(({ id, pictureIds: own }) => (by.includes(id) ? [] : (own ?? [])));
  const loose = Array.from(new Set(pictureIds)).filter((id) => !others.includes(id));
  return loose.flatMap((id) => pictureReleased(pictures(id)));
}

/** Marks all photos of deeds as unused that no deed keeps any more. */
export async function releaseAllUnkept(tx: Tx, villageId: string): Promise<void> {
  await tx.lockBook(villageId);
  const loose = new Set(await usedPictures(tx, villageId, 'evidence'));
  for (const { pictureIds: kept } of await askNow(tx, villageId, keptPhotos.one([''])))
    for (const id of kept ?? []) loose.delete(id);
  await releasePictures(tx, villageId, Array.from(loose));
}

async function shownBy(reader: Reader, villageId: string, which?: SQL): Promise<string[]> {
  const { proposals } = reader.t;
  const rows = await reader.db
    .select({ pictureIds: proposals.pictureIds })
    .from(proposals)
    .where(and(eq(proposals.villageId, villageId), isNotNull(proposals.pictureIds), which));
  return rows.flatMap(({ pictureIds }) => pictureIds ?? []);
}
