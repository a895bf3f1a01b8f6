import { and, eq } from 'drizzle-orm';
import { defineModule } from '../define-module.ts';
import { checkOutbox } from './check-book.ts';
import { outboxHandlers } from './handlers.ts';

export const outboxModule = defineModule({
  name: 'outbox',
  handlers: outboxHandlers,
  checks: [checkOutbox],
  async eraseHousehold({ db, t: { outboxRows: rows } }, { villageId, id }) {
    await db
      .update(rows)
      .set({ body: null, remark: null })
      .where(and(eq(rows.villageId, villageId), eq(rows.householdId, id)))
      .returning({ id: rows.id });
  },
});
