import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Station } from '../../../client/kiosk/composables/station.ts';
import { rowResult } from '../../../client/kiosk/ports/row-result.ts';
import { owedRedeem, owedUndo } from './counter/hands.ts';
import { answer, lost, redemption } from './counter/shop-of-three.ts';
import { answered } from './fake-counter.ts';

const SAID = {
  zh: { title: '积分不够', detail: '还差 3 分' },
  en: { title: 'Not enough points', detail: '3 short' },
};
const ROW = { device: 'd', key: 'k' } as Parameters<typeof answered>[0];

function station(recent: unknown = lost) {
  const check = vi.fn(() => Promise.resolve(true));
  const call = vi.fn(() => Promise.resolve(recent));
  return { api: { call }, check } as unknown as Station & { check: typeof check; api: { call: typeof call } };
}

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: 'zh-CN' } }));
afterEach(() => void vi.unstubAllGlobals());

describe('the server’s answer to a row that asked', () => {
  it.each(['booked', 'late'] as const)('%s is booked, with the receipt that it tells once', async (how) => {
    const here = station();
    const receipt = redemption('r', 'A');
    expect(
      await rowResult(here, owedRedeem(), answered(ROW, { answer: how, receipt: { ...receipt } })),
    ).toEqual({
      is: 'booked',
      receipt,
    });
    expect(here.api.call).not.toHaveBeenCalled();
  });

  it('without a receipt is found in the list by its entry', async () => {
    const items = [
      redemption('other', 'B', { journalNumber: 8 }),
      redemption('r', 'A', { journalNumber: 7 }),
    ];
    const result = await rowResult(station(answer({ items })), owedRedeem(), answered(ROW, {}));
    expect(result).toMatchObject({ is: 'booked', receipt: { id: 'r' } });
  });

  it('without a receipt and a list is told by what the row says: no name, no balance, no undo', async () => {
    const expected = {
      ...{ id: 'k', journalNumber: 7, points: 600, balanceAfter: null, undone: false, mayUndo: false },
      household: { id: 'A', number: '001', head: '' },
      lines: [{ goodsId: 'salt', quantity: 2, returned: 0 }],
    };
    for (const recent of [lost, answer({ items: [] })])
      expect(await rowResult(station(recent), owedRedeem(), answered(ROW, {}))).toMatchObject({
        receipt: expected,
      });
    const undone = await rowResult(station(), owedUndo(), answered(ROW, { key: 'u' }));
    expect(undone).toMatchObject({ receipt: { id: 'u', undone: true, points: 600, lines: [] } });
  });

  it.each(['declined', 'refused'] as const)('%s is told in the language of the screen', async (how) => {
    const no = answered(ROW, {
      answer: how,
      entry: null,
      code: 'ledger.points_short',
      params: { n: 3 },
      said: SAID,
    });
    const here = station();
    expect(await rowResult(here, owedRedeem(), no)).toMatchObject({
      is: 'refused',
      failure: {
        kind: 'problem',
        problem: { code: 'ledger.points_short', title: '积分不够', params: { n: 3 } },
      },
    });
    vi.stubGlobal('document', { documentElement: { lang: 'en' } });
    expect(await rowResult(here, owedRedeem(), no)).toMatchObject({
      failure: { problem: { title: 'Not enough points', detail: '3 short' } },
    });
    expect(here.check).not.toHaveBeenCalled();
  });

  it('that the shift is over lets the station ask', async () => {
    const here = station();
    const no = answered(ROW, { answer: 'declined', entry: null, code: 'kiosk.shift_over' });
    expect(await rowResult(here, owedRedeem(), no)).toMatchObject({
      failure: { problem: { code: 'kiosk.shift_over', title: '', moved: 'no' } },
    });
    expect(here.check).toHaveBeenCalledTimes(1);
  });
});
