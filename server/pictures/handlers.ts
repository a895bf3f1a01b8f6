import type { endpoints } from '../../shared/pictures/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDo, type Permission } from '../../shared/permissions.ts';
import { PICTURE_BYTES_MOST, PICTURE_SIDE_MOST, type PicturePurpose } from '../../shared/pictures/limits.ts';
import { type HandlersOf, withBefore } from '../http/index.ts';
import { cleanJpeg, type Jpeg } from './jpeg.ts';
import { addPicture, readPicture } from './store.ts';

/** Somebody may hand in a photo if they may do the thing that it is for. */
const NEEDS: Readonly<Record<PicturePurpose, Permission>> = {
  evidence: 'proposal.make',
  goods: 'goods.change',
};

export function picturesHandlers(): HandlersOf<typeof endpoints> {
  return {
    'pictures.add': withBefore<'pictures.add', Jpeg>({
      before: ({ body }) => Promise.resolve(acceptable(body)),
      async run({ params: { purpose } }, { tx, village, actor, nowMs, newId }, jpeg) {
        if (!mayDo(actor.roles, NEEDS[purpose])) throw new Refusal('auth.forbidden');
        return addPicture(tx, {
          villageId: village.id,
          id: newId(),
          actorId: actor.id,
          ...{ purpose, jpeg, nowMs },
        });
      },
    }),
    'pictures.get': ({ params: { id } }, { reader, village }) => readPicture(reader, village.id, id),
    'pictures.ofGoods': ({ params: { villageId, id } }, { reader }) =>
      readPicture(reader, villageId, id, 'goods'),
  };
}

function acceptable(file: Uint8Array): Jpeg {
  const tooLarge = new Refusal('picture.too_large', {
    limitKb: PICTURE_BYTES_MOST / 1024,
    limitPx: PICTURE_SIDE_MOST,
  });
  if (file.length > PICTURE_BYTES_MOST) throw tooLarge;
  const jpeg = cleanJpeg(file);
  if (typeof jpeg === 'string') throw new Refusal(`picture.${jpeg}`);
  if (Math.max(jpeg.width, jpeg.height) > PICTURE_SIDE_MOST) throw tooLarge;
  return jpeg;
}
