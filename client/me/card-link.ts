import { isCardCode } from '../../shared/cards/code.ts';

/** The card's QR is the address of this page with `#c=<code>`: what stands behind # is never sent to a server. */
export function cardInFragment(fragment: string): string | null {
  const code = fragment.slice(3);
  return fragment.startsWith('#c=') && isCardCode(code) ? code : null;
}

/** Reads the card and takes it out of the address bar, so that neither history nor a screenshot keeps it. */
export function takeCardFromAddress(page: Pick<Window, 'location' | 'history'>): string | null {
  const card = cardInFragment(page.location.hash);
  if (page.location.hash.startsWith('#c=')) {
    page.history.replaceState(null, '', page.location.pathname + page.location.search);
  }
  return card;
}
