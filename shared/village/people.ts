import { z } from 'zod';
import { day } from '../fields.ts';
import { STAFF_FOR_ALL_DUTIES } from '../permissions.ts';

/**
 * How duties are shared out, by the number of people of the staff who count (server/staff/counted.ts). `all`: nobody holds
 * two keys, and an administrator has no part in points. `administrator_proposes`: there is one fewer, so an administrator may propose.
 * `pair`: one proposes, another one approves. Somebody at the shop hands out in each of them.
 */
export const PEOPLE_RULES = ['all', 'administrator_proposes', 'pair'] as const;
export type PeopleRule = (typeof PEOPLE_RULES)[number];

export function peopleRuleOf(countedStaff: number): PeopleRule {
  if (countedStaff >= STAFF_FOR_ALL_DUTIES) return 'all';
  return countedStaff === STAFF_FOR_ALL_DUTIES - 1 ? 'administrator_proposes' : 'pair';
}

/** The people by whose number duties are still shared out, though not all of them are confirmed any more. */
export const stillShared = z
  .object({
    confirmed: z.int().describe('Confirmed people now'),
    counted: z.int().describe('Those by whom duties are still shared out'),
    until: day.describe('The day on which the smaller number begins to count'),
  })
  .nullable()
  .describe('Confirmed people are fewer than the rule needs: it stays for ten days after somebody lost that');
export type StillShared = z.infer<typeof stillShared>;

/** Tells the public how many people share the duties, without their names. */
export const people = z
  .object({
    rule: z.enum(PEOPLE_RULES).describe('How duties are shared out among so few or many'),
    staff: z.int().describe('Confirmed people of the staff, a supervisor among them'),
    still: stillShared,
    volunteers: z.int().describe('Volunteers of the shop'),
    waiting: z
      .array(z.object({ name: z.string(), since: day, until: day }))
      .describe(
        'No approver is left who could confirm these people: after the last of these days a supervisor and an administrator do it together',
      ),
    hasSupervisor: z.boolean().describe('False: nobody holds the supervisor’s seat'),
  })
  .nullable()
  .describe('The people who share the duties; null until the books are open');
export type People = z.infer<typeof people>;
