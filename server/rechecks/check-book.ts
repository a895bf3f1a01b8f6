import type { BadRow } from '../../shared/ledger/verification.ts';
import { CALLED_MOST, DRAWN_MOST } from '../../shared/rechecks/states.ts';
import { type CheckAt, firstWrong, type StartCheck, type ToldAct } from '../acts/index.ts';
import { bookedEntries } from '../ledger/index.ts';
import { readAwards, reversalsProposed } from './drawn-awards.ts';
import { awardsStandingThen, monthAt } from './month-entries.ts';
import { digestOfDrawn, selectAwards } from './select-awards.ts';
import { type Check, type Draw, drawnIn, heard, noMonth, THING, type ToldMonth } from './told-months.ts';

/**
 * Draws every draw again from the book, and looks whether each finding is about an award that was drawn, by somebody who had no part in
 * it, with a reversal where it failed.
 */
export const checkRechecks: StartCheck = (at) => {
  const acts: ToldAct[] = [];
  return {
    take(act) {
      if (act.kind === THING) acts.push(act);
    },
    async finish() {
      const months = new Map<string, ToldMonth>();
      for (const act of acts) {
        await at.giveWay();
        const month = months.get(act.id) ?? noMonth();
        months.set(act.id, month);
        const { draw, check } = heard({
          ...{ act: act.act, number: act.number, by: act.actorId, atMs: act.bookedAtMs },
          field: (name) => act.is.get(name),
        });
        const wrong =
          (draw ? await wrongDraw(at, { id: act.id, month }, draw) : null) ??
          (check ? await wrongCheck(at, { id: act.id, month }, check) : null);
        if (wrong) return wrong;
        if (draw) month.draws.push(draw);
        if (check) month.checks.set(check.entry, check);
      }
      return null;
    },
  };
};

interface Before {
  /** The month, YYYY-MM. */
  readonly id: string;
  /** All that was drawn and found before. */
  readonly month: ToldMonth;
}

async function wrongDraw(at: CheckAt, { id, month }: Before, draw: Draw): Promise<BadRow | null> {
  const { reader, villageId } = at;
  const { first, head, number, called, wanted, timeZone } = draw;
  const isZone = Intl.supportedValuesOf('timeZone').includes(timeZone);
  const near = await bookedEntries(reader, villageId, [first - 1, first, head, head + 1]);
  const monthOf = (entry: number) => {
    const bookedAtMs = near.get(entry)?.bookedAtMs;
    return !isZone || bookedAtMs === undefined ? '' : monthAt(bookedAtMs, timeZone);
  };
  const earlier = new Set(drawnIn(month));
  const pool = (await awardsStandingThen(reader, villageId, { first, last: head })).filter(
    (entry) => !earlier.has(entry),
  );
  const drawn = selectAwards({ hash: near.get(head)?.hash ?? '', called }, pool, wanted);
  return firstWrong(reader.t.journalFacts, { id, number, check: 'told' }, [
    ['draw', month.draws.length + 1, draw.draw],
    // The head is the last entry of the month, and the month was over: nobody chose it after the number was called.
    ['head', true, head < number && monthOf(head) === id && monthOf(head + 1) > id],
    ['first', true, monthOf(first) === id && (first === 1 || monthOf(first - 1) < id)],
    ['called', true, isWhole(called, 0, CALLED_MOST)],
    ['wanted', true, isWhole(wanted, 1, DRAWN_MOST)],
    ['pool', pool.length, draw.pool],
    ['drawn', drawn, draw.drawn],
    ['digest', digestOfDrawn(drawn), draw.digest],
  ]);
}

async function wrongCheck(
  { reader, villageId }: CheckAt,
  { id, month }: Before,
  { entry, outcome, proposalId, by, number }: Check,
): Promise<BadRow | null> {
  const award = (await readAwards(reader, villageId, [entry])).get(entry);
  const proposals = await reversalsProposed(reader, villageId, proposalId === null ? [] : [proposalId]);
  const reverses = proposals.get(proposalId ?? '')?.reversesNumber ?? null;
  return firstWrong(reader.t.journalFacts, { id, number, check: 'told' }, [
    ['entry', true, award !== undefined && drawnIn(month).includes(entry)],
    ['by', false, award?.proposedBy === by || award?.approvedBy === by],
    ['proposal', outcome === 'failed' ? entry : null, reverses],
  ]);
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
