import type { endpoints } from '../../shared/board/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import { listVillages, viewBoard } from './board.ts';

export function boardHandlers(): HandlersOf<typeof endpoints> {
  return {
    'board.villages': async (_, { reader }) => ({ items: await listVillages(reader) }),
    'board.view': ({ params }, { reader, nowMs }) => viewBoard(reader, params.villageId, nowMs),
  };
}
