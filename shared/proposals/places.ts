import type { ReportState } from '../reports/states.ts';
import type { ProposalState } from './states.ts';

/** The five places that every deed passes on its way to the ledger: the same on desk, phone, board and paper. */
export const PLACES = ['reported', 'checked', 'judged', 'noticed', 'posted'] as const;
export type Place = (typeof PLACES)[number];

/** A deed that left the way, or is held on it. It is said in words beside the dots. */
export const ASIDES = ['returned', 'not_accepted', 'contested', 'withdrawn', 'reversed'] as const;
export type Aside = (typeof ASIDES)[number];

/** The place that a deed has come to, and whether it is done there. */
export interface Standing {
  readonly place: Place;
  readonly isDone: boolean;
  readonly aside: Aside | null;
}

const at = (place: Place, aside: Aside | null = null): Standing => ({ place, isDone: false, aside });

/** A report from a phone; `draft`: it is being written. Once it is taken up, its proposal says more. */
export const REPORT_STANDINGS: Readonly<Record<ReportState | 'draft', Standing>> = {
  draft: at('reported'),
  waiting: at('checked'),
  taken_up: at('judged'),
  not_accepted: at('checked', 'not_accepted'),
  withdrawn: at('checked', 'withdrawn'),
};

/** A proposal; `reversed`: it was posted, and another entry took that back. Its proposer has checked it. */
export const PROPOSAL_STANDINGS: Readonly<Record<ProposalState | 'reversed', Standing>> = {
  proposed: at('judged'),
  returned: at('checked', 'returned'),
  laid_aside: at('checked', 'returned'),
  withdrawn: at('checked', 'withdrawn'),
  on_notice: at('noticed'),
  contested: at('noticed', 'contested'),
  posted: { place: 'posted', isDone: true, aside: null },
  reversed: { place: 'posted', isDone: true, aside: 'reversed' },
};

/** How a report stands: as its proposal does, once there is one. */
export function standingOfReport(
  state: ReportState,
  proposal: { readonly state: ProposalState; readonly isReversed: boolean } | null,
): Standing {
  return proposal ? standingOfProposal(proposal.state, proposal.isReversed) : REPORT_STANDINGS[state];
}

export function standingOfProposal(state: ProposalState, isReversed = false): Standing {
  return PROPOSAL_STANDINGS[state === 'posted' && isReversed ? 'reversed' : state];
}

/** These asides end the way: nothing more comes of the deed. The others wait for somebody. */
const ENDS: readonly (Aside | null)[] = ['not_accepted', 'withdrawn', 'reversed'];

export function isOver({ aside }: Standing): boolean {
  return ENDS.includes(aside);
}

/** `ended`: the way of the deed ends there. */
export const MARKS = ['done', 'here', 'ended', 'ahead'] as const;
export interface Dot {
  readonly place: Place;
  readonly mark: (typeof MARKS)[number];
}

/** The dots of a deed. A deed that hangs on no notice has no dot for it, and one that has ended has none ahead. */
export function dotsOf(standing: Standing, hasNotice: boolean): Dot[] {
  const { place, isDone } = standing;
  const here = PLACES.indexOf(place);
  const hasEnded = isOver(standing);
  const isDrawn = (one: Place) => one !== 'noticed' || hasNotice || place === 'noticed';
  // Old phones draw them too, and know no `flatMap`.
  return PLACES.slice(0, hasEnded ? here + 1 : PLACES.length)
    .filter(isDrawn)
    .map((one): Dot => {
      const index = PLACES.indexOf(one);
      if (hasEnded && index === here) return { place: one, mark: 'ended' };
      const isBehind = index < here || (index === here && isDone);
      return { place: one, mark: isBehind ? 'done' : index === here ? 'here' : 'ahead' };
    });
}
