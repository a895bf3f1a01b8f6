import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'address.unusable': {
    zh: {
      title: '这不是一个能打开的地址',
      detail:
        '什么都没有改动。请写成 http:// 或 https:// 开头，后面只有名字或数字，例如 http://192.168.1.10:8080。',
    },
    en: {
      title: 'Not an address that can be opened',
      detail:
        'Nothing was changed. Write it with http:// or https:// and a name or numbers alone, such as http://192.168.1.10:8080.',
    },
  },
  'address.only_here': {
    zh: {
      title: '这个地址只有这台电脑自己能打开',
      detail: '什么都没有改动。平板和手机要用这台电脑在网络里的地址，请从列出的里面选一个。',
    },
    en: {
      title: 'Only this computer can open that address',
      detail:
        'Nothing was changed. Tablets and phones need this computer’s address in the network: choose one of those listed.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  address: {
    zh: '平板、手机和电视用哪个地址打开这台服务器。',
    en: 'The address at which tablets, phones and the TV open this server.',
  },
} as const satisfies Tags;
