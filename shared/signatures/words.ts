import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'signature.not_found': {
    zh: { title: '没有这份文件', detail: '没有找到要签的文件，没有签字，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such document',
      detail: 'The document to sign was not found; nothing was signed. Reload and look again.',
    },
  },
  'signature.signed': {
    zh: { title: '已经签过', detail: '这份文件已经签过字，没有再签一次，什么都没有改动。' },
    en: { title: 'Signed already', detail: 'This document is signed already; nothing was signed again.' },
  },
  'signature.changed': {
    zh: {
      title: '和您看到的不一样了',
      detail: '要签的内容和您看到的不一样了，没有签字，什么都没有改动。请刷新，重新看一遍再签。',
    },
    en: {
      title: 'Not what you saw',
      detail:
        'What is to be signed is no longer what you saw; nothing was signed. Reload and look once more.',
    },
  },
  'signature.unconfirmed': {
    zh: {
      title: '账号还没有人确认',
      detail: '您的账号还没有另一个人确认，没有签字，什么都没有改动。请审核人先在“工作人员”里确认。',
    },
    en: {
      title: 'The account is not confirmed',
      detail:
        'Nobody else has confirmed your account yet; nothing was signed. Ask an approver to confirm it under Staff.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  signatures: {
    zh: '监督员签字：签的是什么（定住的文件和哈希）、谁签的、什么时候、有什么意见。',
    en: 'Signatures of the supervisor: on which frozen document and hash, by whom, when, with which remark.',
  },
} as const satisfies Tags;
