import type { endpoints } from '../../shared/staff/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'session.login': ({ staff }) => ({ body: { username: staff.username, password: staff.password } }),
  'session.refresh': () => ({ body: {} }),
  'session.logout': () => ({ body: {} }),
  'session.me': () => ({}),
  'session.changePassword': () => ({ body: { current: 'not the password', next: 'three brown hens' } }),
  'staff.list': () => ({}),
  'staff.create': (_, fresh) => ({
    body: { username: `u${fresh}`, displayName: `李${fresh}`, roles: ['committee'] },
  }),
  'staff.update': ({ staff }, fresh) => ({ params: { id: staff.id }, body: { displayName: `李${fresh}` } }),
  'staff.confirm': ({ staff }) => ({ params: { id: staff.id }, body: {} }),
  'staff.resetPassword': ({ staff }) => ({ params: { id: staff.id }, body: {} }),
};
