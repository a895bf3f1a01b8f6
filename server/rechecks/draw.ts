import type { Tx } from '../../db/index.ts';
import type { Act } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import type { PublicHead } from '../../shared/ledger/public-head.ts';
import { DRAWS_A_MONTH_MOST } from '../../shared/rechecks/states.ts';
import type { VillageContext } from '../http/index.ts';
import { hashOfEntry } from '../ledger/index.ts';
import { awardsStandingThen, entriesOfMonth } from './month-entries.ts';
import { digestOfDrawn, selectAwards } from './select-awards.ts';
import { drawnIn, readMonth, THING } from './told-months.ts';

interface At {
  readonly village: VillageContext;
  readonly today: string;
}

interface Wanted {
  readonly month: string;
  readonly head: PublicHead;
  readonly called: number;
  readonly calledBy: string;
  readonly count: number;
  readonly drawsSeen: number;
}

/**
 * Draws awards of a month. Nobody chooses the head: it is the last entry booked in the month, so that it stood before
 * anybody called a number. Answers which draw it is, and the act that tells of it. Refuses with recheck.month_open, recheck.none, recheck.head,
 * recheck.drawn, recheck.enough.
 */
export async function drawAwards(
  tx: Tx,
  { village, today }: At,
  { month, head, called, calledBy, count, drawsSeen }: Wanted,
): Promise<{ draw: number; act: Act<'rechecks.drawn'> }> {
  await tx.lockBook(village.id);
  if (month >= today.slice(0, 7)) throw new Refusal('recheck.month_open', { month });
  const { timeZone } = village.settings;
  const span = await entriesOfMonth(tx, village.id, { month, timeZone });
  const hash = span && (await hashOfEntry(tx, village.id, span.last));
  if (!span || hash === null || hash === undefined) throw new Refusal('recheck.none');
  const { first, last, digits } = span;
  if (head.number !== last || head.digits !== digits)
    throw new Refusal('recheck.head', { number: last, digits });
  const before = await readMonth(tx, village.id, month);
  const draws = before.draws.length;
  // The second of two draws at once comes from somebody who has not seen the first.
  if (draws !== drawsSeen) throw new Refusal('recheck.drawn', { count: draws });
  if (draws >= DRAWS_A_MONTH_MOST) throw new Refusal('recheck.enough', { most: DRAWS_A_MONTH_MOST });
  const earlier = new Set(drawnIn(before));
  const pool = (await awardsStandingThen(tx, village.id, span)).filter((number) => !earlier.has(number));
  if (pool.length === 0) throw new Refusal('recheck.none');
  const drawn = selectAwards({ hash, called }, pool, count);
  const draw = draws + 1;
  const told = {
    ...{ draw, called, calledBy, wanted: count, first, head: last, timeZone, pool: pool.length },
    ...{ drawn: drawn.map(String), digest: digestOfDrawn(drawn) },
  };
  return { draw, act: { act: 'rechecks.drawn', on: `${THING}:${month}`, is: told } };
}
