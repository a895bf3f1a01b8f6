import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../db/index.ts';
import type { VillageContext } from '../http/index.ts';
import { verify } from '../ledger/index.ts';
import type { CliDesk } from './desk.ts';
import { CliProblem, EXIT, placeOf } from './problems.ts';

/** A line for each time that a damaged book was exported. It stands beside the database, which took no act. */
const NOTE_FILE = 'exports-without-act.jsonl';

/**
 * Notes that a damaged book is exported. Nothing more is booked into it, so there is no act; a book that holds is refused,
 * because its export has one.
 */
export async function noteDamagedExport(
  desk: CliDesk,
  store: Store,
  { id, name }: VillageContext,
  told: { readonly format: string; readonly out?: string },
): Promise<void> {
  const { bad } = await verify(store, desk.ledger.kinds, id, { clock: desk.clock });
  if (bad === null) throw new CliProblem(EXIT.refused, desk.say('not_damaged'));
  const { table, number, check } = placeOf(bad);
  const note = { at: new Date(desk.clock()).toISOString(), village: id, name, ...told, table, number, check };
  const path = join(desk.dataDir, NOTE_FILE);
  appendFileSync(path, `${JSON.stringify(note)}\n`, { mode: 0o600, flush: true });
  desk.note(desk.say('noted_export', { file: path }));
}
