import { z } from 'zod';
import { day, id, idParams, instantMs, line, limit, pageId, required } from '../fields.ts';
import { publicHead } from '../ledger/public-head.ts';
import type { OperationsOf } from '../operation.ts';
import { documentHash } from '../signatures/documents.ts';
import type { endpoints } from './endpoints.ts';
import { pack } from './pack.ts';
import { HANDOVER_DAYS, HANDOVER_STATES, SIDES } from './states.ts';

const person = z.object({ id, name: z.string() });
const settled = z.object({ id: pageId });

const signed = z.object({
  side: z.enum(SIDES),
  by: z.string(),
  atMs: instantMs,
  remark: z.string().describe('Empty: none, or erased'),
});

const handover = z.object({
  id: pageId,
  state: z.enum(HANDOVER_STATES).describe('open: a signature is missing'),
  from: person.describe('Hands over'),
  to: person.describe('Takes over'),
  changedOn: day.describe('The day of the change'),
  dueOn: day.describe(
    `The last day on which it is signed in time: ${String(HANDOVER_DAYS)} days after the change`,
  ),
  isOverdue: z.boolean().describe('It was not signed by both sides in time'),
  startedBy: z.string(),
  startedAtMs: instantMs,
  hash: documentHash.describe('SHA-256 of the bytes that both sides sign'),
  head: publicHead.describe('The last entry of the book that the pack covers'),
  signatures: z.array(signed),
  withdrawn: z.object({ by: z.string(), atMs: instantMs, reason: z.string() }).nullable(),
  waitsForMe: z.boolean().describe('This caller is a side that has not signed'),
});
export type Handover = z.infer<typeof handover>;

export const operations = {
  'handovers.list': {
    summary: 'Hand-overs at changes of committee, newest first',
    summaryZh: '换届的移交单，最新的在前',
    access: 'handover.read',
    query: z.object({ before: pageId.optional(), limit: limit.default(20) }),
    response: z.object({ items: z.array(handover), next: pageId.nullable() }),
    errors: [],
  },
  'handovers.people': {
    summary: 'The people who may hand over or take over',
    summaryZh: '可以移交、接收的人',
    access: 'handover.start',
    response: z.object({
      items: z.array(person.extend({ isConfirmed: z.boolean().describe('Nobody else signs') })),
    }),
    errors: [],
  },
  'handovers.get': {
    summary: 'A hand-over with everything that is handed over',
    summaryZh: '一份移交单，连同移交的全部内容',
    access: 'handover.read',
    params: idParams,
    response: handover.extend({ pack }),
    errors: ['handover.not_found'],
  },
  'handovers.start': {
    summary: 'Freeze what is handed over at a change of committee, for both sides to sign',
    summaryZh: '换届时做移交单：把要移交的内容定住，交双方签字',
    access: 'handover.start',
    body: z.object({ fromStaffId: id, toStaffId: id, changedOn: day }),
    response: settled,
    errors: ['staff.not_found', 'handover.people', 'handover.day', 'handover.under_way'],
  },
  'handovers.sign': {
    guessable: true,
    summary: 'Sign a hand-over as one of its sides, with their own password once more',
    summaryZh: '移交人或接收人签字，要再输一次自己的密码',
    access: 'handover.sign',
    params: idParams,
    body: z.object({
      hash: documentHash.describe('Of the pack that the caller saw'),
      password: z.string().min(1).max(200).describe('The own password, once more'),
      remark: line(500).default(''),
    }),
    response: settled,
    idempotent: false,
    errors: [
      ...(['auth.wrong', 'auth.locked', 'handover.not_found', 'handover.not_side'] as const),
      ...(['signature.unconfirmed', 'signature.signed', 'handover.over', 'signature.changed'] as const),
    ],
  },
  'handovers.withdraw': {
    summary: 'Withdraw a hand-over that is wrong, while a signature is missing',
    summaryZh: '移交单做错了，双方没签完以前可以作废',
    access: 'handover.start',
    params: idParams,
    body: z.object({ reason: required(200) }),
    response: settled,
    errors: ['handover.not_found', 'handover.over'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
