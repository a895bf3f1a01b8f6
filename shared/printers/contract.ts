import { z } from 'zod';
import { done, id } from '../fields.ts';
import type { OperationsOf } from '../operation.ts';
import { LANGUAGES } from '../sentence.ts';
import type { endpoints } from './endpoints.ts';
import { PRINTER_PORTS } from './printer-place.ts';

const printer = z.object({
  host: z.string().min(2).max(45).describe('Numbers of the village’s own network, no name: 192.168.1.50'),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .describe(`${PRINTER_PORTS.first} to ${PRINTER_PORTS.last}, others are refused`),
  paper: z.union([z.literal(58), z.literal(80)]).describe('Width of the roll in millimetres'),
  cuts: z.boolean().describe('It has a knife'),
});

const printing = {
  key: id.describe('The same key prints once. A person who presses again brings a new one'),
  language: z.enum(LANGUAGES),
};

/** The reasons why a slip did not come out, or not whole. */
const failures = [
  'printer.none',
  'printer.unusable_address',
  'printer.unreachable',
  'printer.broken_off',
  'printer.stuck',
  'printer.no_paper',
  'printer.busy',
] as const;

const PRINTS = 'It prints what is booked already and changes nothing of the village';

export const operations = {
  'printers.get': {
    summary: 'The printer of the shop on the village’s network',
    summaryZh: '超市在村里网络上的小票机',
    access: 'kiosk.read',
    response: z.object({ printer: printer.nullable() }),
    errors: [],
  },
  'printers.set': {
    summary:
      'Set the printer. Hand it in (changes.propose) once the books are open, so that a second person agrees',
    summaryZh: '设置小票机。开账以后要先提交，由第二个人同意',
    access: 'printer.change',
    body: printer,
    response: z.object({ printer }),
    errors: ['printer.unusable_address', 'change.needs_second'],
  },
  'printers.clear': {
    summary: 'Use no printer on the network any more',
    summaryZh: '不再用网络小票机',
    access: 'printer.change',
    body: z.object({}),
    response: z.object({ printer: z.null() }),
    errors: [],
  },
  'printers.test': {
    untraced: PRINTS,
    summary: 'Print a test page',
    summaryZh: '打印一张试试',
    access: 'printer.change',
    body: z.object({ language: z.enum(LANGUAGES) }),
    response: done,
    idempotent: false,
    errors: [...failures],
  },
  'printers.receipt': {
    untraced: PRINTS,
    summary: 'Print the slip of a redemption of this kiosk. Never tried again by itself',
    summaryZh: '打印这台兑换台一笔兑换的小票。不会自己重打',
    access: 'kiosk.serve',
    body: z.object({
      ...printing,
      redemptionId: id,
      isReprint: z.boolean().describe('It was printed before, by this printer or another'),
    }),
    response: z.object({ isReprint: z.boolean().describe('The slip says that it is a reprint') }),
    idempotent: false,
    errors: [...failures, 'printer.under_way', 'redemption.not_found'],
  },
  'printers.return': {
    untraced: PRINTS,
    summary: 'Print the slip of goods that came back at this kiosk. Never tried again by itself',
    summaryZh: '打印这台兑换台一笔退货的凭条。不会自己重打',
    access: 'kiosk.serve',
    body: z.object({
      ...printing,
      returnId: id,
      isReprint: z.boolean().describe('It was printed before, by this printer or another'),
    }),
    response: done,
    idempotent: false,
    errors: [...failures, 'printer.under_way', 'redemption.not_found'],
  },
  'printers.statement': {
    untraced: PRINTS,
    summary: 'Print the statement that this kiosk was just shown',
    summaryZh: '打印这台兑换台刚看过的对账单',
    access: 'kiosk.stand',
    body: z.object({
      ...printing,
      statement: z.string().max(1000).describe('`printToken` of kiosk.statement'),
    }),
    response: done,
    idempotent: false,
    errors: [
      ...failures,
      'printer.under_way',
      'printer.statement_over',
      'household.not_found',
      'household.closed',
    ],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
