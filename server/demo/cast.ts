import type { StaffRole } from '../../shared/roles.ts';
import type { RandomBytes } from '../http/index.ts';
import { hashSecret, newPassword, newPin, randomBelow } from '../identity/index.ts';

const STAFF: readonly { readonly role: StaffRole; readonly displayName: string }[] = [
  { role: 'admin', displayName: '李建国' },
  { role: 'committee', displayName: '赵秀兰' },
  { role: 'approver', displayName: '王德明' },
  { role: 'supervisor', displayName: '孙玉珍' },
  { role: 'shopkeeper', displayName: '周丽华' },
];

/** Shop volunteers, a new one every month; the last is on duty now. */
const VOLUNTEERS = ['陈桂香', '刘志强', '张春梅', '杨立新', '马小燕', '郭永红', '何秋菊'];

const HOUSEHOLD_PINS = 10;

export interface CastMember {
  readonly role: StaffRole;
  readonly displayName: string;
  readonly username: string;
  readonly password: string;
  readonly passwordHash: string;
}

/** The people of the story. Their log-ins are random, not from the seed, and hashed before the story begins. */
export interface Cast {
  readonly staff: readonly CastMember[];
  readonly volunteers: readonly { readonly name: string; readonly pin: string; readonly pinHash: string }[];
  readonly householdPins: readonly { readonly pin: string; readonly pinHash: string }[];
}

export async function castPeople(random: RandomBytes): Promise<Cast> {
  const withPin = async () => {
    const pin = newPin(random);
    return { pin, pinHash: await hashSecret(pin) };
  };
  return {
    staff: await Promise.all(
      STAFF.map(async ({ role, displayName }) => {
        const password = newPassword(random);
        const username = `${role}-${String(randomBelow(random, 10_000)).padStart(4, '0')}`;
        return { role, displayName, username, password, passwordHash: await hashSecret(password) };
      }),
    ),
    volunteers: await Promise.all(VOLUNTEERS.map(async (name) => ({ name, ...(await withPin()) }))),
    householdPins: await Promise.all(Array.from({ length: HOUSEHOLD_PINS }, withPin)),
  };
}
