import type { StaffRole } from '../../shared/roles.ts';
import type { RandomBytes } from '../http/index.ts';
import { hashSecret, newPassword, newPin, randomBelow } from '../identity/index.ts';

/** A part in the story. The second approver decides about the household of the first. */
export type Part = StaffRole | 'second_approver' | 'second_judge' | 'third_judge';

const STAFF: readonly { readonly part: Part; readonly role: StaffRole; readonly displayName: string }[] = [
  { part: 'admin', role: 'admin', displayName: '李建国' },
  { part: 'committee', role: 'committee', displayName: '赵秀兰' },
  { part: 'approver', role: 'approver', displayName: '王德明' },
  { part: 'supervisor', role: 'supervisor', displayName: '孙玉珍' },
  { part: 'shopkeeper', role: 'shopkeeper', displayName: '周丽华' },
  { part: 'second_approver', role: 'approver', displayName: '马建军' },
  { part: 'group_leader', role: 'group_leader', displayName: '郑老三' },
  { part: 'judge', role: 'judge', displayName: '钱桂芳' },
  { part: 'second_judge', role: 'judge', displayName: '冯长贵' },
  { part: 'third_judge', role: 'judge', displayName: '蒋玉兰' },
];

/** Shop volunteers, a new one every month; the last is on duty now. */
const VOLUNTEERS = ['陈桂香', '刘志强', '张春梅', '杨立新', '马小燕', '郭永红', '何秋菊'];

const HOUSEHOLD_PINS = 10;

export interface CastMember {
  readonly part: Part;
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
      STAFF.map(async ({ part, role, displayName }) => {
        const password = newPassword(random);
        const username = `${role}-${String(randomBelow(random, 10_000)).padStart(4, '0')}`;
        return { part, role, displayName, username, password, passwordHash: await hashSecret(password) };
      }),
    ),
    volunteers: await Promise.all(VOLUNTEERS.map(async (name) => ({ name, ...(await withPin()) }))),
    householdPins: await Promise.all(Array.from({ length: HOUSEHOLD_PINS }, withPin)),
  };
}
