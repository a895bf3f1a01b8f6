import type { endpoints } from '../../shared/texts/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'texts.clear': (_, fresh) => ({
    body: { text: `参加残疾军人事迹宣讲 ${fresh}`, kind: 'label', piece: '残疾' },
  }),
};
