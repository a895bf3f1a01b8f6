import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { id, hundredths, pieces, day } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { publicGoods } from '../goods/contract.ts';
import { publicHead } from '../ledger/public-head.ts';
import { noticeOnBoard, publicDeed } from '../notices/public-notice.ts';
import { rule } from '../rules/contract.ts';
import { people } from '../village/people.ts';
import { upcoming } from '../workdays/own-contract.ts';

const earning = rule
  .pick({
    title: true,
    category: true,
    points: true,
    pointsMin: true,
    pointsMax: true,
    perUnit: true,
    options: true,
  })
  .extend({ drawing: z.string().describe('The name of its drawing') });

const thanks = z.object({ donor: z.string(), goods: z.array(z.string()), day });

export const operations = {
  'board.villages': {
    summary: 'Villages with a public board',
    summaryZh: '有公示屏的村',
    cache: 'public',
    access: 'board.read',
    response: z.object({ items: z.array(z.object({ id, name: z.string(), town: z.string() })) }),
    errors: [],
  },
  'board.view': {
    summary: 'Shop goods and the good deeds of the week, names masked unless the household agreed',
    summaryZh: '商店的商品和最近的好事，姓名打码',
    cache: 'public',
    access: 'board.read',
    params: z.object({ villageId: id }),
    response: z.object({
      village: z.object({ id, name: z.string(), town: z.string(), shopHours: z.string() }),
      goods: z.array(
        publicGoods.extend({
          stock: pieces.nullable(),
          isNew: z.boolean().describe('Delivered within the last week'),
        }),
      ),
      deeds: z
        .array(publicDeed.extend({ bookedOn: day.describe('The day on which its points were booked') }))
        .describe('Newest first; the same deed of one day and worth is one line'),
      notices: z
        .array(noticeOnBoard)
        .describe(
          'Notices of approved awards that hang now, newest first; what has been taken off is left out',
        ),
      workdays: z.array(upcoming).describe('Events that are announced, the next ones first'),
      weekFrom: day.describe('Deeds that were booked from this day on are those of the week'),
      month: z.object({
        households: z.int().describe('Households that did a good deed this month'),
        awarded: hundredths.describe('What this month’s entries gave, less what was taken back'),
        pieces: z.int().describe('Pieces of goods and services that were redeemed'),
      }),
      rules: z.array(earning).describe('Ways to earn points, the most used first'),
      thanks: z.array(thanks).describe('Donors who agreed to be thanked in public, newest first'),
      coverRatioPercent: z.int().nullable(),
      book: publicHead.nullable().describe('The last entry of the book; null while it is empty'),
      unsigned: z
        .object({
          openedOn: day,
          dueOn: day.describe('The last day on which a supervisor signs in time'),
          isOverdue: z.boolean(),
        })
        .nullable()
        .describe('The books were opened and no supervisor has signed that yet; null: signed, or not open'),
      people,
    }),
    errors: ['village.not_found'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { tags } from './words.ts';
