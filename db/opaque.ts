import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';

/**
 * Gives the same text as the column, and hides from the planner that it is the column.
 *
 * In a join it belongs on the side whose rows are known: `eq(cards.villageId, opaque(households.villageId))`. The other side is
 * then looked up by the whole key. PostgreSQL would otherwise carry the condition on the village over to it. Before a table is
 * analyzed, PostgreSQL takes a village's rows for a handful, and reads all of them for each row of the known side.
 *
 * In an order it keeps SQLite from walking through the whole history of a village along an index that has this order.
 */
export function opaque(text: SQLWrapper): SQL<string> {
  return sql<string>`(${text} || '')`;
}
