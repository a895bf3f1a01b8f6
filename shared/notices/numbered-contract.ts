import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import {
  day,
  entryNumber,
  hundredths,
  id,
  idParams,
  instantMs,
  limit,
  line,
  pageId,
  pageOf,
} from '../fields.ts';
import { OBJECTION_STATES, OUTCOMES } from '../objections/states.ts';
import { documentHash } from '../signatures/documents.ts';
import { finding } from '../texts/contract.ts';
import type { endpoints } from './endpoints.ts';
import { noticeOnBoard } from './public-notice.ts';
import { LINE_STATES, NOTICE_STATES, NOTICES_ON_BOARD_MOST } from './states.ts';

/** Approved awards whose points move when the notice has hung for its days. */
const numberedNotice = z.object({
  id: pageId,
  number: z.int().describe('The first of a village is 1'),
  state: z.enum(NOTICE_STATES),
  days: z.int().describe('Whole days that it has to hang'),
  count: z.int().describe('Deeds that it was made with'),
  points: hundredths.describe('Of these deeds together'),
  madeBy: z.string(),
  madeAtMs: instantMs,
  hash: documentHash.describe('SHA-256 of the frozen list that a supervisor signs'),
  review: z
    .object({ by: z.string(), atMs: instantMs, remark: z.string() })
    .nullable()
    .describe('The signature of a supervisor'),
  mayGoOutAtMs: instantMs
    .nullable()
    .describe(
      'From when it may be put up without a supervisor’s signature; null: it is signed, or was put up',
    ),
  up: z
    .object({
      by: z.string(),
      on: day,
      postsOn: day.describe('The points move when this day begins'),
      isUnreviewed: z.boolean().describe('It went out without a supervisor’s signature'),
      isByScreen: z.boolean().describe('A board shows it, and has to on each of its days'),
    })
    .nullable()
    .describe('Null while it does not hang'),
  missedOn: day
    .nullable()
    .describe(
      'The day on which the board did not show it, for which it hangs no more; null: it was not that',
    ),
  endedAtMs: instantMs.nullable().describe('When the last of its deeds was posted or taken off it'),
  isDownSince: day.nullable().describe('The day on which somebody noted that it hangs no more'),
});
export type NumberedNotice = z.infer<typeof numberedNotice>;

const noticeLine = z.object({
  proposalId: id,
  state: z.enum(LINE_STATES),
  day,
  category: z.string(),
  title: z.string(),
  points: hundredths,
  name: z.string().describe('Masked unless the household agreed; empty when its data was erased'),
  group: z.string(),
  entry: entryNumber.nullable(),
});
export type NoticeLine = z.infer<typeof noticeLine>;

const publishedObjection = z.object({
  number: z.int().describe('Of the receipt'),
  title: z.string().describe('Of the deed'),
  day: day.describe('On which it came'),
  state: z.enum(OBJECTION_STATES),
  outcome: z.enum(OUTCOMES).nullable(),
  reason: z.string().describe('Of the answer; empty: none yet, or erased'),
});

/** A text of a rule that may not go public as it is, with the deeds that carry it. */
const unfitText = z.object({
  text: z.string(),
  ruleId: id.nullable().describe('The rule whose wording it is'),
  findings: z.array(finding),
  count: z.int().describe('Deeds that carry it'),
  deeds: z
    .array(noticeLine.pick({ proposalId: true, day: true, name: true, group: true }))
    .describe('The first of them'),
});
export type UnfitText = z.infer<typeof unfitText>;

export const numberedOperations = {
  'notices.list': {
    summary: 'Numbered notices of approved awards, newest first',
    summaryZh: '一期一期的加分公示，最新的在前',
    access: 'village.read',
    query: z.object({ before: pageId.optional(), limit: limit.default(20) }),
    response: pageOf(numberedNotice).extend({
      next: pageId.nullable(),
      waiting: z
        .object({ count: z.int(), points: hundredths })
        .describe('Approved awards that are on no notice yet'),
      unfit: z
        .array(unfitText)
        .describe('Texts of waiting awards that keep a notice from being made; on the first page alone'),
      noticeDays: z.int().nullable().describe('The village’s setting; null: awards are posted when approved'),
    }),
    errors: [],
  },
  'notices.get': {
    summary: 'A numbered notice with its deeds, as it hangs',
    summaryZh: '一期公示和上面的每一条',
    access: 'village.read',
    params: idParams,
    response: numberedNotice.extend({
      village: z.object({ name: z.string(), town: z.string() }),
      unnamed: z
        .object({ entries: z.int(), points: hundredths })
        .describe('Deeds under rules that are private: no line tells of them'),
      waitsForBudget: z
        .int()
        .describe('Deeds whose days are over and that this month’s points budget has no points for'),
      lines: z.array(noticeLine).describe('Heads in the order of the rule book, then days'),
      objections: z
        .array(publishedObjection)
        .describe('Objections to its deeds, in the order in which they came, without names'),
      unfit: z
        .array(unfitText)
        .describe('Texts that may not go public: it is neither printed nor put up while there are any'),
      board: noticeOnBoard
        .nullable()
        .describe(
          'As the board shows it while it hangs, put up today if it does not hang yet; null: it has ended',
        ),
    }),
    errors: ['notice.not_found'],
  },
  'notices.make': {
    summary: 'Put the approved awards that are on no notice yet on a new one',
    summaryZh: '把批准了、还没公示的加分做成新的一期公示',
    access: 'notice.keep',
    body: z.object({}),
    response: z.object({ id: pageId }),
    errors: ['notice.nothing', 'notice.unfit'],
  },
  'notices.putUp': {
    summary: 'Note that the notice hangs: its days begin',
    summaryZh: '记下公示已经贴出，从此算天数',
    access: 'notice.keep',
    params: idParams,
    body: z.object({}),
    response: z.object({ id: pageId }),
    errors: ['notice.not_found', 'notice.over', 'notice.hangs', 'notice.unreviewed', 'notice.unfit'],
  },
  'notices.takeDown': {
    summary: 'Note that the notice hangs no more. Before its end its days begin anew when it hangs again',
    summaryZh: '记下公示已经取下；没到期取下的，再贴出时重新算天数',
    access: 'notice.keep',
    params: idParams,
    body: z.object({}),
    response: z.object({ id: pageId }),
    errors: ['notice.not_found', 'notice.not_up'],
  },
  'notices.show': {
    byItself: true,
    summary: 'Tell, from a paired device, which notices its board has shown whole on a screen that was on',
    summaryZh: '配对过的设备报告：公示屏放完了哪几期公示',
    access: 'notice.show',
    body: z.object({
      numbers: z
        .array(z.int().min(1))
        .min(1)
        .max(NOTICES_ON_BOARD_MOST * 2),
    }),
    response: z.object({ noted: z.array(z.int()).describe('The notices of which something was noted') }),
    errors: [],
  },
  'notices.review': {
    summary: 'Sign a notice as a supervisor, before it goes out or while it hangs',
    summaryZh: '监督员审阅一期公示并签字',
    access: 'signature.sign',
    params: idParams,
    body: z.object({
      hash: documentHash.describe('Of the list that the caller saw'),
      remark: line(500).default(''),
    }),
    response: z.object({ id: pageId }),
    errors: [
      ...(['notice.not_found', 'notice.over', 'signature.unconfirmed'] as const),
      ...(['signature.signed', 'signature.changed'] as const),
    ],
  },
} as const satisfies Partial<OperationsOf<typeof endpoints>>;
