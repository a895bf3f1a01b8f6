import type { Reader } from '../../db/index.ts';
import type { Identity } from '../identity/index.ts';

/** Display names by id of those who book: staff and volunteers. */
export type NamesOf = (
  reader: Reader,
  villageId: string,
  ids: readonly string[],
) => Promise<Map<string, string>>;

/** What the open pages need of other rooms; given where the server is put together. */
export interface PublicDeps {
  readonly identity: Pick<Identity, 'openHouseholdSession'>;
  readonly namesOf: NamesOf;
}

/** A household's own log-in, or its helper's. */
export interface Own {
  readonly villageId: string;
  readonly householdId: string;
  readonly sessionId: string;
  readonly namesOf: NamesOf;
}
