import { z } from 'zod';
import { done, entryNumber, hundredths, id, idParams, instantMs, line, pageId, required } from '../fields.ts';
import type { OperationsOf } from '../operation.ts';
import { OUTBOX_ANSWERS, ROW_BODY_MAX, ROWS_A_BATCH, SETTLED_TOGETHER_MAX } from './answers.ts';
import type { endpoints } from './endpoints.ts';
import { ROW_KIND_MAX, ROW_NUMBER_MAX, ROW_TEXT } from './row-file.ts';

const hash = z.string().regex(ROW_TEXT.hash);
const signature = z.string().regex(ROW_TEXT.signature);
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const number = z.int().min(1).max(ROW_NUMBER_MAX);
const key = z.string().regex(ROW_TEXT.key);

export const outboxRow = z.strictObject({
  device: id,
  number,
  key,
  kind: z.string().max(ROW_KIND_MAX).regex(ROW_TEXT.kind),
  body: z.string().max(ROW_BODY_MAX).describe('JSON, byte for byte as it was signed'),
  shift: z.union([z.literal(''), id]),
  atMs: instantMs.describe('By the device’s clock'),
  offsetMs: z.int().nullable().describe('The server’s clock minus the device’s, as last heard'),
  copy: z.int().min(0).nullable().describe('The last entry that the device’s copy knew'),
  before: hash.describe('Of the row before; 64 zeros for the first'),
  hash,
  signature,
  done: z
    .strictObject({
      how: z.enum(['here', 'server', 'given_up']),
      atMs: instantMs,
      entry: entryNumber.nullable(),
      signature,
    })
    .nullable()
    .describe('What became of it at the counter; null: it asks'),
});

const rows = z.array(outboxRow).min(1).max(ROWS_A_BATCH);

const sentence = z.object({ title: z.string(), detail: z.string() });

const answer = z.object({
  device: id,
  key,
  answer: z.enum(OUTBOX_ANSWERS),
  entry: entryNumber.nullable().describe('The entry that books it'),
  marks: z.array(z.string()).describe('What would have stood against it: codes of refusals'),
  code: z.string().nullable().describe('Why it was declined or refused'),
  params: z.record(z.string(), z.union([z.string(), z.number()])).describe('Of that code'),
  said: z
    .object({ zh: sentence, en: sentence })
    .nullable()
    .describe('The same as a sentence: a device without network cannot ask again in another language'),
  receipt: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('What the kind of row answers, the first time'),
});

const answered = z.object({
  answers: z.array(answer),
  nowMs: instantMs,
});

/** A row that had happened before the server heard of it. */
const lateRow = z.object({
  id: pageId,
  device: id,
  number,
  kiosk: z.string(),
  kind: z.string(),
  answer: z.enum(OUTBOX_ANSWERS),
  entry: entryNumber.nullable(),
  household: z.object({ id, number: z.string(), head: z.string() }).nullable(),
  volunteer: z.string().nullable(),
  points: z.int().nullable(),
  title: z.string(),
  copy: z.int().min(0).nullable().describe('The last entry that the device’s copy knew'),
  madeAtMs: instantMs,
  receivedAtMs: instantMs,
  carriedBy: z.enum(['kiosk', 'desk']),
  marks: z.array(z.string()),
  isHandedIn: z.boolean().describe('Somebody has looked at it, and a second person has not agreed yet'),
  settled: z.object({ by: z.string(), atMs: instantMs, remark: z.string() }).nullable(),
});

const deviceKey = z.object({ x: coordinate, y: coordinate });

export const operations = {
  'outbox.register': {
    summary: 'Name the key by which this device signs its rows',
    summaryZh: '登记这台设备签名用的公钥',
    access: 'outbox.send',
    body: z.object({ publicKey: deviceKey.nullable().describe('Null: the device cannot sign') }),
    response: z.object({
      device: id,
      lastNumber: z.int().min(0),
      isConfirmed: z
        .boolean()
        .describe('False: what is done by its word alone waits until the desk has confirmed the key'),
    }),
    idempotent: false,
    byItself: true,
    errors: ['outbox.key', 'outbox.keys_waiting'],
  },
  'outbox.send': {
    summary:
      'Rows of a device’s outbox, in their order; each is answered, and the same row again gets the same answer',
    summaryZh: '按顺序送来设备发件箱里的行；每行都有答复，同一行再送来得到同样的答复',
    access: 'outbox.send',
    body: z.object({
      rows,
      isEmptyAfter: z.boolean().describe('The device holds no other row without an answer'),
      sentAtMs: instantMs.optional().describe('By the device’s clock, so that a wrong one is seen'),
    }),
    response: answered,
    idempotent: false,
    byItself: true,
    bodyBytesMax: 3 * 1024 * 1024,
    // Answered row by row, with the request as a whole done.
    errors: [
      ...(['outbox.unknown', 'outbox.signature', 'outbox.unsigned', 'outbox.not_ours'] as const),
      ...(['outbox.body', 'outbox.other_row', 'outbox.given_up', 'outbox.superseded'] as const),
      ...(['outbox.switched_off', 'outbox.unconfirmed', 'outbox.declined_often'] as const),
    ],
  },
  'outbox.compare': {
    summary:
      'Which rows of a device the server lacks, and which it may forget because a checked backup has them',
    summaryZh: '服务器缺这台设备的哪些行，哪些行已进了核对过的备份、设备可以删掉',
    access: 'outbox.send',
    body: z.object({ device: id, from: number, to: number }),
    response: z.object({ missing: z.array(number), safe: z.array(number), nowMs: instantMs }),
    idempotent: false,
    byItself: true,
    untraced: 'It only reads',
    errors: ['outbox.unknown'],
  },
  'outbox.devices': {
    summary: 'Devices that keep an outbox: when each was last heard, what is missing of its rows',
    summaryZh: '有发件箱的设备：最近什么时候联系过，缺哪几行',
    access: 'outbox.read',
    response: z.object({
      items: z.array(
        z.object({
          id,
          kioskId: id,
          kiosk: z.string(),
          signs: z.boolean(),
          registeredAtMs: instantMs,
          heardAtMs: instantMs,
          emptyAtMs: instantMs.nullable().describe('When it last had no row without an answer'),
          lastNumber: z.int().min(0),
          missing: z.int().min(0).describe('Rows before the last that have not come'),
          brokenAtMs: instantMs
            .nullable()
            .describe('When a row with a wrong signature last came in its name'),
          confirmedAtMs: instantMs
            .nullable()
            .describe('Null: what was done by its word waits until somebody confirms the key'),
          clockOffsetMs: z
            .int()
            .nullable()
            .describe('The server’s clock minus the device’s, as last seen; null: it never said'),
          writtenOffAtMs: instantMs.nullable(),
          isCurrent: z.boolean().describe('Its kiosk uses this key now'),
        }),
      ),
    }),
    errors: [],
  },
  'outbox.late': {
    summary: 'What was handed out before the server heard of it, the newest first',
    summaryZh: '服务器知道以前就已经发出去的，最新的在前',
    access: 'outbox.read',
    query: z.object({
      open: z.stringbool().default(true).describe('Only what nobody has settled'),
      alone: z
        .stringbool()
        .default(false)
        .describe('Without what is settled shift by shift, because only its device says so'),
      before: pageId.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: z.object({
      items: z.array(lateRow),
      open: z.int().min(0),
      next: pageId.nullable(),
    }),
    errors: [],
  },
  'outbox.lateShifts': {
    summary: 'What nobody but its device says, shift by shift: nothing else stands against it',
    summaryZh: '只有设备自己这么说、没有别的问题的，一班一班地列',
    access: 'outbox.read',
    response: z.object({
      items: z
        .array(
          z.object({
            shift: id,
            kiosk: z.string(),
            volunteer: z.string().nullable(),
            beganAtMs: instantMs.nullable(),
            points: hundredths,
            rows: z.array(lateRow),
          }),
        )
        .describe('The oldest first; a long shift comes in parts'),
      more: z.boolean().describe('There are more of them'),
    }),
    errors: [],
  },
  'outbox.settleShift': {
    summary: 'Say that these rows of a shift were looked at with their slips, and all is well',
    summaryZh: '对着小票看过这一班的这些行，都对',
    access: 'outbox.settle',
    params: idParams,
    body: z.object({ rowIds: z.array(pageId).min(1).max(SETTLED_TOGETHER_MAX) }),
    response: done,
    bodyBytesMax: 64 * 1024,
    errors: ['outbox.not_found', 'outbox.settle_moved', 'change.needs_second', 'proposal.own_household'],
  },
  'outbox.settle': {
    summary: 'Say that a late row was looked at with its slip, and what came of it',
    summaryZh: '对着小票看过这一行，写明怎么处理的',
    access: 'outbox.settle',
    params: idParams,
    body: z.object({ remark: required(200) }),
    response: done,
    errors: ['outbox.not_found', 'outbox.settled', 'change.needs_second', 'proposal.own_household'],
  },
  'outbox.takeIn': {
    summary: 'Take in the rows of a device from its file',
    summaryZh: '收下设备导出的文件里的行',
    access: 'outbox.settle',
    body: z.object({ rows }),
    response: answered,
    idempotent: false,
    bodyBytesMax: 3 * 1024 * 1024,
    errors: [],
  },
  'outbox.confirmKey': {
    summary: 'Confirm the key of a device, as its screen shows it: what it did without network is booked',
    summaryZh: '核对并确认设备的公钥：它没网时发出的从此入账',
    access: 'outbox.confirmKey',
    params: idParams,
    response: done,
    errors: ['outbox.unknown', 'outbox.confirmed'],
  },
  'outbox.writeOff': {
    summary: 'Write off a device whose rows will not come any more',
    summaryZh: '销掉一台设备：它没送来的行不会再来了',
    access: 'outbox.writeOff',
    params: idParams,
    body: z.object({ reason: line(200) }),
    response: done,
    errors: ['outbox.unknown'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
