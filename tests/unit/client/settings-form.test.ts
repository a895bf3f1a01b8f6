import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/village/settings.ts';
import { bodyOf, changedIn, formOf, wrongIn } from '../../../client/desk/village/settings-form.ts';

const village = { id: 'v', name: '前洼村', town: '谷旦镇', isDemo: false, settings: { ...DEFAULT_SETTINGS } };
const before = formOf(village);

describe('the settings form', () => {
  it('gives back what it was filled with', () => {
    const { id: _, isDemo: __, ...rest } = village;
    // The address and the printer are set elsewhere. Switched off, limits and the parts of a budget stay.
    const { address: ___, printer: ____, ...own } = rest.settings;
    const { withoutNetworkKioskHundredths: _____, copyDaysMost: ______, ...others } = own;
    const { budgetHeads: _______, belowZeroMostHundredths: ________, ...settings } = others;
    expect(bodyOf(before)).toEqual({ ...rest, settings });
    const on = { withoutNetworkHundredths: 6000, withoutNetworkKioskHundredths: 40_050, copyDaysMost: 7 };
    const offline = { ...village, settings: { ...DEFAULT_SETTINGS, ...on } };
    expect(bodyOf(formOf(offline)).settings).toMatchObject(on);
    expect(bodyOf({ ...formOf(offline), isOffline: false }).settings).not.toHaveProperty('copyDaysMost');
    expect(bodyOf({ ...formOf(offline), isOffline: false }).settings?.withoutNetworkHundredths).toBeNull();
    const budget = { budgetHundredths: 60_000, budgetHeads: [{ head: '五美家庭', hundredths: 2550 }] };
    const withBudget = formOf({ ...village, settings: { ...DEFAULT_SETTINGS, ...budget } });
    expect(withBudget).toMatchObject({ hasBudget: true, budget: '600' });
    expect(bodyOf(withBudget).settings).toMatchObject(budget);
    expect(bodyOf({ ...withBudget, hasBudget: false }).settings?.budgetHundredths).toBeNull();
    const below = { deductionsMayGoBelowZero: true, belowZeroMostHundredths: 2550 };
    const withFloor = formOf({ ...village, settings: { ...DEFAULT_SETTINGS, ...below } });
    expect(bodyOf(withFloor).settings).toMatchObject(below);
    expect(bodyOf({ ...withFloor, belowZeroMost: '' }).settings?.belowZeroMostHundredths).toBeNull();
    const steps = { phonesReport: false, leadersCheckReports: false };
    const withoutSteps = formOf({ ...village, settings: { ...DEFAULT_SETTINGS, ...steps } });
    expect(changedIn(withoutSteps, before)).toEqual(['phonesReport', 'leadersCheck']);
    expect(bodyOf(withoutSteps).settings).toMatchObject(steps);
    const withPin = { ...village, settings: { ...DEFAULT_SETTINGS, pinAboveHundredths: 2550 } };
    expect(formOf(withPin)).toMatchObject({ asksPin: true, pinAbove: '25.5' });
    expect(bodyOf(formOf(withPin)).settings?.pinAboveHundredths).toBe(2550);
  });

  it('counts what differs, and an amount only where a PIN is asked for', () => {
    expect(changedIn(before, before)).toEqual([]);
    expect(changedIn({ ...before, pinAbove: '70' }, before)).toEqual([]);
    expect(changedIn({ ...before, copyDays: '3' }, before)).toEqual([]);
    expect(changedIn({ ...before, asksPin: true, name: '后洼村' }, before)).toEqual(['name', 'asksPin']);
  });

  it('says what cannot be saved', () => {
    expect(Object.values(wrongIn(before))).not.toContain(true);
    expect(wrongIn({ ...before, name: ' ', pointValue: '0', asksPin: true, pinAbove: 'x' })).toEqual({
      name: true,
      town: false,
      pointValue: true,
      pinAbove: true,
      ...{ shopPhone: false, belowZeroMost: false },
      vouched: false,
      delivery: false,
      ...{ budget: false, budgetHeads: false },
      ...{ offlineHousehold: false, offlineKiosk: false, copyDays: false },
    });
    const wrongOffline = { offlineHousehold: 'x', offlineKiosk: '-1', copyDays: '31' };
    expect(wrongIn({ ...before, ...wrongOffline })).toMatchObject({ copyDays: false, offlineKiosk: false });
    expect(wrongIn({ ...before, ...wrongOffline, isOffline: true })).toMatchObject({
      ...{ offlineHousehold: true, offlineKiosk: true, copyDays: true },
    });
    for (const copyDays of ['', '0', '1.5', 'x', '99'])
      expect(wrongIn({ ...before, isOffline: true, copyDays }).copyDays).toBe(true);
    const ofFloor = (belowZeroMost: string) =>
      wrongIn({ ...before, mayGoBelowZero: true, belowZeroMost }).belowZeroMost;
    expect([ofFloor(''), ofFloor('20'), ofFloor('0'), ofFloor('x')]).toEqual([false, false, true, true]);
    const ofBudget = (budget: string, budgetHeads = '') =>
      wrongIn({ ...before, hasBudget: true, budget, budgetHeads });
    expect([ofBudget('').budget, ofBudget('0.5').budget, ofBudget('1').budget]).toEqual([true, true, false]);
    expect(ofBudget('10', '五美家庭\t11').budgetHeads).toBe(true);
    expect(ofBudget('10', '五美家庭\t10').budgetHeads).toBe(false);
    expect(wrongIn({ ...before, delivery: 'viel' }).delivery).toBe(true);
    expect(bodyOf({ ...before, delivery: '350.5' }).settings?.deliveryNeedsSecondAboveFen).toBe(35_050);
    expect(wrongIn({ ...before, vouched: 'viel' }).vouched).toBe(true);
    expect(bodyOf({ ...before, vouched: '0' }).settings?.vouchedHundredthsAMonth).toBe(0);
    expect(wrongIn({ ...before, asksPin: true, pinAbove: '0' }).pinAbove).toBe(false);
  });
});
