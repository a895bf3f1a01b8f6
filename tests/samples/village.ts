import type { endpoints } from '../../shared/village/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'setup.status': () => ({}),
  'setup.create': (_, fresh) => ({
    body: {
      village: { name: '新村', town: '谷旦镇' },
      admin: { displayName: '王芳', username: `u${fresh}`, password: 'three brown hens' },
    },
  }),
  'setup.demo': () => ({ body: {} }),
  'village.get': () => ({}),
  'village.update': () => ({ body: { town: '谷旦镇', settings: { shopHours: '周六上午' } } }),
  'village.summary': () => ({}),
  'village.home': () => ({}),
  'village.look': () => ({}),
  'village.opening': () => ({}),
  // The samples' villages are open.
  'village.open': () => ({ body: { head: { number: 0, hash: '' } } }),
  'village.noteStep': () => ({ body: { step: 'balances' } }),
  'village.dashboard': () => ({ query: { months: 6 } }),
};
