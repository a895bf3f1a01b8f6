import type { Kit } from '#engine';
import type { DeliveryWay, ReminderEnd } from '../../shared/deductions/states.ts';

/** Reminders that come before a deduction, and what a household was told of the deduction. Written by server/deductions. */
export function deductionsTables(k: Kit) {
  const reminders = k.table(
    'reminders',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      /** The number of the slip, without gaps in a village. */
      number: k.int().plain().notNull(),
      householdId: k.text().reference().notNull(),
      ruleId: k.text().personal('household', 'kept').notNull(),
      /** Says what was seen, and what should be put right. */
      words: k.text().personal('household', 'erased').notNull(),
      /** Binds all of this to the act by which it was made; null once the words were erased. */
      salt: k.text().plain(),
      /** The day on which it was seen. */
      seenOn: k.text().plain().notNull(),
      /** It should be put right until this day is over. */
      dueOn: k.text().plain().notNull(),
      madeBy: k.text().reference().notNull(),
      madeAtMs: k.int().plain().notNull(),
      /** Null: nobody noted yet that the household has it. */
      deliveredOn: k.text().plain(),
      deliveredWay: k.text().plain().$type<DeliveryWay>(),
      /** Null: it is not closed. */
      ended: k.text().plain().$type<ReminderEnd>(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.uniqueIndex('reminders_number').on(t.villageId, t.number),
      k.index('reminders_by_household').on(t.villageId, t.householdId, t.ruleId),
    ],
  );

  /** A row for each proposed deduction: the reminder before it, and when the household was told that it was approved. */
  const deductionTerms = k.table(
    'deduction_terms',
    {
      villageId: k.text().plain().notNull(),
      proposalId: k.text().plain().notNull(),
      reminderId: k.text().plain().notNull(),
      /** The instant of the approval that the household was told of. A later approval is told anew. */
      toldOf: k.int().plain(),
      toldWay: k.text().plain().$type<DeliveryWay>(),
      /** The last day on which the household may answer. */
      answerUntil: k.text().plain(),
      /** The instant of the approval to which the household agreed by its phone. */
      agreedOf: k.int().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.proposalId] }),
      k.index('deduction_terms_by_reminder').on(t.villageId, t.reminderId),
    ],
  );

  return { reminders, deductionTerms };
}
