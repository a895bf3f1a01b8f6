import { and, asc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { UNUSED_PICTURES_MOST } from '../../shared/pictures/limits.ts';

/** For this long a photo is safe while its award or goods are still being filled in. */
const SAFE_MS = DAY_MS;

interface Unused {
  readonly id: string;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly bytes: number;
}

interface Coming {
  readonly villageId: string;
  readonly actorId: string;
  readonly bytes: number;
  readonly nowMs: number;
}

/**
 * Makes room for one more photo that nothing shows yet. Photos that have waited for more than a day are removed, the
 * oldest first, the person's own before the village's. If that is not enough, the photo is refused.
 */
export async function makeRoomForUnused(tx: Tx, coming: Coming): Promise<void> {
  const { pictures } = tx.t;
  const { villageId, actorId } = coming;
  await tx.lockBook(villageId);
  const unused: readonly Unused[] = await tx.db
    .select({
      id: pictures.id,
      createdBy: pictures.createdBy,
      createdAtMs: pictures.createdAtMs,
      bytes: sql<number>`length(${pictures.bytes})`.mapWith(Number),
    })
    .from(pictures)
    .where(and(eq(pictures.villageId, villageId), isNull(pictures.usedAtMs)))
    .orderBy(asc(pictures.createdAtMs), asc(pictures.id));
  const own = unused.filter(({ createdBy }) => createdBy === actorId);
  const gone = tooMany(own, 'own', coming);
  const left = unused.filter(({ id }) => !gone.includes(id));
  const ids = [...gone, ...tooMany(left, 'village', coming)];
  if (ids.length === 0) return;
  await tx.db
    .delete(pictures)
    .where(and(eq(pictures.villageId, villageId), inArray(pictures.id, ids)))
    .returning({ id: pictures.id });
}

/** Deletes old photos that nothing shows: they may show people and places. */
export async function dropUnused(tx: Tx, villageId: string, beforeMs: number): Promise<void> {
  const { pictures } = tx.t;
  await tx.db
    .delete(pictures)
    .where(
      and(eq(pictures.villageId, villageId), isNull(pictures.usedAtMs), lt(pictures.createdAtMs, beforeMs)),
    )
    .returning({ id: pictures.id });
}

/** Chooses those of these photos, oldest first, that have to go so that one more fits. */
function tooMany(
  unused: readonly Unused[],
  what: keyof typeof UNUSED_PICTURES_MOST,
  { bytes, nowMs }: Coming,
): string[] {
  const most = UNUSED_PICTURES_MOST[what];
  let count = unused.length + 1;
  let sum = unused.reduce((total, one) => total + one.bytes, bytes);
  const gone: string[] = [];
  for (const one of unused) {
    if (count <= most.count && sum <= most.bytes) break;
    if (one.createdAtMs > nowMs - SAFE_MS) break;
    gone.push(one.id);
    count -= 1;
    sum -= one.bytes;
  }
  if (count <= most.count && sum <= most.bytes) return gone;
  throw new Refusal('picture.too_many', { what, limit: most.count, limitMb: most.bytes / 1024 / 1024 });
}
