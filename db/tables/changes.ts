import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';
import type { KeptTold } from '../../shared/changes/told-change.ts';
import type { ChangeState } from '../../shared/changes/states.ts';

/** Changes that a second person decides. Written by server/changes. */
export function changesTables(k: Kit) {
  const changes = k.table(
    'changes',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      /** The operation that is carried out: `goods.update`. */
      operation: k.text().plain().notNull(),
      /** The household it is about; null for other things. */
      householdId: k.text().reference(),
      /** Its validated input; null once it was erased. */
      input: k.json<ChangeInput>().personal('household', 'erased'),
      /** The differences that whoever decides is shown; null once they were erased. */
      told: k.json<KeptTold>().personal('household', 'erased'),
      /** Binds operation, input and told to the act by which it was handed in; null once they were erased. */
      salt: k.text().plain(),
      reason: k.text().personal('household', 'erased').notNull(),
      state: k.text().plain().$type<ChangeState>().notNull(),
      proposedBy: k.text().reference().notNull(),
      proposedAtMs: k.int().plain().notNull(),
      decidedBy: k.text().reference(),
      decidedAtMs: k.int().plain(),
      /** Why it was refused. */
      note: k.text().personal('household', 'erased'),
      /** When a permit was used. */
      usedAtMs: k.int().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('changes_by_household').on(t.villageId, t.householdId),
      // Few wait at a time, and nothing else is asked as often.
      k
        .index('changes_waiting')
        .on(t.villageId, t.id)
        .where(sql`${t.state} = 'waiting'`),
    ],
  );

  return { changes };
}

/** The input of an operation as it was handed in. */
export interface ChangeInput {
  readonly params: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}
