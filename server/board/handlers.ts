import type { endpoints } from '../../shared/board/endpoints.ts';
import type { Popularity } from '../goods/index.ts';
import type { HandlersOf } from '../http/index.ts';
import { listVillages, viewBoard } from './board.ts';

interface BoardServices {
  readonly popularity: Popularity;
}

export function boardHandlers({ popularity }: BoardServices): HandlersOf<typeof endpoints> {
  return {
    'board.villages': async (_, { reader }) => ({ items: await listVillages(reader) }),
    'board.view': ({ params }, { reader, nowMs }) =>
      viewBoard(reader, { villageId: params.villageId, nowMs, popularity }),
  };
}
