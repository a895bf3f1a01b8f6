import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'journal.unreadable': {
    zh: {
      title: '读不懂账本文件',
      detail:
        '这不是积善的账本文件，或文件[第 {line} 行]不完整。什么都没有写入，积分没有变动。请换一个文件。',
    },
    en: {
      title: 'Not a book that can be read',
      detail:
        'This is not a journal file of Jishan, or it is incomplete[ at line {line}]. Nothing was written, no points moved. Choose another file.',
    },
  },
  'journal.version': {
    zh: {
      title: '账本文件版本不同',
      detail:
        '账本文件的格式[（第 {version} 版）]不是本程序认得的那一版[（第 {known} 版）]。什么都没有写入，积分没有变动。请先升级程序。',
    },
    en: {
      title: 'Another version of the file',
      detail:
        'The journal file has another format[ (version {version})] than this program knows[ (version {known})]. Nothing was written, no points moved. Upgrade the program first.',
    },
  },
  'journal.damaged': {
    zh: {
      title: '账本文件对不上',
      detail:
        '账本文件[第 {line} 行][（第 {number} 号凭证）]对不上[：{check}]。什么都没有写入，积分没有变动。请用没有改动过的文件。',
    },
    en: {
      title: 'The file does not verify',
      detail:
        'The journal file does not fit[ at line {line}][ (entry {number})][: {check}]. Nothing was written, no points moved. Use a file that nobody changed.',
    },
  },
  'journal.not_empty': {
    zh: {
      title: '账本不是空的',
      detail: '这个村的账本里已经有凭证，只能导入到空账本。什么都没有写入，积分没有变动。',
    },
    en: {
      title: 'The book is not empty',
      detail:
        'This village’s book has entries already; a journal goes into an empty book only. Nothing was written, no points moved.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  ledger: {
    zh: '复式账：凭证、分录、试算平衡、核验，整本导出。',
    en: 'The double-entry books: entries, lines, trial balance, verification, and the whole of it to take away.',
  },
} as const satisfies Tags;
