import type { Failure } from '../../api/index.ts';
import { acceptLanguage } from '../../i18n/index.ts';
import type { Answered } from '../../outbox/outbox.ts';
import type { Station } from '../composables/station.ts';
import { rowSlip } from '../counter/row-slip.ts';
import type { GoodsReturn, Owed, OwedReturn, Redemption, RowResult } from '../counter/state.ts';

/** Reads the server's answer to a row that asked. */
export async function rowResult(
  station: Pick<Station, 'api' | 'check'>,
  owed: Owed,
  answered: Answered,
): Promise<RowResult> {
  const { entry, receipt } = answered;
  if (!isBooked(answered)) return refused(station, answered);
  if (receipt !== null) return { is: 'booked', receipt: receipt as Redemption };
  return { is: 'booked', receipt: (await bookedAs(station, entry)) ?? slipOf(owed, entry) };
}

/** Reads the server's answer to the row of a return. */
export function returnResult(
  station: Pick<Station, 'check'>,
  owed: OwedReturn,
  answered: Answered,
): RowResult<GoodsReturn> {
  const { entry, receipt } = answered;
  if (!isBooked(answered)) return refused(station, answered);
  return { is: 'booked', receipt: receipt === null ? returnOf(owed, entry) : (receipt as GoodsReturn) };
}

function isBooked({ answer }: Answered): boolean {
  return answer === 'booked' || answer === 'late';
}

function refused(station: Pick<Station, 'check'>, answered: Answered) {
  // The station hears in its own way that the shift is over.
  if (answered.code === 'kiosk.shift_over') void station.check();
  return { is: 'refused', failure: failureOf(answered) } as const;
}

/** A return that asked was booked as its row says it. Its name, its balance and its digits were told once. */
function returnOf({ key: id, content, sentAtMs: bookedAtMs }: OwedReturn, entry: number | null): GoodsReturn {
  const { redemptionId, slip, householdId, householdNumber: number, lines, points } = content;
  return {
    ...{ id, redemption: { id: redemptionId, journalNumber: slip }, lines, points, bookedAtMs },
    household: { id: householdId, number, head: '' },
    ...{ journalNumber: entry ?? 0, digits: '', balanceAfter: null, volunteer: '' },
  };
}

/** The server tells a receipt once: a row that was sent before a reload finds it in the list. */
async function bookedAs({ api }: Pick<Station, 'api'>, entry: number | null): Promise<Redemption | null> {
  const outcome = await api.call('kiosk.recent');
  if (outcome.kind !== 'answer') return null;
  return outcome.data.items.find(({ journalNumber }) => journalNumber === entry) ?? null;
}

function slipOf({ key, kind, content, sentAtMs: atMs }: Owed, entry: number | null): Redemption {
  return rowSlip({ key, atMs, content }, { journalNumber: entry ?? 0, undone: kind === 'kiosk.undo' });
}

function failureOf({ code, params, said }: Answered): Failure {
  const { title = '', detail = '' } = said?.[acceptLanguage() === 'en' ? 'en' : 'zh'] ?? {};
  const problem = {
    status: 409,
    code: code ?? '',
    kind: 'refused',
    moved: 'no',
    title,
    detail,
    params,
    fields: {},
  } as const;
  return { kind: 'problem', problem };
}
