import type { endpoints } from '../../shared/pictures/endpoints.ts';
import { cameraNotes, jpeg } from '../support/jpeg.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'pictures.add': () => ({ params: { purpose: 'evidence' }, body: jpeg({ notes: cameraNotes() }) }),
  'pictures.get': ({ evidenceId }) => ({ params: { id: evidenceId } }),
  'pictures.ofGoods': ({ id, goodsPictureId }) => ({ params: { villageId: id, id: goodsPictureId } }),
};
