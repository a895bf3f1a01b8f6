import type { CopyChanges, WholeCopy } from '../../shared/copy/contract.ts';
import type { Api, Outcome, QueryOf } from '../api/index.ts';

/** Asks the server for the copy. */
export interface CopyServer {
  readonly whole: () => Promise<Outcome<WholeCopy>>;
  readonly changes: (since: QueryOf<'copy.changes'>) => Promise<Outcome<CopyChanges>>;
}

/** A poor line needs a while for a whole village. */
const WHOLE_MS = 120_000;
const CHANGES_MS = 30_000;

export function createCopyServer(api: Pick<Api, 'call'>): CopyServer {
  return {
    whole: () => api.call('copy.whole', { timeoutMs: WHOLE_MS }),
    changes: (query) => api.call('copy.changes', { query, timeoutMs: CHANGES_MS }),
  };
}
