import { inject, provide, type InjectionKey, type Ref } from 'vue';
import type { LocationQueryRaw } from 'vue-router';
import type { ProposalState } from '../../../shared/proposals/states.ts';

export const VIEWS = ['waiting', 'returned', 'aside', 'mine', 'all'] as const;
export type View = (typeof VIEWS)[number];

/** The state of the rows that a view is about. */
export const STATE_OF: Readonly<Record<View, ProposalState | undefined>> = {
  waiting: 'proposed',
  returned: 'returned',
  aside: 'laid_aside',
  mine: undefined,
  all: undefined,
};

export function viewIn(query: Readonly<Record<string, unknown>>): View | undefined {
  return VIEWS.find((name) => name === query.view);
}

/** The first view needs no word in the address. */
export function viewAsQuery(view: View): LocationQueryRaw {
  return view === 'waiting' ? {} : { view };
}

/** The list and the batch that is open beside it tell each other this. */
export interface Pile {
  /** Goes up when something was decided in the list: what is open beside it is read again. */
  readonly decidedInList: Readonly<Ref<number>>;
  /** Something of the open batch was decided: the list is read again. */
  readonly changed: () => void;
  /** Whether the list has it ticked whole. */
  readonly isTicked: (batchId: string) => boolean;
  /** The batch under this one in the list; null at the end. */
  readonly after: (batchId: string) => string | null;
}

const pileKey: InjectionKey<Pile> = Symbol('pile');

export function providePile(pile: Pile): void {
  provide(pileKey, pile);
}

/** Null where a batch stands without the list. */
export function usePile(): Pile | null {
  return inject(pileKey, null);
}
