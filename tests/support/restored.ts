import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { actEntries, readHead } from '../../server/ledger/index.ts';

/** The restore that the last entry of a book tells of: the entry before it is the backup's head. */
export async function lastRestore(reader: Reader, villageId: string) {
  const { journal } = reader.t;
  const number = (await readHead(reader, villageId))?.number ?? 0;
  const [act] = await actEntries(reader, villageId, { limit: 1 });
  const [row] = await reader.db
    .select({ hash: journal.previousHash })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.number, number)));
  if (act?.number !== number || act.facts.get('act') !== 'backups.restored') return null;
  const { facts, actorId } = act;
  const fields = Object.fromEntries(
    Array.from(facts)
      .filter(([name]) => name.startsWith('is.'))
      .map(([name, value]) => [name.slice(3), JSON.parse(value ?? 'null') as unknown]),
  );
  return { number: number - 1, hash: row?.hash ?? '', actorId, via: facts.get('via'), ...fields };
}
