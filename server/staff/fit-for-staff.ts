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
  readonly disabledAtMs?: number | null;
}

/** Roles whose holders and their declared kin may not hold the supervisor's seat (docs/law.md). */
const SUPERVISED: readonly StaffRole[] = ['admin', 'committee', 'approver', 'book_keeper'];

/**
 * Refuses a person that would take another one's name, or look at books in which they or their kin have a part:
 * staff.name_taken, staff.supervisor_alone, staff.supervisor_kin. Names count alike that look alike.
 */
export async function refuseUnfit(tx: Tx, person: Person): Promise<void> {
  const { villageId, id, displayName, roles } = person;
  if (person.disabledAtMs != null) return;
  const { staff } = tx.t;
  const others = await tx.db
    .select({
      displayName: staff.displayName,
      roles: staff.roles,
      householdIds: staff.householdIds,
      disabledAtMs: staff.disabledAtMs,
    })
    .from(staff)
    .where(and(eq(staff.villageId, villageId), ne(staff.id, id)));
  const folded = foldName(displayName);
  if (others.some((other) => foldName(other.displayName) === folded))
    throw new Refusal('staff.name_taken', { name: displayName });
  const isSupervisor = roles.includes('supervisor');
  if (isSupervisor && roles.length > 1) throw new Refusal('staff.supervisor_alone');
  const active = others.filter((other) => other.disabledAtMs === null);
  const opposite = active.filter((other) =>
    isSupervisor ? isSupervised(other.roles) : isSupervised(roles) && other.roles.includes('supervisor'),
  );
  const kin = new Set(opposite.flatMap(({ householdIds }) => householdIds));
  if (person.householdIds.some((household) => kin.has(household)))
    throw new Refusal('staff.supervisor_kin');
}

function isSupervised(roles: readonly StaffRole[]): boolean {
  return roles.some((role) => SUPERVISED.includes(role));
}
