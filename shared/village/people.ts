import { z } from 'zod';
import { day } from '../fields.ts';
import { STAFF_FOR_ALL_DUTIES } from '../permissions.ts';

/**
 * How duties are shared out, by the number of confirmed people of the staff. `all`: nobody holds two keys, and an
 * administrator has no part in points. `administrator_proposes`: there is one fewer, so an administrator may propose.
 * `pair`: one proposes, another one approves. Somebody at the shop hands out in each of them.
 */
export const PEOPLE_RULES = ['all', 'administrator_proposes', 'pair'] as const;
export type PeopleRule = (typeof PEOPLE_RULES)[number];

export function peopleRuleOf(confirmedStaff: number): PeopleRule {
  if (confirmedStaff >= STAFF_FOR_ALL_DUTIES) return 'all';
  return confirmedStaff === STAFF_FOR_ALL_DUTIES - 1 ? 'administrator_proposes' : 'pair';
}

/** Tells the public how many people share the duties, without their names. */
export const people = z
  .object({
    rule: z.enum(PEOPLE_RULES).describe('How duties are shared out among so few or many'),
    staff: z.int().describe('Confirmed people of the staff, a supervisor among them'),
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
