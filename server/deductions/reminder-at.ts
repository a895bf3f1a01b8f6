import type { Tx } from '../../db/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';

/** The village, the time and whoever writes. */
export interface ReminderAt {
  readonly tx: Tx;
  readonly villageId: string;
  readonly village: VillageContext;
  readonly actor: Actor;
  readonly today: string;
  readonly nowMs: number;
  readonly newId: () => string;
}
