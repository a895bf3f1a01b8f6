import type { Kit } from '#engine';
import type { PicturePurpose } from '../../shared/pictures/limits.ts';

/** Written by server/pictures. */
export function picturesTables(k: Kit) {
  /**
   * Photos, small and without the camera's notes. They are in the database, so that a backup is whole and every
   * process has them.
   */
  const pictures = k.table(
    'pictures',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      purpose: k.text().plain().$type<PicturePurpose>().notNull(),
      mediaType: k.text().plain().notNull(),
      width: k.int().plain().notNull(),
      height: k.int().plain().notNull(),
      sha256: k.text().plain().notNull(),
      bytes: k.bytes().personal('household', 'swept').notNull(),
      createdBy: k.text().reference().notNull(),
      createdAtMs: k.int().plain().notNull(),
      /** The instant at which a deed or goods first came to show it; null: handed in and nothing more. */
      usedAtMs: k.int().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('pictures_unused').on(t.villageId, t.usedAtMs, t.createdAtMs),
    ],
  );

  return { pictures };
}
