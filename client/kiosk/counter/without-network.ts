import type { Household, Underway, Visit, World } from './state.ts';

/** No answer of the server after so long: what is on the disk is enough, within the limits. */
export const ANSWER_DUE_MS = 3000;

/** The household was found in the copy, or the server has not been heard of since it came. */
export function isAlone({ household }: Visit, { isConnected }: Pick<World, 'isConnected'>): boolean {
  return !isConnected || household.copiedAtMs !== undefined;
}

/**
 * The most that this household may still be handed out without the server's answer, in hundredths. The village knows of no
 * other baskets of the day than those that this household had when it was looked up and those of this counter.
 */
export function leftWithoutNetwork(
  { id, redeemedToday }: Pick<Household, 'id' | 'redeemedToday'>,
  { withoutNetwork }: Pick<World, 'withoutNetwork'>,
): number {
  if (withoutNetwork === null) return 0;
  const { household, left, spentHere, bookedHere } = withoutNetwork;
  const spent = Math.max(redeemedToday, bookedHere(id)) + spentHere(id);
  return Math.max(0, Math.min(left, household - spent));
}

/**
 * The most that the basket may cost without the server; null: the server decides. One that is slow, or there again, is asked
 * before a basket is refused.
 */
export function mostAlone(visit: Visit, world: Pick<World, 'isConnected' | 'withoutNetwork'>): number | null {
  const isSilent = !world.isConnected || visit.household.copiedFor === 'silent';
  const isByItself = world.withoutNetwork !== null && isSilent;
  return isByItself ? leftWithoutNetwork(visit.household, world) : null;
}

/** It is a basket of the volunteer's own household or a relative's. Without the server's answer the copy says so. */
export function isOwnHousehold({ owed }: Pick<Underway, 'owed'>, { withoutNetwork }: World): boolean {
  return owed.kind === 'kiosk.redeem' && withoutNetwork?.isOwn(owed.content.householdId) === true;
}

/** Whether the disk is enough. Without network a household is known by its card alone, or by what the server had said before. */
export function mayHandOutHere({ owed, known }: Underway, world: World): boolean {
  if (world.withoutNetwork === null) return false;
  if (owed.kind === 'kiosk.undo') return true;
  const { householdId, points, presence, balance } = owed.content;
  if (presence === null || isOwnHousehold({ owed }, world) || points > balance) return false;
  return points <= leftWithoutNetwork({ id: householdId, redeemedToday: known?.redeemedToday ?? 0 }, world);
}
