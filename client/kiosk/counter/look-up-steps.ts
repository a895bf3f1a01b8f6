import type { Failure } from '../../api/index.ts';
import type { Notice } from '../notice.ts';
import { also, type Change, goTo, refuse, stay, type Steps, tell, tellToo } from './state-change.ts';
import { clearView } from './overlay.ts';
import { addAll, serve } from './serving-steps.ts';
import {
  type CounterState,
  type Looking,
  NOTHING_OVER,
  type Question,
  type Visit,
  type World,
} from './state.ts';
import { basketOf, beginVisit, renewVisit, resumeVisit, visitIn } from './visit.ts';

/** Which household stands at the counter: asked by card or number, or brought back with its basket. */
export const lookUpSteps: Steps<'asked' | 'found' | 'notFound'> = {
  asked(state, { question }, { isShiftOver = false }) {
    const { place } = state;
    if (place.at === 'shut') return refuse(clearView(state), 'signInFirst');
    if (place.at === 'sending') return refuse(clearView(state), 'busy');
    const visit = visitAt(state);
    const isSame = visit !== null && isSameQuestion(visit.asked, question);
    if (isShiftOver && !isSame) return putAway(state);
    const next = goTo(
      {
        ...state,
        // Somebody else stands here now: the basket waits for its own card.
        aside: visit === null || isSame ? state.aside : basketOf(visit),
        overlay: NOTHING_OVER,
        notice: null,
      },
      {
        at: 'looking',
        question,
        why: 'asked',
        failure: place.at === 'looking' ? place.failure : null,
        ahead: [],
        lost: place.at === 'looking' ? place.lost + place.ahead.length : 0,
        same: isSame ? visit : null,
      },
    );
    return [
      next,
      [
        { do: 'forgetPaper' },
        // A household that was found by its name or number had no card read.
        ...('card' in question ? [{ do: 'sound', sound: 'card' } as const] : []),
        { do: 'refreshGoods' },
        { do: 'lookUp', turn: next.turn, question },
      ],
    ];
  },

  found(state, { household }, world) {
    const { place, aside } = state;
    if (place.at !== 'looking') return stay(state);
    const { question, same } = place;
    if (same !== null && same.household.id === household.id)
      return arrive(state, place, renewVisit(same, household, question, world), world);
    if (aside?.householdId === household.id) {
      if (world.goods === null) return waitForGoods(state, place);
      return arrive(state, place, resumeVisit(aside, household, question, world), world);
    }
    const parked = state.parked.find(({ householdId }) => householdId === household.id);
    if (parked) return unpark(state, place, resumeVisit(parked, household, question, world), world);
    // The number has come to be another household's.
    if (place.why !== 'asked') return leaveAside(state, place.failure, place);
    const isDropped = aside !== null || (same !== null && same.lines.length > 0);
    const told = tellRefusedBefore(stay(state), place);
    const alone = isDropped ? dropBasket(told) : told;
    return addAhead(serve(alone, beginVisit(household, question, world), world), place, world);
  },

  notFound(state, { failure }, world) {
    const { place } = state;
    if (place.at !== 'looking') return stay(state);
    if (place.same === null) {
      if (place.why === 'refused') return leaveAside(state, place.failure, place);
      return tellRefusedBefore(leaveAside(state, failure, place), place);
    }
    const told = place.failure ?? failure;
    return addAhead(serve(tellFailure(stay(state), told, place), place.same, world), place, world);
  },
};

/** Nothing went out: its household is looked up first. */
export const CONFIRM_AGAIN: Notice = { kind: 'info', name: 'confirmAgain' };

/** Looks up a household once more, to put its basket back on the screen with fresh balance and limits. */
export function lookUpAgain(
  change: Change,
  question: Question,
  { why, failure = null, same = null }: Pick<Looking, 'why'> & Partial<Looking>,
  isPatient = false,
): Change {
  const next = goTo(change[0], { at: 'looking', question, why, failure, ahead: [], lost: 0, same });
  const lookUp = { do: 'lookUp', turn: next.turn, question, ...(isPatient ? { isPatient } : {}) } as const;
  return also([next, change[1]], { do: 'refreshGoods' }, lookUp);
}

/** Nobody new is served in a shift that is over. Somebody else stands here now: the basket waits for its own card. */
function putAway(state: CounterState): Change {
  const visit = visitAt(state);
  const aside = visit === null ? state.aside : basketOf(visit);
  const waiting = goTo({ ...state, aside, overlay: NOTHING_OVER }, { at: 'waiting', bringsBack: false });
  return tell([waiting, [{ do: 'forgetPaper' }]], { kind: 'bad', name: 'shiftOver' });
}

/** The household on the screen, if its basket may still be changed. */
export function visitAt({ place }: CounterState): Visit | null {
  return place.at === 'looking' ? place.same : visitIn(place);
}

/** The household is here, and so is its basket. */
function arrive(state: CounterState, place: Looking, visit: Visit, world: World): Change {
  const isBack = state.aside !== null;
  const here = stay({ ...state, aside: null });
  const told =
    place.failure !== null
      ? tellFailure(here, place.failure, place)
      : isBack
        ? tell(here, { kind: 'info', name: 'basketBack' })
        : here;
  return addAhead(serve(told, visit, world), place, world);
}

/** The household that stepped aside is here again. The basket is written in its new place before it leaves the other. */
function unpark(state: CounterState, place: Looking, visit: Visit, world: World): Change {
  if (world.goods === null) return waitForGoods(state, place);
  const rest = state.parked.filter(({ key }) => key !== visit.key);
  const told = tellRefusedBefore(stay({ ...state, parked: rest }), place);
  const isDropped = state.aside !== null || (place.same !== null && place.same.lines.length > 0);
  const back = isDropped ? dropBasket(told) : tellBack(told);
  const kept = also(back, { do: 'keepAside', basket: basketOf(visit) }, { do: 'keepParked', baskets: rest });
  return addAhead(serve(kept, visit, world), place, world);
}

function tellBack(change: Change): Change {
  if (change[0].notice !== null) return tellToo(change, 'basketBack');
  return tell(change, { kind: 'info', name: 'basketBack' });
}

function addAhead(change: Change, { ahead, lost }: Looking, world: World): Change {
  const added = addAll(change, ahead, world);
  return lost > 0 ? tellToo(added, 'aheadLost', { n: lost }) : added;
}

/** Nobody is put on the screen. A basket that waits stays where it is, and so is said. */
function leaveAside(state: CounterState, failure: Failure | null, place: Looking): Change {
  const waiting = stay(goTo(state, { at: 'waiting', bringsBack: false }));
  const told =
    failure === null
      ? tell(waiting, { kind: 'info', name: 'basketWaits' })
      : tellFailure(waiting, failure, place);
  const kept = state.aside !== null && failure !== null ? tellToo(told, 'basketKept') : told;
  return tellLost(kept, place);
}

/** Another household stands here now: the basket that waited goes. */
function dropBasket([state, effects]: Change): Change {
  const gone: Change = [{ ...state, aside: null }, [...effects, { do: 'keepAside', basket: null }]];
  if (state.notice !== null) return tellToo(gone, 'basketDropped');
  return tell(gone, { kind: 'info', name: 'basketDropped' });
}

/** Another card came before the refusal of the last basket was told: it stands beside what there is to say of that card. */
function tellRefusedBefore(change: Change, { failure }: Looking): Change {
  if (failure?.kind !== 'problem') return change;
  const { title, detail } = failure.problem;
  return tellToo(change, 'refusedBefore', { title, detail });
}

function tellLost(change: Change, { ahead, lost }: Looking): Change {
  const n = ahead.length + lost;
  return n > 0 ? tellToo(change, 'aheadLost', { n }) : change;
}

function tellFailure(change: Change, failure: Failure, place: Looking): Change {
  return tell(change, { kind: 'failure', failure, writes: failure === place.failure });
}

/** Without the shelf nobody can say what the basket costs: it comes back as soon as that is known. */
function waitForGoods(state: CounterState, place: Looking): Change {
  const waiting = goTo(state, { at: 'waiting', bringsBack: state.aside !== null });
  const told = tell([waiting, [{ do: 'refreshGoods' }]], { kind: 'info', name: 'basketWaits' });
  return tellLost(told, place);
}

function isSameQuestion(a: Question, b: Question): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
