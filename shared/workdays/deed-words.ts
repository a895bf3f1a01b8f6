import type { Catalogue } from '../sentence.ts';

/** The text of a deed that was awarded for coming to an event. A late sign-in stays marked in it. */
export const deedWords = {
  note: {
    zh: '{title}（{month}月{date}日）[，{hours} 小时][，{member}][，{late}]',
    en: '{title} ({month}/{date})[, {hours} h][, {member}][, {late}]',
  },
  late: { zh: '补录', en: 'entered late' },
} as const satisfies Catalogue;
