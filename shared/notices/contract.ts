import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, entryNumber, hundredths, instantMs } from '../fields.ts';
import { toldAct } from '../acts/contract.ts';
import { people } from '../village/people.ts';
import { numberedOperations } from './numbered-contract.ts';
import type { endpoints } from './endpoints.ts';

/** `private`: awards under rules that are not made public. `correction`: one of the others was taken back. */
export const OTHER_MOVES = ['opening', 'transfer', 'closing', 'private', 'correction'] as const;
export type OtherMove = (typeof OTHER_MOVES)[number];

/** The longest time one notice may tell of. */
export const NOTICE_DAYS_MAX = 92;

export const notice = z.object({
  village: z.object({ name: z.string(), town: z.string(), shopHours: z.string() }),
  from: day,
  to: day,
  heads: z
    .array(
      z.object({
        name: z.string(),
        deeds: z.array(
          z.object({
            day,
            title: z.string(),
            points: hundredths.describe('For each household'),
            households: z.array(
              z.object({
                name: z.string().describe('Masked unless the household agreed'),
                group: z.string(),
              }),
            ),
          }),
        ),
      }),
    )
    .describe(
      'Good deeds that were booked in these days, whenever they were done, under their heads in the order of the rule book; nothing reversed, no deduction',
    ),
  takenBack: z
    .array(
      z.object({
        day: day.describe('Of the deed'),
        title: z.string(),
        points: hundredths.describe('That the award had given'),
        name: z.string().describe('Always masked'),
        group: z.string(),
        number: entryNumber.describe('Of the award'),
        by: entryNumber.describe('Of the entry that took it back'),
      }),
    )
    .describe('Awards that were taken back in these days, whenever they had been booked'),
  movedOtherwise: z
    .array(
      z.object({
        kind: z.enum(OTHER_MOVES),
        entries: z.int(),
        points: hundredths.describe('That moved, without a sign'),
      }),
    )
    .describe('What else moved points of households by a decision: sums, no names'),
  groups: z.array(z.string()).describe('In the order of the roster'),
  deeds: z.int(),
  households: z.int(),
  isCut: z
    .boolean()
    .describe('More was booked or taken back than a notice holds; the last of it is left out'),
  book: z
    .object({ number: z.int(), hash: z.string(), bookedAtMs: instantMs })
    .nullable()
    .describe('The last entry of the book: its fingerprint seals every entry before it'),
  booked: z
    .object({
      first: entryNumber,
      last: entryNumber,
      digits: z.string().describe('The first sixteen digits of the hash of the last, in fours'),
    })
    .nullable()
    .describe('The entries that were booked in these days; null when there are none'),
  people,
  accounts: z
    .array(
      toldAct
        .pick({ words: true, changes: true })
        .extend({ number: entryNumber, on: day, person: z.string(), by: z.string() }),
    )
    .describe(
      'Accounts that were made, changed, reset or confirmed in these days, oldest first: the back page of the notice',
    ),
  areAccountsCut: z.boolean().describe('There were more than a page holds; the oldest are left out'),
  goods: z.array(
    z.object({
      category: z.string(),
      name: z.string(),
      drawing: z.string().describe('The name of its drawing'),
      unit: z.string(),
      price: hundredths,
      available: z.boolean(),
    }),
  ),
});
export type Notice = z.infer<typeof notice>;

export const operations = {
  ...numberedOperations,
  'notices.view': {
    summary:
      'What a printed notice for the village board says: what was booked in some days, the shop, the book’s seal',
    summaryZh: '贴在村里的公告要写什么：这些天入账的好事、收回的、商店、账本的封印',
    access: 'village.read',
    query: z.object({ from: day, to: day }),
    response: notice,
    errors: ['notice.days'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
