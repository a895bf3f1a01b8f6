import type { Kit } from '#engine';
import type { SignInWay, WorkdayState } from '../../shared/workdays/states.ts';

/** Announced work days and other events, and who came to them. Written by server/workdays. */
export function workdaysTables(k: Kit) {
  const workdays = k.table(
    'workdays',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      title: k.text().plain().notNull(),
      day: k.text().plain().notNull(),
      /** HH:MM of the village's own clock. */
      fromClock: k.text().plain().notNull(),
      untilClock: k.text().plain().notNull(),
      place: k.text().plain().notNull(),
      ruleId: k.text().plain().notNull(),
      /** So many people may come; null: any number. */
      most: k.int().plain(),
      state: k.text().plain().$type<WorkdayState>().notNull(),
      /** Why it was cancelled. */
      reason: k.text().plain().notNull(),
      announcedBy: k.text().reference().notNull(),
      announcedAtMs: k.int().plain().notNull(),
      closedBy: k.text().reference(),
      closedAtMs: k.int().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('workdays_by_day').on(t.villageId, t.state, t.day),
    ],
  );

  const attendances = k.table(
    'attendances',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      workdayId: k.text().plain().notNull(),
      householdId: k.text().reference().notNull(),
      /** The member who came, where somebody typed it; empty: one person of the household. */
      member: k.text().personal('household', 'erased').notNull(),
      way: k.text().plain().$type<SignInWay>().notNull(),
      /** Null on paper and late: hours were typed. */
      inAtMs: k.int().plain(),
      outAtMs: k.int().plain(),
      /** The minutes that count; null: not signed out yet. */
      minutes: k.int().plain(),
      hoursReason: k.text().personal('household', 'erased').notNull(),
      isLate: k.bool().plain().notNull(),
      lateReason: k.text().personal('household', 'erased').notNull(),
      isLeftOut: k.bool().plain().notNull(),
      leftOutReason: k.text().personal('household', 'erased').notNull(),
      inBy: k.text().reference().notNull(),
      /** The person who signed out, typed or changed the hours. */
      hoursBy: k.text().reference(),
      /** The second person of a late sign-in or of raised hours. */
      agreedBy: k.text().reference(),
      /** The batch in which its award was proposed; null: not yet. */
      batchId: k.text().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('attendances_by_workday').on(t.villageId, t.workdayId, t.id),
      k.index('attendances_by_household').on(t.villageId, t.householdId, t.id),
    ],
  );

  return { workdays, attendances };
}
