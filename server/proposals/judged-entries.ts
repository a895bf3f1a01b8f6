import { type SQL, sql } from 'drizzle-orm';
import type { Tables } from '../../db/index.ts';

/**
 * The condition of the index `journal_judged`: entries that move a household's points by somebody's judgement. It is
 * written out, because a partial index is found by its words.
 */
export function isJudged(kind: Tables['journal']['kind']): SQL {
  return sql`${kind} in ('award', 'opening', 'transfer', 'closing', 'reversal')`;
}
