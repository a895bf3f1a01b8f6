import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/village/settings.ts';
import { bodyOf, changedIn, formOf, wrongIn } from '../../../client/desk/village/settings-form.ts';

const village = { id: 'v', name: '前洼村', town: '谷旦镇', isDemo: false, settings: { ...DEFAULT_SETTINGS } };
const before = formOf(village);

describe('the settings form', () => {
  it('gives back what it was filled with', () => {
    const { id: _, isDemo: __, ...rest } = village;
    // The address, the printer and handing out without network are set elsewhere.
    const { address: ___, printer: ____, withoutNetworkHundredths: _____, ...own } = rest.settings;
    const { withoutNetworkKioskHundredths: ______, copyDaysMost: _______, ...settings } = own;
    expect(bodyOf(before)).toEqual({ ...rest, settings });
    const withPin = { ...village, settings: { ...DEFAULT_SETTINGS, pinAboveHundredths: 2550 } };
    expect(formOf(withPin)).toMatchObject({ asksPin: true, pinAbove: '25.5' });
    expect(bodyOf(formOf(withPin)).settings?.pinAboveHundredths).toBe(2550);
  });

  it('counts what differs, and an amount only where a PIN is asked for', () => {
    expect(changedIn(before, before)).toEqual([]);
    expect(changedIn({ ...before, pinAbove: '70' }, before)).toEqual([]);
    expect(changedIn({ ...before, asksPin: true, name: '后洼村' }, before)).toEqual(['name', 'asksPin']);
  });

  it('says what cannot be saved', () => {
    expect(Object.values(wrongIn(before))).not.toContain(true);
    expect(wrongIn({ ...before, name: ' ', pointValue: '0', asksPin: true, pinAbove: 'x' })).toEqual({
      name: true,
      town: false,
      pointValue: true,
      pinAbove: true,
      shopPhone: false,
      vouched: false,
      delivery: false,
    });
    expect(wrongIn({ ...before, delivery: 'viel' }).delivery).toBe(true);
    expect(bodyOf({ ...before, delivery: '350.5' }).settings?.deliveryNeedsSecondAboveFen).toBe(35_050);
    expect(wrongIn({ ...before, vouched: 'viel' }).vouched).toBe(true);
    expect(bodyOf({ ...before, vouched: '0' }).settings?.vouchedHundredthsAMonth).toBe(0);
    expect(wrongIn({ ...before, asksPin: true, pinAbove: '0' }).pinAbove).toBe(false);
  });
});
