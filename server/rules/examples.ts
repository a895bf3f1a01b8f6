import type { Example } from '../http/index.ts';

/** A rule of the story is to change on a later day. That is filed, and taken back. */
export const examples: readonly Example[] = [
  {
    name: 'rule-next',
    id: 'rules.update',
    as: 'admin',
    params: { id: '$lane.id' },
    body: {
      ...{ title: '门前屋后、巷道干净整洁', effectiveFrom: '2026-04-01' },
      ...{ decidedBy: 'representatives', decidedOn: '2026-02-27' },
    },
  },
  { name: 'rules-announced', id: 'rules.list', as: 'committee' },
  {
    name: 'rule-filed',
    id: 'rules.file',
    as: 'admin',
    body: { filedOn: '2026-02-28', versions: [{ ruleId: '$lane.id', version: 3 }] },
  },
  {
    name: 'rule-taken-back',
    id: 'rules.withdraw',
    as: 'admin',
    params: { id: '$lane.id' },
    body: { version: 3 },
  },
  { name: 'rule-versions', id: 'rules.versions', as: 'committee', params: { id: '$lane.id' } },
];
