import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'picture.not_jpeg': {
    zh: {
      title: '不是 JPEG 照片',
      detail: '这个文件不是 JPEG 照片，没有收下，积分没有变动。请换一张照片，或者不带照片直接提交。',
    },
    en: {
      title: 'Not a JPEG photo',
      detail:
        'This file is not a JPEG photo. It was not taken and no points moved. Choose another photo, or go on without one.',
    },
  },
  'picture.broken': {
    zh: {
      title: '照片不完整',
      detail: '这张照片不完整或已损坏，没有收下，积分没有变动。请重新拍一张，或者不带照片直接提交。',
    },
    en: {
      title: 'The photo is incomplete',
      detail:
        'This photo is incomplete or damaged. It was not taken and no points moved. Take it again, or go on without one.',
    },
  },
  'picture.too_large': {
    zh: {
      title: '照片太大',
      detail:
        '照片太大[（最多 {limitKb} KB）][（每边最多 {limitPx} 像素）]，没有收下，积分没有变动。请缩小后再试，或者不带照片直接提交。',
    },
    en: {
      title: 'The photo is too large',
      detail:
        'The photo is too large[: at most {limitKb} KB][ and {limitPx} pixels a side]. It was not taken and no points moved. Make it smaller, or go on without one.',
    },
  },
  'picture.too_many': {
    zh: {
      title: '没用上的照片太多',
      detail:
        '您传上来还没有用到的照片太多了[（最多 {limit} 张）][、共 {limitMb} MB]，这一张没有收下，积分没有变动。请先把手头的加分或商品提交，或者不带照片直接提交。',
      variants: {
        village:
          '村里传上来还没有用到的照片太多了[（最多 {limit} 张）][、共 {limitMb} MB]，这一张没有收下，积分没有变动。请大家先把手头的加分或商品提交，或者不带照片直接提交。',
      },
    },
    en: {
      title: 'Too many unused photos',
      detail:
        'You have handed in too many photos that are not used yet[: at most {limit}][ and {limitMb} MB]. This one was not taken and no points moved. Submit the awards or goods you are filling in, or go on without a photo.',
      variants: {
        village:
          'The village has too many photos that are not used yet[: at most {limit}][ and {limitMb} MB]. This one was not taken and no points moved. Submit the awards or goods you are all filling in, or go on without a photo.',
      },
    },
  },
  'picture.not_found': {
    zh: { title: '照片不在了', detail: '没有找到这张照片，什么都没有改动。请去掉它或重新添加，再试一次。' },
    en: {
      title: 'The photo is not there',
      detail:
        'This photo was not found, and nothing was changed. Take it out or add it again, then try again.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  pictures: {
    zh: '商品照片和申报凭证，缩小并去掉位置信息后保存。',
    en: 'Photos of goods and of evidence, made small and without their location.',
  },
} as const satisfies Tags;
