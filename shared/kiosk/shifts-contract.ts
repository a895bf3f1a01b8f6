import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, done, entryNumber, hundredths, id, instantMs } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { countedItems, countedLine, shiftCount } from './shift-counts.ts';

/** Another kiosk of the same shelf, and whether the server may not have heard of all that it handed out. */
const besides = z.object({
  kiosk: z.string(),
  isBehind: z.boolean().describe('Rows of it are still on the way, or may be'),
});

const figures = {
  redemptions: z.int().describe('Handed out on this day, what was undone included'),
  pieces: z.int(),
  points: hundredths,
  undone: z.int().describe('Of these, undone on this day'),
  undonePoints: hundredths,
  returned: z.int().describe('Returns'),
  returnedPoints: hundredths,
};

const daysShift = z.object({
  id,
  kiosk: z.string(),
  volunteer: z.string(),
  startedAtMs: instantMs,
  endedAtMs: instantMs.nullable().describe('Null: nobody has ended it'),
  ...figures,
  begin: shiftCount.nullable().describe('What the volunteer agreed with or counted when the shift began'),
  left: shiftCount.nullable().describe('The count that `begin` answers'),
  end: shiftCount.nullable().describe('Null: not counted'),
});

const takenBack = z.object({
  number: entryNumber,
  of: entryNumber.describe('The redemption'),
  by: z.string(),
  atMs: instantMs,
  points: hundredths,
});

const difference = z.object({
  ...countedLine.shape,
  countId: id,
  kiosk: z.string(),
  volunteer: z.string(),
  takenAtMs: instantMs,
  withoutNetwork: z.boolean(),
});

type OfShifts = 'kiosk.shiftCounts' | 'kiosk.takeOver' | Extract<keyof typeof endpoints, `shifts.${string}`>;

/** The counts and hand-overs of shifts, and the sheet of a day. */
export const shiftOperations = {
  'kiosk.shiftCounts': {
    summary: 'The goods to count at a change of shift, and what the shift before left',
    summaryZh: '交接班要数的货，和上一班交来的数',
    access: 'kiosk.stand',
    response: z.object({
      items: z
        .array(z.object({ goodsId: id, name: z.string(), unit: z.string(), booked: z.int() }))
        .describe('The items handed out most in four weeks, and what the shift before counted'),
      left: z
        .object({
          volunteer: z.string(),
          endedAtMs: instantMs,
          count: shiftCount.nullable().describe('Null: it counted nothing'),
        })
        .nullable()
        .describe('The shift before on this kiosk; null: there is none'),
      isAnswered: z.boolean().describe('The shift on duty has agreed or counted anew'),
      besides: z.array(besides),
    }),
    errors: [],
  },
  'kiosk.takeOver': {
    summary: 'Take over what the shift before left: agree with its counts, or count anew. No stock moves',
    summaryZh: '接班：认上一班的数，或者重新数。库存不动',
    access: 'kiosk.serve',
    body: z.object({
      countId: id.nullable().describe('The count of the shift before, as shown; null: it had none'),
      counts: countedItems.optional().describe('Left out: agreed'),
    }),
    response: done,
    errors: ['shift_count.changed', 'shift_count.answered', 'goods.not_found'],
  },
  'shifts.daySheet': {
    summary: 'The sheet of a day: shifts, hand-overs, goods, points, and what was undone or came back',
    summaryZh: '日结单：当天的班次、交接、商品、积分、撤销和退货',
    access: 'redemption.read',
    query: z.object({ day }),
    response: z.object({
      day,
      shifts: z.array(daysShift),
      desk: z
        .object(figures)
        .describe('Returns at the desk, and redemptions of earlier days that were taken back on this day'),
      totals: z.object({
        ...figures,
        households: z.int().describe('Served, what was undone left out'),
        net: hundredths.describe('What households gave in points, less what they got back'),
        withoutNetwork: z.int().describe('Of the redemptions'),
        withoutNetworkPoints: hundredths,
      }),
      goods: z.array(
        z.object({
          goodsId: id,
          name: z.string(),
          unit: z.string(),
          category: z.string(),
          out: z.int().describe('Pieces handed out'),
          back: z.int().describe('Pieces that were undone or came back'),
          points: hundredths.describe('Less what was given back'),
        }),
      ),
      undone: z.array(takenBack),
      returns: z.array(takenBack),
      besides: z.array(besides).describe('All kiosks: of which rows may still be on the way'),
    }),
    errors: [],
  },
  'shifts.differences': {
    summary: 'Differences that shifts counted and that wait for a stocktake',
    summaryZh: '交接班数出来、等盘点的差数',
    access: 'redemption.read',
    response: z.object({
      items: z.array(difference).describe('The latest count of each item, where it differs from the book'),
      besides: z.array(besides),
    }),
    errors: [],
  },
} as const satisfies OperationsOf<Pick<typeof endpoints, OfShifts>>;
