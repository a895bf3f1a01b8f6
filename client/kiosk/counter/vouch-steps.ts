import { goTo, stay, type Steps } from './state-change.ts';
import { confirmBasket } from './confirm-steps.ts';

/** Volunteers give their PINs for the household on the screen, one after the other. With the last one its basket goes out. */
export const vouchSteps: Steps<'vouch' | 'vouchRight' | 'vouchWrong'> = {
  vouch(state, { volunteerId, pin }) {
    const { place } = state;
    if (place.at !== 'vouch' || place.isChecking) return stay(state);
    // One person counts once.
    if (place.visit.vouches.some((one) => one.volunteerId === volunteerId)) return stay(state);
    const next = goTo(state, { ...place, isChecking: true });
    const { household, presence } = place.visit;
    const asked = { householdId: household.id, presence, volunteerId, pin };
    return [next, [{ do: 'vouch', turn: next.turn, ...asked }]];
  },

  vouchRight(state, { proof }, world) {
    const { place } = state;
    if (place.at !== 'vouch') return stay(state);
    const visit = { ...place.visit, vouches: [...place.visit.vouches, proof] };
    // A PIN of the household's that was given on the way counts, whatever the clock of this device says.
    return confirmBasket(state, visit, world, visit.proof !== null);
  },

  vouchWrong(state, { failure }) {
    const { place } = state;
    if (place.at !== 'vouch') return stay(state);
    return stay(goTo(state, { ...place, isChecking: false, failure }));
  },
};
