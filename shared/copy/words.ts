import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'copy.off': {
    zh: {
      title: '本村没有开通断网兑换',
      detail:
        '所以兑换台上不存全村的副本，存过的也要抹掉。积分没有动。要开通，请两个人在“设置”里定一个金额。',
    },
    en: {
      title: 'Hand-overs without network are off',
      detail:
        'So no kiosk keeps a copy of the village, and one that it kept is wiped. No points moved. To turn them on, two people agree to an amount under Settings.',
    },
  },
  'copy.begin_anew': {
    zh: {
      title: '副本要重新存一份',
      detail: '这台设备的副本接不上现在的账，或者隔得太久了。积分没有动。请整份重新取一次；设备会自己做。',
    },
    en: {
      title: 'The copy begins anew',
      detail:
        'The copy on this device does not follow on from the books as they are now, or is too far behind. No points moved. Take the whole again; the device does so by itself.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  copy: {
    zh: '副本：兑换台存在本机的一份农户、商品和志愿者，没网时用。',
    en: 'The copy: households, goods and volunteers as a kiosk keeps them, for when there is no network.',
  },
} as const satisfies Tags;
