import { and, eq, ne } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { StaffRole } from '../../shared/roles.ts';
import { foldName } from '../../shared/visible-text.ts';

/** A person of the staff as it is going to be. */
interface Person {
  readonly villageId: string;
  readonly id: string;
  readonly displayName: string;
  readonly roles: readonly StaffRole[];
  readonly householdIds: readonly string[];
}

/** Roles whose holders and their declared kin may not hold the supervisor's seat (docs/law.md). */
const SUPERVISED: readonly StaffRole[] = ['admin', 'committee', 'approver', 'book_keeper'];

/** Refuses a name that another person has, or one that looks the same: staff.name_taken. */
export async function refuseTakenName(tx: Tx, person: Omit<Person, 'roles' | 'householdIds'>): Promise<void> {
  const folded = foldName(person.displayName);
  const others = await othersThan(tx, person);
  if (others.some(({ displayName }) => foldName(displayName) === folded))
    throw new Refusal('staff.name_taken', { name: person.displayName });
}

/**
 * Refuses a person who would look at books in which they or their kin have a part: staff.supervisor_alone,
 * staff.supervisor_kin.
 */
export async function refuseUnfit(tx: Tx, person: Omit<Person, 'displayName'>): Promise<void> {
  const { roles, householdIds } = person;
  const isSupervisor = roles.includes('supervisor');
  if (isSupervisor && roles.length > 1) throw new Refusal('staff.supervisor_alone');
  if (!isSupervisor && !isSupervised(roles)) return;
  const opposite = (await othersThan(tx, person)).filter(
    (other) =>
      other.disabledAtMs === null &&
      (isSupervisor ? isSupervised(other.roles) : other.roles.includes('supervisor')),
  );
  const kin = new Set(opposite.flatMap((other) => other.householdIds));
  if (householdIds.some((household) => kin.has(household))) throw new Refusal('staff.supervisor_kin');
}

function othersThan({ db, t: { staff } }: Tx, { villageId, id }: Pick<Person, 'villageId' | 'id'>) {
  const { displayName, roles, householdIds, disabledAtMs } = staff;
  return db
    .select({ displayName, roles, householdIds, disabledAtMs })
    .from(staff)
    .where(and(eq(staff.villageId, villageId), ne(staff.id, id)));
}

function isSupervised(roles: readonly StaffRole[]): boolean {
  return roles.some((role) => SUPERVISED.includes(role));
}
