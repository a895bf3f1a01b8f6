import type { NamesThen } from '../acts/index.ts';
import type { Popularity } from '../goods/index.ts';
import type { HouseholdSessions } from '../identity/index.ts';
import type { WitnessesOf } from '../witnesses.ts';

export interface MeServices {
  readonly householdSessions: HouseholdSessions;
  readonly namesThen: NamesThen;
  readonly witnessesOf: WitnessesOf;
  readonly popularity: Popularity;
}

/** A household's own log-in, or its helper's. */
export interface Own {
  readonly villageId: string;
  readonly householdId: string;
  readonly sessionId: string;
  readonly namesThen: NamesThen;
  readonly witnessesOf: WitnessesOf;
}
