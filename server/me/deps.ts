import type { Reader } from '../../db/index.ts';
import type { Popularity } from '../goods/index.ts';
import type { HouseholdSessions } from '../identity/index.ts';

/** Display names by id of those who book: staff and volunteers. */
export type NamesOf = (
  reader: Reader,
  villageId: string,
  ids: readonly string[],
) => Promise<Map<string, string>>;

export interface MeServices {
  readonly householdSessions: HouseholdSessions;
  readonly namesOf: NamesOf;
  readonly popularity: Popularity;
}

/** A household's own log-in, or its helper's. */
export interface Own {
  readonly villageId: string;
  readonly householdId: string;
  readonly sessionId: string;
  readonly namesOf: NamesOf;
}
