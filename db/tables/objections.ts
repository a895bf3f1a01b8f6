import type { Kit } from '#engine';
import type {
  ObjectionChannel,
  ObjectionKind,
  ObjectionOutcome,
  ObjectionState,
} from '../../shared/objections/states.ts';

/** Objections, suggestions and complaints, and every step they took. Written by server/objections. */
export function objectionsTables(k: Kit) {
  const objections = k.table(
    'objections',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      /** The number of the receipt, without gaps in a village. */
      number: k.int().plain().notNull(),
      kind: k.text().plain().$type<ObjectionKind>().notNull(),
      channel: k.text().plain().$type<ObjectionChannel>().notNull(),
      /** The deed that it is about; null for suggestions and complaints. */
      proposalId: k.text().plain(),
      /** The entry, if the deed was posted when it came. */
      entryNumber: k.int().plain(),
      /** The notice on which the deed was then, or had been before it was posted. */
      noticeId: k.text().plain(),
      /** The household whose phone it came by; null for those on paper. */
      householdId: k.text().reference(),
      /** Empty: unnamed, or erased. */
      name: k.text().personal('household', 'erased').notNull(),
      words: k.text().personal('household', 'erased').notNull(),
      /** Binds all of this to the act by which it was received; null once the words were erased. */
      salt: k.text().plain(),
      state: k.text().plain().$type<ObjectionState>().notNull(),
      outcome: k.text().plain().$type<ObjectionOutcome>(),
      /** The member of staff who keyed it in; null: it came by phone. */
      receivedBy: k.text().reference(),
      receivedAtMs: k.int().plain().notNull(),
      dueOn: k.text().plain().notNull(),
      /** When it was last answered. */
      answeredAtMs: k.int().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.uniqueIndex('objections_number').on(t.villageId, t.number),
      k.index('objections_by_state').on(t.villageId, t.state, t.id),
      k.index('objections_by_deed').on(t.villageId, t.proposalId),
      k.index('objections_by_notice').on(t.villageId, t.noticeId),
      k.index('objections_by_household').on(t.villageId, t.householdId, t.id),
    ],
  );

  const objectionEvents = k.table(
    'objection_events',
    {
      villageId: k.text().plain().notNull(),
      objectionId: k.text().plain().notNull(),
      step: k.int().plain().notNull(),
      fromState: k.text().plain().$type<ObjectionState>(),
      toState: k.text().plain().$type<ObjectionState>().notNull(),
      outcome: k.text().plain().$type<ObjectionOutcome>(),
      /** Null: the objector, by phone. */
      actorId: k.text().reference(),
      reason: k.text().personal('household', 'erased').notNull(),
      /** Binds the step to its act; null once the reason was erased. */
      salt: k.text().plain(),
      atMs: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.objectionId, t.step] })],
  );

  return { objections, objectionEvents };
}
