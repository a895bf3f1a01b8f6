import type { AnyAct } from '../../shared/acts/act.ts';
import type { StaffRow } from './staff.ts';

type Person = Pick<StaffRow, 'id' | 'username' | 'displayName' | 'roles' | 'householdIds' | 'disabledAtMs'>;

/** The acts of making an account. */
export function actsOfMaking(made: Person): AnyAct[] {
  const { username, displayName, roles } = toldOf(made);
  return [
    { act: 'staff.created', on: `staff:${made.id}`, is: { username, displayName, roles } },
    ...kinActs('staff.kin_declared', made.id, made.householdIds),
  ];
}

/** The acts of changing an account. Each household that is declared or taken back is one, so that its erasure finds it. */
export function actsOfChange(was: Person, now: Person): AnyAct[] {
  return [
    { act: 'staff.changed', on: `staff:${now.id}`, was: toldOf(was), is: toldOf(now) },
    ...kinActs('staff.kin_declared', now.id, missingIn(was, now)),
    ...kinActs('staff.kin_withdrawn', now.id, missingIn(now, was)),
  ];
}

/** The acts of kin that grew because a household's people or points went to another. */
export function actsOfGrownKin(staffIds: readonly string[], from: string, to: string): AnyAct[] {
  return staffIds.map((id) => ({
    act: 'staff.kin_extended',
    on: `staff:${id}`,
    is: { household: to, from },
  }));
}

function kinActs(
  act: 'staff.kin_declared' | 'staff.kin_withdrawn',
  staffId: string,
  householdIds: readonly string[],
): AnyAct[] {
  return householdIds.map((household) => ({
    ...{ act, on: `staff:${staffId}` },
    ...(act === 'staff.kin_declared' ? { is: { household } } : { was: { household } }),
  }));
}

export function toldOf({ username, displayName, roles, disabledAtMs }: Person) {
  return { username, displayName, roles: roles.toSorted(), disabled: disabledAtMs !== null };
}

/** The households of one that the other has not. */
function missingIn({ householdIds: some }: Person, { householdIds: all }: Person): string[] {
  return all.filter((id) => !some.includes(id));
}
