import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'card.unknown': {
    zh: { title: '没有这张卡', detail: '系统里没有这张卡，积分没有变动。请再扫一次，或改用户号查找。' },
    en: {
      title: 'Unknown card',
      detail: 'This card is not known; no points moved. Scan it again, or look the household up by number.',
    },
  },
  'card.revoked': {
    zh: {
      title: '此卡已作废',
      detail: '这张卡已经作废，没有办理，积分没有变动。请用新卡；没有新卡，就输户号。',
    },
    en: {
      title: 'Card no longer valid',
      detail:
        'This card is no longer valid; nothing was done, no points moved. Use the new card, or the household’s number.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  cards: { zh: '成批打印的积分卡。', en: 'Cards printed by the sheet.' },
} as const satisfies Tags;
