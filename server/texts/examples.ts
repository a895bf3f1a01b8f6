import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  {
    name: 'word-needs-second',
    id: 'texts.clear',
    as: 'admin',
    body: { text: '参加残疾军人事迹宣讲', kind: 'label', piece: '残疾' },
    refused: 'change.needs_second',
  },
  {
    name: 'word-not-there',
    id: 'texts.clear',
    as: 'admin',
    body: { text: '打扫村口', kind: 'label', piece: '低保' },
    refused: 'text.fit',
  },
];
