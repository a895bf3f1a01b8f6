import type { LocationQuery } from 'vue-router';
import { formatHundredths, parseHundredths } from '../../../shared/points.ts';
import type { HouseholdFilters } from './useHouseholdSearch.ts';

/** The list's filters as they stand in the address, so that coming back finds the same list. */
const STATES = ['active', 'closed'] as const;
const CARDS = ['none', 'unprinted', 'printed'] as const;
const SORTS = ['number', 'balance', 'balanceDown'] as const;

export function filtersIn(query: LocationQuery): HouseholdFilters {
  const state = query.state === 'all' ? undefined : (STATES.find((name) => name === query.state) ?? 'active');
  const [min, max] = [pointsIn(query.min), pointsIn(query.max)];
  return {
    state,
    card: CARDS.find((name) => name === query.card),
    sort: SORTS.find((name) => name === query.sort) ?? 'number',
    ...(min === null ? {} : { min }),
    ...(max === null ? {} : { max }),
  };
}

/** The filters that differ from the list as it opens. */
export function filtersAsQuery({ state, card, sort, min, max }: HouseholdFilters): Record<string, string> {
  const shown: [string, string | undefined][] = [
    ['state', state === 'active' ? undefined : (state ?? 'all')],
    ['card', card],
    ['sort', sort === 'number' ? undefined : sort],
    ['min', typeof min === 'number' ? formatHundredths(min) : undefined],
    ['max', typeof max === 'number' ? formatHundredths(max) : undefined],
  ];
  return Object.fromEntries(shown.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function pointsIn(value: LocationQuery[string] | undefined): number | null {
  return typeof value === 'string' ? parseHundredths(value) : null;
}
