import type { Reader } from '../../db/index.ts';
import { mayDo } from '../../shared/permissions.ts';
import type { Actor } from '../http/index.ts';
import { missingSheets, readRounds, stateOf } from './told-rounds.ts';

/** Older rounds that are still open stand on their list, not on the home page. */
const ROUNDS_MOST = 5;

interface ToDo {
  readonly toMark: number;
  readonly toClose: number;
}

/** How many rounds wait for the marks of this caller, and how many to be closed, where the caller may. */
export async function roundsToDo(reader: Reader, villageId: string, actor: Actor): Promise<ToDo> {
  if (!mayDo(actor.roles, 'round.read')) return { toMark: 0, toClose: 0 };
  const rounds = await readRounds(reader, villageId, { limit: ROUNDS_MOST });
  const open = rounds.filter((round) => stateOf(round) === 'open');
  const whole = open.filter((round) => missingSheets(round).length === 0);
  return {
    toMark: open.filter((round) => missingSheets(round).includes(actor.id)).length,
    toClose: mayDo(actor.roles, 'round.open') ? whole.length : 0,
  };
}
