import { isCardCode } from '../../shared/cards/code.ts';

/** The meaning of a scanned code. */
export type ScanMeaning =
  | { readonly kind: 'card'; readonly code: string }
  | { readonly kind: 'goods'; readonly goodsId: string }
  /** A sound barcode that no item of ours has. */
  | { readonly kind: 'unknown_goods'; readonly code: string }
  /** The code is as long as a card or a barcode, but has a wrong digit: it is to be scanned again. */
  | { readonly kind: 'misread'; readonly code: string }
  | { readonly kind: 'foreign'; readonly text: string };

/** Decides by check digit, then by what is known. Only exact matches count: a near miss is never guessed at. */
export function readScan(scanned: string, goodsIdByBarcode: ReadonlyMap<string, string>): ScanMeaning {
  const text = scanned.normalize('NFKC').trim();
  const code = cardInAddress(text) ?? text;
  if (isCardCode(code)) return { kind: 'card', code };
  const goodsId = goodsIdByBarcode.get(code);
  if (goodsId !== undefined) return { kind: 'goods', goodsId };
  if (/^[1-9]\d{19}$/.test(code)) return { kind: 'misread', code };
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return { kind: 'foreign', text };
  return hasRetailCheckDigit(code) ? { kind: 'unknown_goods', code } : { kind: 'misread', code };
}

/** The QR code on a card is the address of /me with the card's code behind `#c=`. */
function cardInAddress(text: string): string | undefined {
  return /^https?:\/\/.*#c=(\d+)$/i.exec(text)?.[1];
}

/** EAN-8, UPC-A, EAN-13 and GTIN-14 share one check digit: from the right, weights 3 and 1 in turn. */
function hasRetailCheckDigit(code: string): boolean {
  const digits = Array.from(code, Number).reverse();
  return digits.reduce((sum, digit, index) => sum + digit * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}
