import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'kiosks.copied': {
    zh: '存了一份全村的副本，供没网时用',
    en: 'took a copy of the village, for when there is no network',
    fields: {},
  },
} as const satisfies ActsOfDomain;
