import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'paper.unreadable': {
    zh: {
      title: '表格读不懂',
      detail: '[{zh}]这个文件没有读成，什么都没有写入。请换成 .xlsx、.xls 或 .csv 文件再试。',
    },
    en: {
      title: 'Cannot read the file',
      detail: '[{en} ]The file could not be read; nothing was written. Use an .xlsx, .xls or .csv file.',
    },
  },
  'paper.too_large': {
    zh: { title: '文件太大', detail: '[{zh}]文件太大，没有读取，什么都没有写入。请分成几个文件再导入。' },
    en: {
      title: 'File too large',
      detail:
        '[{en} ]The file is too large and was not read; nothing was written. Split it into several files.',
    },
  },
  'paper.too_many': {
    zh: {
      title: '没确认的表格太多',
      detail:
        '村里上传了还没有确认的表格太多[（一共最多 {limitMb} MB）]，这一份没有读取，什么都没有写入。请先确认已经上传的，或者过几天再传：没有确认的七天后清除。',
    },
    en: {
      title: 'Too many unconfirmed files',
      detail:
        'The village has uploaded too many files that nobody has confirmed yet[: at most {limitMb} MB together]. This one was not kept; nothing was written. Confirm those that are there, or come back in a few days: what is not confirmed goes after a week.',
    },
  },
  'paper.not_found': {
    zh: { title: '没有这次导入', detail: '没有找到这次导入，什么都没有写入。请重新上传文件。' },
    en: {
      title: 'No such import',
      detail: 'This import was not found; nothing was written. Upload the file again.',
    },
  },
  'paper.committed': {
    zh: { title: '已经导入过', detail: '这次导入已经写入，没有再写一遍，积分没有再动。请查看导入结果。' },
    en: {
      title: 'Already imported',
      detail: 'This import was written before and not again; no points moved again. Look at its result.',
    },
  },
  'paper.unanswered': {
    zh: {
      title: '还有一问没答',
      detail: '[{zh}]要先确定这张表是这个村的，才能导入；什么都没有写入。请点“确定”，或者换一个文件。',
    },
    en: {
      title: 'One question is open',
      detail: '[{en} ]Answer this question first; nothing was written. Answer it, or choose another file.',
    },
  },
  'paper.nothing': {
    zh: { title: '没有可写入的', detail: '文件里没有可以写入的行，什么都没有写入。请按提示改好再上传。' },
    en: {
      title: 'Nothing to write',
      detail:
        'No row of the file can be written; nothing was written. Correct what is named and upload it again.',
    },
  },
  'paper.not_whole': {
    zh: {
      title: '表里还有不对的地方',
      detail:
        '评分表要么整张报，要么一件不报。表里[有 {count} 处]不对，什么都没有提交，积分没有变动。请按列出的格子改好，再选一次文件。',
    },
    en: {
      title: 'Something on the paper is wrong',
      detail:
        'A score sheet is proposed whole or not at all. Something on it is wrong[ ({count} places)]; nothing was sent, no points moved. Correct the cells that are named and choose the file again.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  imports: {
    zh: '把村里自己的花名册、期初积分、细则、商品表和月评分表读进来：先看再写。',
    en: 'The village’s own papers (roster, balances, rules, goods, a month’s scores): looked at first, then written.',
  },
} as const satisfies Tags;
