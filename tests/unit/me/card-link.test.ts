import { describe, expect, it } from 'vitest';
import { cardInFragment, takeCardFromAddress } from '../../../client/me/card-link.ts';
import { drawCardCode } from '../../../shared/cards/code.ts';

let state = 3;
const card = drawCardCode((below) => (state = (state * 1103515245 + 12345) % 2147483648) % below);

/** The address bar and history of a browser, as far as they matter here. */
function addressBar(hash: string) {
  const shown = { address: `/me/?from=qr${hash}` };
  const page = {
    location: { hash, pathname: '/me/', search: '?from=qr' },
    history: {
      replaceState: (_state: unknown, _title: string, address: string) => (shown.address = address),
    },
  } as unknown as Pick<Window, 'location' | 'history'>;
  return { page, shown };
}

describe('the card’s QR address', () => {
  it('gives the card and takes it out of the address bar', () => {
    const { page, shown } = addressBar(`#c=${card}`);
    expect(takeCardFromAddress(page)).toBe(card);
    expect(shown.address).toBe('/me/?from=qr');
  });

  it('takes a mistyped card out of the address bar too, and does not use it', () => {
    const { page, shown } = addressBar('#c=123456789013999');
    expect(takeCardFromAddress(page)).toBeNull();
    expect(shown.address).toBe('/me/?from=qr');
  });

  it('leaves other fragments alone', () => {
    const { page, shown } = addressBar('#goods');
    expect(takeCardFromAddress(page)).toBeNull();
    expect(shown.address).toBe('/me/?from=qr#goods');
  });

  it('takes only a whole card with a right check digit', () => {
    expect(cardInFragment(`#c=${card}`)).toBe(card);
    expect(cardInFragment(`#c=${card}0`)).toBeNull();
    expect(cardInFragment(`#c=${card.slice(0, 11)}${(Number(card[11]) + 1) % 10}`)).toBeNull();
    expect(cardInFragment(`?c=${card}`)).toBeNull();
  });
});
