import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { id, required, idParams } from '../fields.ts';
import type { endpoints } from './endpoints.ts';

export const operations = {
  'households.personalData': {
    slow: true,
    takes: 'households.file_taken',
    summary: 'All that is kept about one household, as one readable JSON file for the household',
    summaryZh: '一户的全部资料，一个看得懂的 JSON 文件，交给这户',
    access: 'household.change',
    params: idParams,
    response: 'binary',
    files: ['application/json'],
    errors: ['household.not_found'],
  },
  'households.proposeErasure': {
    summary: 'Propose to erase the personal data of a closed household for good; number and postings stay',
    summaryZh: '提议删除一个已停用农户的个人资料，不可恢复；户号和分录保留',
    access: 'proposal.make',
    params: idParams,
    body: z.object({ reason: required(200).describe('Goes with the rest when it is approved') }),
    response: z.object({ id: id.describe('Of the proposal, which a second person decides') }),
    errors: [
      'proposal.administrator',
      'household.not_found',
      'household.not_closed',
      'household.erased',
      'household.waiting',
    ],
  },
  'me.personalData': {
    slow: true,
    takes: 'households.file_taken',
    summary: 'All that is kept about the own household, as one readable JSON file',
    summaryZh: '自己家的全部资料，一个看得懂的 JSON 文件',
    access: 'me.read',
    response: 'binary',
    files: ['application/json'],
    errors: ['me.helper'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
