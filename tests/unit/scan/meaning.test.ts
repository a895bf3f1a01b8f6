import { describe, expect, it } from 'vitest';
import { readScan } from '../../../client/scan/read-scan.ts';
import { cardCheckDigit, drawCardCode } from '../../../shared/cards/code.ts';

const barcodes = new Map([
  ['6907001000371', 'gloves'],
  ['96385074', 'salt'],
  ['036000291452', 'tissues'],
]);

function card(seed = 7): string {
  let state = seed;
  return drawCardCode((below) => (state = (state * 1103515245 + 12345) % 2147483648) % below);
}

describe('what a scan means', () => {
  it('knows goods by their exact barcode of 8, 12 or 13 digits', () => {
    expect(readScan('6907001000371', barcodes)).toEqual({ kind: 'goods', goodsId: 'gloves' });
    expect(readScan('96385074', barcodes)).toEqual({ kind: 'goods', goodsId: 'salt' });
    expect(readScan('036000291452', barcodes)).toEqual({ kind: 'goods', goodsId: 'tissues' });
    expect(readScan('690700100037', barcodes).kind).not.toBe('goods');
  });

  it('knows a card by its check digit, typed plain, full-width, or inside its QR address', () => {
    const code = card();
    expect(readScan(code, barcodes)).toEqual({ kind: 'card', code });
    const fullWidth = Array.from(code, (digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
    expect(readScan(fullWidth, barcodes)).toEqual({ kind: 'card', code });
    expect(readScan(`https://jishan.example/me/#c=${code}`, barcodes)).toEqual({ kind: 'card', code });
    expect(readScan(`HTTP://SHOP:8080/ME/#C=${code}`, barcodes)).toEqual({ kind: 'card', code });
  });

  it('asks for another try when one digit of a card or barcode is wrong', () => {
    const code = card(11);
    const wrong = code.slice(0, 5) + String((Number(code[5]) + 1) % 10) + code.slice(6);
    expect(['misread', 'unknown_goods']).toContain(readScan(wrong, barcodes).kind);
    expect(cardCheckDigit(wrong)).not.toBe('0');
    expect(readScan('6907001000372', barcodes)).toEqual({ kind: 'misread', code: '6907001000372' });
  });

  it('says when a sound barcode belongs to nothing we have', () => {
    expect(readScan('4006381333931', barcodes)).toEqual({ kind: 'unknown_goods', code: '4006381333931' });
  });

  it('takes a code as long as a card with a wrong digit for a misread card', () => {
    const code = '12345678901234567890';
    expect(readScan(code, barcodes)).toEqual({ kind: 'misread', code });
    const card = code.slice(0, 19) + cardCheckDigit(code.slice(0, 19));
    expect(readScan(`http://shop/me/#c=${card}`, barcodes)).toEqual({ kind: 'card', code: card });
  });

  it('leaves everything else alone', () => {
    for (const text of ['1234', 'https://example.com/x', 'WIFI:S:shop;;', '123456789012345678901']) {
      expect(readScan(text, barcodes)).toEqual({ kind: 'foreign', text });
    }
  });
});
