/** The most that may be gone before the desk sees it, as the page of the settings says it. */
import { describe, expect, it } from 'vitest';
import { kiosksThatSign, worstCase } from '../../../client/desk/village/worst-case.ts';

const limits = { householdHundredths: 5000, kioskHundredths: 50_000, copyDays: 14 };
const device = {
  ...{ id: 'd', kioskId: 'k', kiosk: '', signs: true, registeredAtMs: 1, heardAtMs: 1, emptyAtMs: null },
  ...{
    lastNumber: 0,
    missing: 0,
    brokenAtMs: null,
    confirmedAtMs: 1,
    clockOffsetMs: null,
    writtenOffAtMs: null,
  },
  isCurrent: true,
};

describe('the worst case without network', () => {
  it('is the sum of the kiosks, and for a card what each of them gives it in the days of a copy', () => {
    expect(worstCase(limits, 3)).toEqual({
      ...{ kiosks: 3, unseenHundredths: 150_000, cardHundredths: 150_000, days: 14 },
    });
    expect(worstCase({ ...limits, householdHundredths: 1000, copyDays: 2 }, 3)?.cardHundredths).toBe(6000);
  });

  it('is told of one kiosk where there is none yet, and not at all of a limit that is none', () => {
    expect(worstCase(limits, 0)).toMatchObject({ kiosks: 1, unseenHundredths: 50_000 });
    expect(worstCase({ ...limits, copyDays: null }, 2)).toBeNull();
    expect(worstCase({ ...limits, kioskHundredths: 0 }, 2)).toMatchObject({ cardHundredths: 0 });
  });

  it('counts the kiosks whose key signs and is believed', () => {
    const others = [{ signs: false }, { confirmedAtMs: null }, { isCurrent: false }];
    expect(kiosksThatSign([device, ...others.map((one) => ({ ...device, ...one }))])).toBe(1);
  });
});
