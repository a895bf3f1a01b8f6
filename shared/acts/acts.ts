import type { ActsOfDomain } from './act-spec.ts';

export const acts = {
  'acts.exported': {
    zh: '导出了办事记录',
    en: 'exported the book of acts',
    fields: {
      act: { zh: '事项', en: 'Act' },
      actorId: { zh: '经办人', en: 'Done by', unit: 'person' },
      thing: { zh: '对象', en: 'Thing' },
      from: { zh: '从', en: 'From' },
      to: { zh: '到', en: 'To' },
      q: { zh: '查找的字', en: 'Words' },
    },
  },
} as const satisfies ActsOfDomain;
