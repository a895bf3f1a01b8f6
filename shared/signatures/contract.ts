import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, entryNumber, id, instantMs, limit, line, pageId } from '../fields.ts';
import { publicHead } from '../ledger/public-head.ts';
import { STAFF_ROLES } from '../roles.ts';
import { opening } from '../village/opening.ts';
import { DOCUMENT_KINDS, documentHash, SUPERVISOR_KINDS } from './documents.ts';
import type { endpoints } from './endpoints.ts';

const kind = z.enum(DOCUMENT_KINDS);

const signature = z.object({
  id: pageId,
  kind,
  documentId: z.string(),
  hash: documentHash.describe('SHA-256 of the bytes that were signed'),
  by: z.string().describe('The name that whoever signed has'),
  roles: z.array(z.enum(STAFF_ROLES)).describe('What they were then'),
  signedAtMs: instantMs,
  remark: z.string().describe('Empty: none'),
  isErased: z.boolean().describe('The remark named a household whose data was erased'),
  head: publicHead.describe('The last entry that the document covers'),
  after: z.int().min(0).describe('It covers the entries behind this number'),
});
export type Signature = z.infer<typeof signature>;

const openingToSign = z.object({
  documentId: z.string(),
  hash: documentHash,
  openedAtMs: instantMs,
  openedBy: z.string(),
  dueOn: day.describe('The last day on which it is signed in time'),
  isOverdue: z.boolean(),
  made: opening
    .pick({
      ...{ head: true, people: true, households: true, withPoints: true, points: true, cards: true },
      ...{ pins: true, kiosks: true, rules: true, goods: true },
    })
    .extend({ volunteers: z.int() })
    .describe('The village as it was when the books were opened'),
});

const weekToSign = z.object({
  after: z.int().min(0).describe('The list covers the entries behind this number'),
  through: entryNumber.describe('The last entry that it covers'),
  head: publicHead,
  hash: documentHash.describe('Of the document that would be signed'),
  items: z.int().describe('Lines of the list; village.look has them'),
  fromMs: instantMs.describe('When its first entry was booked'),
  isMore: z.boolean().describe('There are later entries, for the next signature'),
});

export const operations = {
  'signatures.list': {
    summary: 'What supervisors signed, newest first',
    summaryZh: '监督员签过的字，最新的在前',
    access: 'signature.read',
    query: z.object({ before: pageId.optional(), limit: limit.default(20) }),
    response: z.object({ items: z.array(signature), next: pageId.nullable() }),
    errors: [],
  },
  'signatures.next': {
    summary:
      'What waits for a supervisor’s signature: the opening of the books, and the list since the last one',
    summaryZh: '等监督员签字的：开账，以及上次签字以来的名单',
    access: 'signature.read',
    response: z.object({
      opening: openingToSign.nullable().describe('Null: nothing was opened, or it is signed'),
      week: weekToSign.nullable().describe('Null: no entry since the last signature'),
      dueOn: day
        .nullable()
        .describe('The day on which the next list should be signed; null before the first'),
      last: signature.nullable().describe('The last list that was signed'),
      maySign: z.boolean().describe('This caller is a supervisor whom somebody else confirmed'),
    }),
    errors: [],
  },
  'signatures.document': {
    summary: 'A document as it was signed, to the byte',
    summaryZh: '签字时定住的文件，一字不差',
    access: 'signature.read',
    params: z.object({ kind, id }),
    response: z.object({
      kind,
      id,
      hash: documentHash,
      body: z.string().describe('The bytes that were signed: JSON'),
      frozenAtMs: instantMs,
      signatures: z.array(signature),
    }),
    errors: ['signature.not_found'],
  },
  'signatures.sign': {
    summary: 'Sign a document: the opening of the books, or the list since the last signature',
    summaryZh: '签字：开账，或上次签字以来的名单',
    access: 'signature.sign',
    body: z.object({
      kind: z.enum(SUPERVISOR_KINDS),
      hash: documentHash.describe('Of the document that the caller saw (signatures.next)'),
      after: z.int().min(0).optional().describe('A list’s, as signatures.next said'),
      through: entryNumber.optional(),
      remark: line(500).default(''),
    }),
    response: signature,
    errors: ['signature.not_found', 'signature.signed', 'signature.changed', 'signature.unconfirmed'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
