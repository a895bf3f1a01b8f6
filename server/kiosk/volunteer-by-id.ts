import { and, eq, getTableColumns } from 'drizzle-orm';
import { ownColumns } from '../../db/index.ts';
import { read } from '../commands/index.ts';
import type { VolunteerRow } from './volunteers.ts';

/** A volunteer by the id, for commands; disabled ones too. */
export const volunteerById = read<readonly [id: string], VolunteerRow | undefined>()({
  name: 'kiosk.volunteerById',
  over: { volunteers: 'stale' },
  rows: ({ db, t: { volunteers }, keys }) =>
    db
      .select({ at: keys.at, ...getTableColumns(volunteers) })
      .from(keys.table)
      .crossJoin(volunteers)
      .where(and(eq(volunteers.villageId, keys.villageId), eq(volunteers.id, keys.part(0)))),
  answer: ([found]) => found && ownColumns('volunteers', found),
});
