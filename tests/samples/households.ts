import type { endpoints } from '../../shared/households/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'households.list': ({ mark }) => ({ query: { q: mark, limit: 20 } }),
  'households.export': ({ mark }) => ({ params: { format: 'csv' }, query: { q: mark } }),
  'households.groups': () => ({}),
  'households.nextNumber': () => ({}),
  'households.pinSlips': () => ({}),
  'households.takePinSlips': ({ household }) => ({ body: { householdIds: [household.id] } }),
  'households.makePins': ({ household }) => ({ body: { householdIds: [household.id], replace: true } }),
  'households.create': (_, fresh) => ({
    body: { head: '赵铁柱', group: '一组', number: `N-${fresh}`, size: 3, note: '' },
  }),
  'households.get': ({ household }) => ({ params: { id: household.id } }),
  'households.update': ({ household }) => ({ params: { id: household.id }, body: { size: 5 } }),
  'households.passbook': ({ household }) => ({ params: { id: household.id }, query: { limit: 10 } }),
  'households.balanceOn': ({ household }) => ({ params: { id: household.id }, query: { on: '2026-01-01' } }),
  'households.issueCard': ({ household }) => ({ params: { id: household.id }, body: {} }),
  'households.revokeCard': ({ household }) => ({ params: { id: household.id }, body: {} }),
  'households.resetPin': ({ household }) => ({ params: { id: household.id }, body: { pin: '483920' } }),
  'households.phones': ({ household }) => ({ params: { id: household.id } }),
  'households.endPhone': ({ household, otherPhoneId }) => ({
    params: { id: household.id, phoneId: otherPhoneId },
    body: {},
  }),
  'households.reopen': ({ reopenedId }) => ({ params: { id: reopenedId }, body: {} }),
};
