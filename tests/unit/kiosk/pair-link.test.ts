import { describe, expect, it } from 'vitest';
import { createPairLink, pairingInFragment } from '../../../client/kiosk/pair-link.ts';

/** The address bar and history of a browser, as far as they matter here. */
function addressBar(hash: string) {
  const shown = { address: `/kiosk/${hash}` };
  const heard: (() => void)[] = [];
  const page = {
    location: { hash, pathname: '/kiosk/', search: '' },
    history: {
      replaceState: (_state: unknown, _title: string, address: string) => (shown.address = address),
    },
    addEventListener: (_name: string, hear: () => void) => heard.push(hear),
  };
  const open = (other: string) => {
    page.location.hash = other;
    shown.address = `/kiosk/${other}`;
    for (const hear of heard) hear();
  };
  return { page: page as unknown as Window, shown, open };
}

describe('the address of the desk’s QR', () => {
  it('gives the code and leaves the address bar', () => {
    const { page, shown } = addressBar('#pair=02315982');
    expect(createPairLink(page).value).toBe('02315982');
    expect(shown.address).toBe('/kiosk/');
  });

  it('gives the code of a link opened later in the same window, and keeps it where nothing new came', () => {
    const { page, shown, open } = addressBar('');
    const link = createPairLink(page);
    expect(link.value).toBeNull();
    open('#pair=02315982');
    expect([link.value, shown.address]).toEqual(['02315982', '/kiosk/']);
    open('#other');
    expect([link.value, shown.address]).toEqual(['02315982', '/kiosk/#other']);
  });

  it('leaves the address bar also where it is no whole code, and is not used', () => {
    const { page, shown } = addressBar('#pair=0231598<b>');
    expect(createPairLink(page).value).toBeNull();
    expect(shown.address).toBe('/kiosk/');
    for (const wrong of ['#pair=0231598', '#pair=023159821', '?pair=02315982', '#c=02315982'])
      expect(pairingInFragment(wrong)).toBeNull();
  });
});
