import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'setup.done': {
    zh: { title: '已经设置过', detail: '这个系统已经设置好了，什么都没有改动。请直接登录。' },
    en: {
      title: 'Already set up',
      detail: 'This system has been set up; nothing was changed. Please log in.',
    },
  },
  'setup.code': {
    zh: {
      title: '设置码不对',
      detail:
        '不在服务器本机上操作，需要启动时显示的设置码，什么都没有改动。请核对设置码，或在服务器那台电脑上打开。',
    },
    en: {
      title: 'Wrong set-up code',
      detail:
        'Anywhere but on the server itself, the code shown when it starts is needed; nothing was changed. Check the code, or open the page on the server’s own machine.',
    },
  },
  'village.not_open': {
    zh: {
      title: '还没开账',
      detail: '账册要由第二个人确认后才能兑换，没有扣分。请审核人登录后台，在“开账”一页确认。',
    },
    en: {
      title: 'The books are not open',
      detail:
        'A second person has to confirm the books before anything is redeemed; no points moved. Ask the approver to log in and open them.',
    },
  },
  'village.opened': {
    zh: { title: '已经开账', detail: '账册早已开了，什么都没有改动。' },
    en: { title: 'Already open', detail: 'The books are open already; nothing was changed.' },
  },
  'village.opening_people': {
    zh: {
      title: '人手不够',
      detail: '一人提、一人审、一人发，至少要三个人才能开账，什么都没有改动。请先添加审核人和超市志愿者。',
    },
    en: {
      title: 'Too few people',
      detail:
        'One proposes, one approves, one hands out: it takes three people to open the books; nothing was changed. Add an approver and a volunteer first.',
    },
  },
  'village.opening_changed': {
    zh: {
      title: '刚有改动',
      detail: '您看的时候账里又有了改动，所以没有开账，您这一次什么都没有写入。请重新看一遍再确认。',
    },
    en: {
      title: 'Something changed',
      detail:
        'Something changed while you looked, so the books were not opened; nothing was written. Look once more and confirm.',
    },
  },
  'village.not_found': {
    zh: { title: '没有这个村', detail: '没有找到这个村，什么都没有改动。请核对地址。' },
    en: {
      title: 'No such village',
      detail: 'This village was not found; nothing was changed. Check the address.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  setup: {
    zh: '程序第一次启动后，建立村庄和第一个账号，或载入演示村。',
    en: 'After the first start: make the village and its first account, or load the demo village.',
  },
  village: { zh: '村庄的名称、设置和概况。', en: 'Its name, its settings, and how it stands.' },
} as const satisfies Tags;
