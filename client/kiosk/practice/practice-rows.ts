import type { Api, Outcome } from '../../api/index.ts';
import type { Owed, Redemption, RowResult } from '../counter/state.ts';
import type { CounterRows } from '../ports/counter-rows.ts';

/** Rows of the practice: none is on the disk, and the practised server answers at once. */
export function createPracticeRows(api: Pick<Api, 'call'>): CounterRows {
  /** Redemptions by the keys of their rows, the last one at the end. */
  const booked = new Map<string, string>();
  const isThere = () => Promise.resolve({ isKept: true, rowNumber: 0 });

  async function send({ key, kind, content }: Owed): Promise<Outcome<Redemption>> {
    if (kind === 'kiosk.undo')
      return api.call('kiosk.undo', { key, params: { id: booked.get(content.undoes) ?? '' }, body: {} });
    const { householdId, points: expectedPoints } = content;
    const lines = content.lines.map(({ goodsId, quantity }) => ({ goodsId, quantity }));
    return api.call('kiosk.redeem', { key, body: { householdId, lines, expectedPoints } });
  }

  async function resultOf(owed: Owed): Promise<RowResult> {
    const outcome = await send(owed);
    if (outcome.kind !== 'answer') return { is: 'refused', failure: outcome };
    if (owed.kind === 'kiosk.redeem') booked.set(owed.key, outcome.data.id);
    return { is: 'booked', receipt: outcome.data };
  }

  return {
    keep: isThere,
    note: isThere,
    resultOf,
    // The practice offers no returns.
    returnOf: () => Promise.resolve({ is: 'gone' }),
    wake: () => undefined,
    rowKeyOf: () => [...booked.keys()].at(-1) ?? null,
    lastHandOver: () => null,
  };
}
