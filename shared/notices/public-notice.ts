import { z } from 'zod';
import { day, hundredths } from '../fields.ts';

/** A good deed of one day, with all who did it, as the public sees it. */
export const publicDeed = z.object({
  day,
  title: z.string(),
  category: z.string(),
  drawing: z.string().describe('The name of its drawing'),
  points: hundredths.describe('What each household got'),
  households: z.int(),
  groups: z.array(z.string()).describe('The groups these households belong to'),
  names: z.array(z.string()).describe('The first of them; masked unless the household agreed to be named'),
});

/** How many objections came to deeds of a notice, by their outcomes. */
const objectionTally = z.object({
  ...{ upheld: z.int(), partly: z.int(), rejected: z.int(), withdrawn: z.int() },
  open: z.int().describe('Without an outcome yet'),
});
export type ObjectionTally = z.infer<typeof objectionTally>;

/** A numbered notice as the board shows it. */
export const noticeOnBoard = z.object({
  number: z.int(),
  isUp: z
    .boolean()
    .describe('It hangs. Else it may go out, and its days begin once a paired device has shown all of it'),
  isWhole: z.boolean().describe('All of its deeds are here; a paper has more'),
  postsOn: day.describe('The points move when this day begins'),
  isUnreviewed: z.boolean().describe('It went out without a supervisor’s signature'),
  deeds: z.array(
    publicDeed.extend({ isContested: z.boolean().describe('Somebody objects: it waits for the answer') }),
  ),
  objections: objectionTally,
});
export type NoticeOnBoard = z.infer<typeof noticeOnBoard>;
