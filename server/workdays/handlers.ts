import type { endpoints } from '../../shared/workdays/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { refuseHelper } from '../me/index.ts';
import { announce, cancel } from './announce.ts';
import { leaveOut, setHours } from './change-attendance.ts';
import { closeWorkday } from './close.ts';
import { listWorkdays, viewWorkday } from './list.ts';
import { ownAttendances } from './own.ts';
import { enterList, signIn } from './sign-in.ts';
import { signLate } from './sign-late.ts';
import { signOut } from './sign-out.ts';
import { upcomingWorkdays } from './upcoming.ts';

interface WorkdaysServices {
  readonly ledger: Ledger;
}

export function workdaysHandlers({ ledger }: WorkdaysServices): HandlersOf<typeof endpoints> {
  return {
    'workdays.list': ({ query }, context) => listWorkdays(context.reader, context, query),
    'workdays.get': ({ params: { id } }, context) => viewWorkday(context.reader, context, id),
    'workdays.announce': ({ body }, context) => announce(context, body),
    'workdays.cancel': ({ params: { id }, body }, context) => cancel(context, id, body.reason),
    'workdays.signIn': ({ params: { id }, body }, context) => signIn(context, id, body),
    'workdays.signOut': ({ params: { id }, body }, context) => signOut(context, id, body),
    'workdays.enterList': ({ params: { id }, body }, context) => enterList(context, id, body.items),
    'workdays.signLate': ({ params: { id }, body }, context) => signLate(context, id, body),
    'workdays.setHours': ({ params: { id }, body }, context) => setHours(context, id, body),
    'workdays.leaveOut': ({ params: { id }, body }, context) => leaveOut(context, id, body),
    'workdays.close': ({ params: { id }, body }, context) => closeWorkday(context, ledger, id, body.count),
    'workdays.own': async (_, { reader, village, actor, today }) => {
      const own = { villageId: village.id, householdId: actor.id, sessionId: actor.sessionId ?? '' };
      await refuseHelper(reader, own);
      return {
        upcoming: await upcomingWorkdays(reader, village.id, today),
        own: await ownAttendances(reader, village.id, actor.id),
      };
    },
  };
}
