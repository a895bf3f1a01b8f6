import { totalOf } from '../basket.ts';
import { goTo, stay, type Steps } from './state-change.ts';
import { confirmBasket } from './confirm-steps.ts';
import { standingVouches } from './visit.ts';

/** Volunteers give their PINs for the household on the screen, one after the other. With the last one its basket goes out. */
export const vouchSteps: Steps<'vouch' | 'vouchRight' | 'vouchWrong'> = {
  vouch(state, { volunteerId, pin }, { goods }) {
    const { place } = state;
    if (place.at !== 'vouch' || place.isChecking || goods === null) return stay(state);
    const { household, presence, lines } = place.visit;
    // One person counts once.
    if (standingVouches(place.visit, goods).some((one) => one.volunteerId === volunteerId))
      return stay(state);
    const next = goTo(state, { ...place, isChecking: true });
    const points = totalOf(lines, goods);
    const asked = { householdId: household.id, presence, volunteerId, pin, points };
    return [next, [{ do: 'vouch', turn: next.turn, ...asked }]];
  },

  vouchRight(state, { proof }, world) {
    const { place } = state;
    if (place.at !== 'vouch') return stay(state);
    // A proof of the same person was for a smaller basket.
    const others = place.visit.vouches.filter(({ volunteerId }) => volunteerId !== proof.volunteerId);
    const visit = { ...place.visit, vouches: [...others, proof] };
    // A PIN of the household's that was given on the way counts, whatever the clock of this device says.
    return confirmBasket(state, visit, world, visit.proof !== null);
  },

  vouchWrong(state, { failure }) {
    const { place } = state;
    if (place.at !== 'vouch') return stay(state);
    return stay(goTo(state, { ...place, isChecking: false, failure }));
  },
};
