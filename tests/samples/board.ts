import type { endpoints } from '../../shared/board/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'board.villages': () => ({}),
  'board.view': ({ id }) => ({ params: { villageId: id } }),
};
