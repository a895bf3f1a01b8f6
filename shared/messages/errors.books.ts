import type { ErrorSentence, Language } from './sentence.ts';

type BookFileCode = 'journal.unreadable' | 'journal.version' | 'journal.damaged' | 'journal.not_empty';

/** Refusals of a book that comes out of a file. */
export const bookFileErrors: Readonly<Record<Language, Readonly<Record<BookFileCode, ErrorSentence>>>> = {
  zh: {
    'journal.unreadable': {
      title: '读不懂账本文件',
      detail:
        '这不是积善的账本文件，或文件[第 {line} 行]不完整。什么都没有写入，积分没有变动。请换一个文件。',
    },
    'journal.version': {
      title: '账本文件版本不同',
      detail:
        '账本文件的格式[（第 {version} 版）]不是本程序认得的那一版[（第 {known} 版）]。什么都没有写入，积分没有变动。请先升级程序。',
    },
    'journal.damaged': {
      title: '账本文件对不上',
      detail:
        '账本文件[第 {line} 行][（第 {number} 号凭证）]对不上[：{check}]。什么都没有写入，积分没有变动。请用没有改动过的文件。',
    },
    'journal.not_empty': {
      title: '账本不是空的',
      detail: '这个村的账本里已经有凭证，只能导入到空账本。什么都没有写入，积分没有变动。',
    },
  },
  en: {
    'journal.unreadable': {
      title: 'Not a book that can be read',
      detail:
        'This is not a journal file of Jishan, or it is incomplete[ at line {line}]. Nothing was written, no points moved. Choose another file.',
    },
    'journal.version': {
      title: 'Another version of the file',
      detail:
        'The journal file has another format[ (version {version})] than this program knows[ (version {known})]. Nothing was written, no points moved. Upgrade the program first.',
    },
    'journal.damaged': {
      title: 'The file does not verify',
      detail:
        'The journal file does not fit[ at line {line}][ (entry {number})][: {check}]. Nothing was written, no points moved. Use a file that nobody changed.',
    },
    'journal.not_empty': {
      title: 'The book is not empty',
      detail:
        'This village’s book has entries already; a journal goes into an empty book only. Nothing was written, no points moved.',
    },
  },
};
