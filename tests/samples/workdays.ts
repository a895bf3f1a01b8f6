import type { endpoints } from '../../shared/workdays/endpoints.ts';
import { type SamplesOf, today } from '../support/sample-parts.ts';

const reason = '看过签到表';

export const samples: SamplesOf<typeof endpoints> = {
  'workdays.list': () => ({ query: { limit: 10 } }),
  'workdays.get': ({ workdays }) => ({ params: { id: workdays.open } }),
  'workdays.announce': ({ workdays }, fresh) => ({
    body: {
      ...{ title: `清沟 ${fresh}`, day: today(), from: '08:00', until: '11:00', place: '村口' },
      ...{ ruleId: workdays.ruleId, most: 80 },
    },
  }),
  'workdays.cancel': ({ workdays }) => ({ params: { id: workdays.toCancel }, body: { reason } }),
  'workdays.signIn': ({ workdays, household }, fresh) => ({
    params: { id: workdays.open },
    body: { householdId: household.id, member: fresh },
  }),
  'workdays.signOut': ({ workdays }) => ({
    params: { id: workdays.open },
    body: { attendanceIds: [workdays.toSignOut] },
  }),
  'workdays.enterList': ({ workdays, household }, fresh) => ({
    params: { id: workdays.open },
    body: { items: [{ householdId: household.id, member: fresh, minutes: 60 }] },
  }),
  'workdays.signLate': ({ workdays, household }, fresh) => ({
    params: { id: workdays.closed },
    body: { householdId: household.id, member: fresh, minutes: 60, reason },
  }),
  'workdays.setHours': ({ workdays }) => ({
    params: { id: workdays.open },
    body: { attendanceId: workdays.toLower, minutes: 60, reason },
  }),
  'workdays.leaveOut': ({ workdays }) => ({
    params: { id: workdays.open },
    body: { attendanceId: workdays.toLeaveOut, isLeftOut: true, reason },
  }),
  'workdays.close': ({ workdays }) => ({ params: { id: workdays.toClose }, body: { count: 1 } }),
  'workdays.own': () => ({}),
};
