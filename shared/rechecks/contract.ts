import { z } from 'zod';
import { day, entryNumber, hundredths, id, instantMs, line } from '../fields.ts';
import { month } from '../ledger/passbook.ts';
import { publicHead } from '../ledger/public-head.ts';
import type { OperationsOf } from '../operation.ts';
import { PROPOSAL_STATES } from '../proposals/states.ts';
import { documentHash } from '../signatures/documents.ts';
import type { endpoints } from './endpoints.ts';
import { CALLED_MOST, DRAWN_MOST, RECHECK_OUTCOMES, RECHECK_STATES, WHY_NOT_CHECK } from './states.ts';

/** The most months of one page of the list. */
const MONTHS_MOST = 24;

const check = z.object({
  by: z.string(),
  atMs: instantMs,
  note: z.string().describe('What was found, or why it could not be checked; empty: nothing, or erased'),
  isErased: z.boolean(),
  proposal: z
    .object({ id, state: z.enum(PROPOSAL_STATES), journalNumber: entryNumber.nullable() })
    .nullable()
    .describe('The reversal that was proposed because the award does not stand'),
});

const item = z.object({
  number: entryNumber.describe('The entry of the award'),
  household: z.object({ id, number: z.string(), head: z.string(), group: z.string() }),
  title: z.string().describe('Empty: erased'),
  day: day.describe('Of the deed'),
  points: hundredths,
  proposedBy: z.string(),
  approvedBy: z.string(),
  state: z.enum(RECHECK_STATES),
  reversedBy: entryNumber.nullable().describe('The entry that took the award back, be it for this or not'),
  check: check.nullable().describe('The last one; one that could not be checked may be looked at again'),
  mayCheck: z.boolean().describe('Whether this caller may say what was found'),
  whyNot: z.enum(WHY_NOT_CHECK).nullable(),
});
export type RecheckItem = z.infer<typeof item>;

const draw = z.object({
  draw: z.int().describe('1: the draw of the month; 2 and more are additional'),
  journalNumber: entryNumber.describe('The act by which it stands in the book'),
  by: z.string(),
  atMs: instantMs,
  called: z.int(),
  calledBy: z.string(),
  wanted: z.int(),
  pool: z.int().describe('How many awards it was drawn from'),
  head: publicHead.extend({ hash: documentHash.describe('All of it: by this the draw is recomputed') }),
  digest: documentHash.describe('SHA-256 of the numbers drawn, with a space between'),
  items: z.array(item).describe('In the order in which they were drawn'),
});
export type RecheckDraw = z.infer<typeof draw>;

const counts = {
  draws: z.int(),
  drawn: z.int(),
  waiting: z.int(),
  stood: z.int(),
  failed: z.int(),
  couldNotCheck: z.int(),
  reversed: z.int().describe('Taken back before anybody looked'),
};

export const operations = {
  'rechecks.list': {
    summary: 'Months that are over, newest first, with what was drawn and found',
    summaryZh: '过完的月份，最近的在前：抽了几笔、查得怎样',
    access: 'recheck.read',
    query: z.object({
      before: month.optional().describe('Months before this one'),
      limit: z.coerce.number().int().min(1).max(MONTHS_MOST).default(12),
    }),
    response: z.object({ items: z.array(z.object({ month, ...counts })), next: month.nullable() }),
    errors: [],
  },
  'rechecks.get': {
    summary: 'A month: the head by which awards are drawn, and its draws with what was found',
    summaryZh: '一个月的抽查：按哪个末笔抽、抽到哪些、查得怎样',
    access: 'recheck.read',
    params: z.object({ month }),
    response: z.object({
      month,
      isOver: z.boolean().describe('A month is drawn from once it is over'),
      head: publicHead
        .nullable()
        .describe('The last entry booked in the month: the one that its notice shows; null without entries'),
      pool: z.int().describe('How many awards the next draw would draw from'),
      mayDraw: z.boolean(),
      draws: z.array(draw),
    }),
    errors: [],
  },
  'rechecks.draw': {
    summary: 'Draw awards of a month by its last entry and a number that was called out at the meeting',
    summaryZh: '按当月末笔凭证和会上喊的数，抽出要复查的加分',
    access: 'recheck.draw',
    params: z.object({ month }),
    body: z.object({
      head: publicHead.describe('As the caller saw it; any other entry is refused'),
      called: z.int().min(0).max(CALLED_MOST).describe('The number that was called out'),
      calledBy: line(20).default('').describe('Who called it, in a word: 三组村民代表. No name is needed'),
      count: z.int().min(1).max(DRAWN_MOST),
      drawsSeen: z.int().min(0).max(100).describe('How many draws of the month the caller saw'),
    }),
    response: z.object({ draw: z.int().describe('1: the draw of the month; 2 and more are additional') }),
    errors: ['recheck.month_open', 'recheck.none', 'recheck.head', 'recheck.drawn', 'recheck.enough'],
  },
  'rechecks.check': {
    summary:
      'Say what was found about an award that was drawn; one that does not stand is proposed to be reversed',
    summaryZh: '记下抽中的一笔查得怎样；不属实的同时申报冲正',
    access: 'recheck.check',
    params: z.object({ month }),
    body: z.object({
      number: entryNumber.describe('The entry of the award'),
      outcome: z.enum(RECHECK_OUTCOMES),
      note: line(200).default('').describe('The reason, unless it stood'),
    }),
    response: z.object({
      proposalId: id.nullable().describe('Of the reversal, which a second person decides'),
    }),
    errors: [
      ...(['recheck.not_drawn', 'recheck.settled', 'recheck.reason_missing'] as const),
      ...(['recheck.own_entry', 'recheck.own_household', 'proposal.administrator'] as const),
      ...(['ledger.entry_not_found', 'ledger.already_reversed', 'ledger.partly_returned'] as const),
      ...(['ledger.not_reversible', 'proposal.reversal_waiting', 'household.closed'] as const),
    ],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
