import type { BadRow } from '../../shared/ledger/verification.ts';
import { badTold, firstWrong, type StartCheck, type Told, type ToldAct, ToldThings } from '../acts/index.ts';
import { toldOfAttendance, toldOfWorkday } from './told-of.ts';
import type { AttendanceRow } from './workday-row.ts';

/** The awards that one closing proposed, and how many people of the list are found among them. */
interface ToldBatch {
  readonly workdayId: string;
  readonly count: number;
  readonly number: number;
  found: number;
}

interface ToldAttendance extends Told {
  householdId: string;
}

const PREFIX = 'workdays.';
const SIGNED_IN = new Set(['workdays.signed_in', 'workdays.signed_in_late']);

/** Compares every event, everybody on its list, and who of them was proposed for an award, with the acts of the book. */
export const checkWorkdays: StartCheck = (at) => {
  const workdays = new ToldThings<Told>((told) => told);
  const attendances = new ToldThings<ToldAttendance>((told) => ({ ...told, householdId: '' }));
  const batches = new Map<string, ToldBatch>();
  /** The attendance of the act that is read: what it tells of the household follows. */
  let last: { readonly act: ToldAct; readonly thing: ToldAttendance } | undefined;

  function hearHousehold(act: ToldAct): void {
    if (last?.act.number !== act.number) return;
    if (SIGNED_IN.has(act.act)) last.thing.householdId = act.id;
    last.thing.fields.take(act);
  }

  function wrongBatch(row: AttendanceRow): BadRow | null {
    const { id, batchId, workdayId } = row;
    const batch = batchId === null ? undefined : batches.get(batchId);
    if (batch) batch.found += 1;
    const expected = batchId === null ? null : batch?.workdayId;
    const found = batchId === null ? null : workdayId;
    return firstWrong(at.reader.t.attendances, { id, number: batch?.number ?? null, check: 'told' }, [
      ['batchId', expected ?? null, found],
    ]);
  }

  return {
    take(act) {
      if (act.kind === 'workday') {
        workdays.hear(act);
        const [batch, count] = [act.is.get('batch'), act.is.get('count')];
        if (typeof batch === 'string' && typeof count === 'number')
          batches.set(batch, { workdayId: act.id, count, number: act.number, found: 0 });
      }
      if (act.kind === 'attendance') last = { act, thing: attendances.hear(act) };
      else if (act.kind === 'household' && act.act.startsWith(PREFIX)) hearHousehold(act);
    },
    async finish({ isWhole }) {
      const { t } = at.reader;
      const wrong =
        (await workdays.compare(at, 'workdays', isWhole, (row, { fields }) => {
          const { reason, closedBy, closedAtMs } = row;
          return fields.compare(t.workdays, row.id, { ...toldOfWorkday(row), reason, closedBy, closedAtMs });
        })) ??
        (await attendances.compare(at, 'attendances', isWhole, (row, { fields, householdId, number }) => {
          const { id, member, hoursReason, lateReason, leftOutReason } = row;
          // Nobody tells of somebody who was never left out.
          const isLeftOut = fields.get('isLeftOut') === undefined && !row.isLeftOut ? null : row.isLeftOut;
          const said = { member, hoursReason, lateReason, leftOutReason, isLeftOut };
          return (
            firstWrong(t.attendances, { id, number, check: 'told' }, [
              ['householdId', householdId, row.householdId],
            ]) ??
            fields.compare(t.attendances, id, { ...toldOfAttendance(row), ...said }, { columns }) ??
            wrongBatch(row)
          );
        }));
      const short = Array.from(batches).find(([, { count, found }]) => count !== found);
      if (wrong || !short || !isWhole) return wrong;
      const [id, { number }] = short;
      return badTold(t.attendances, { id, column: 'batchId', check: 'missing', number });
    },
  };
};

const columns = { workday: 'workdayId' };
