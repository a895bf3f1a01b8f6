import type { VillageContext } from '../http/index.ts';

/** The village, the time, and whoever takes a step: the objector by phone, or somebody of the staff. */
export interface ObjectionAt {
  readonly village: VillageContext;
  /** Null: the objector, by phone. */
  readonly by: string | null;
  /** The one that the book names. */
  readonly actorId: string;
  readonly today: string;
  readonly nowMs: number;
  readonly newId: () => string;
  readonly newSalt: () => string;
}
