import type { AnyAct } from '../../shared/acts/act.ts';
import { readVillage, type StaffWrite } from '../http/index.ts';
import type { Part } from './cast.ts';
import { staffOf, type World } from './world.ts';

/** Has somebody of the staff do something as at the desk, and tells the acts of it. It draws nothing from the story's dice. */
export async function atDesk<Answer>(
  world: World,
  part: Part,
  work: (at: StaffWrite) => Promise<Answer>,
): Promise<Answer> {
  const { tx, villageId, clock } = world;
  const village = await readVillage(tx, villageId);
  if (!village) throw new Error('the village is not there');
  const actor = staffOf(world, part);
  const acts: AnyAct[] = [];
  const answer = await work({
    ...{ tx, villageId, village, actor, actorId: actor.id, nowMs: clock.nowMs, today: clock.day },
    newId: () => world.newActId(),
    act: (...more) => void acts.push(...more),
  });
  await world.tell({ actorId: actor.id, via: 'desk' }, ...acts);
  return answer;
}
