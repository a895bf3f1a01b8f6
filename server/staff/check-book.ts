import { ERASED, firstWrong, type StartCheck, type Told, type ToldAct, ToldThings } from '../acts/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import type { StaffRole } from '../../shared/roles.ts';
import type { Tables } from '../../db/index.ts';
import { toldOf } from './acts.ts';
import { doRolesWait, type StaffRow } from './staff.ts';

/** A person as the acts of the book leave them. */
interface Person extends Told {
  /** Declared households, without those that were erased. */
  readonly kin: Set<unknown>;
  isConfirmed: boolean;
  /** Was confirmed once, and lost that. */
  hasLapsed: boolean;
  /** The person who made the change that waits for a second one. */
  waitsFor: string | null;
}

/** Compares names, roles, declared kin and confirmations of the staff with the acts that made them. */
export const checkStaff: StartCheck = (at) => {
  const people = new ToldThings<Person>((told) => ({
    ...{ ...told, kin: new Set(), isConfirmed: false, hasLapsed: false, waitsFor: null },
  }));
  const erased = new Set<string>();
  return {
    take(act) {
      if (act.act === 'households.erased') erased.add(act.id);
      if (act.act === 'village.opened') for (const one of people.all()) confirm(one);
      if (act.kind === 'staff') hear(people.hear(act), act);
    },
    finish: ({ isWhole }) =>
      people.compare(at, 'staff', isWhole, (row, person) => {
        const { staff } = at.reader.t;
        for (const id of erased) person.kin.delete(id);
        const { disabled: _, username, ...told } = toldOf(row);
        // The demo's book repeats with its seed, and tells nothing of log-ins, which do not.
        const logIn = person.fields.get('username') === undefined ? {} : { username };
        return (
          person.fields.compare(staff, row.id, { ...told, ...logIn }) ?? wrongStanding(staff, row, person)
        );
      }),
  };
};

function hear(person: Person, { act, actorId, via, was, is }: ToldAct): void {
  const wait = () => {
    const hasLapsed = person.hasLapsed || person.isConfirmed;
    Object.assign(person, { isConfirmed: false, hasLapsed, waitsFor: actorId });
  };
  const told = is.get('household') ?? was.get('household');
  switch (act) {
    case 'staff.created':
      // The person who sets a village up is confirmed from the beginning.
      if (via === 'setup') confirm(person);
      else wait();
      break;
    case 'staff.confirmed':
      confirm(person);
      break;
    case 'staff.password_reset':
      wait();
      break;
    case 'staff.changed':
      if (doRolesWait(rolesIn(was), rolesIn(is)) || is.get('disabled') === false) wait();
      break;
    case 'staff.kin_withdrawn':
      person.kin.delete(told);
      wait();
      break;
    case 'staff.kin_declared':
    case 'staff.kin_extended':
      if (told !== ERASED) person.kin.add(told);
  }
}

function confirm(person: Person): void {
  Object.assign(person, { isConfirmed: true, waitsFor: null });
}

function rolesIn(told: ToldAct['is']): readonly StaffRole[] {
  return (told.get('roles') ?? []) as StaffRole[];
}

function wrongStanding(table: Tables['staff'], row: StaffRow, person: Person): BadRow | null {
  return firstWrong(table, { id: row.id, check: 'told' }, [
    ['disabledAtMs', person.fields.get('disabled') === true, row.disabledAtMs !== null],
    ['householdIds', Array.from(person.kin).sort(), row.householdIds.toSorted()],
    ['confirmedAtMs', person.isConfirmed, row.confirmedAtMs !== null],
    ['unconfirmedSinceMs', !person.isConfirmed, row.unconfirmedSinceMs !== null],
    ['confirmedUntilMs', person.hasLapsed, row.confirmedUntilMs !== null],
    ['unconfirmedBy', person.waitsFor, row.unconfirmedBy],
  ]);
}
