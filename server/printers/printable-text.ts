import iconv from 'iconv-lite';

/** Stands for a sign that printers have no picture of, as typesetters mark one that is missing. */
const MISSING = '〓';

/** Signs that a printer lacks and another says the same as. */
const SAME: Readonly<Record<string, string>> = {
  '\u2212': '-',
  '\u00a5': '￥',
  '\u2013': '-',
  '\u2022': '·',
};

/** A sign as a printer takes it. It is as many columns wide as it has bytes: the printer's own fonts are so. */
export interface PrintableSign {
  readonly bytes: Buffer;
  readonly sign: string;
}

/**
 * The signs of a text in GB18030. Printers have the signs of one and two bytes; of those of four (㛃, 𠮷) most have none, and
 * print two wrong ones instead. Control characters are left out: in a name they could be a command to the printer.
 */
export function printableSigns(text: string): PrintableSign[] {
  return Array.from(text.normalize('NFC')).flatMap((sign) => printableAs(sign).map(encoded));
}

/** The columns that a text takes on paper. */
export function columnsOf(text: string): number {
  return printableSigns(text).reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function printableAs(sign: string): string[] {
  if (/[\p{Cc}\p{Cf}\p{Variation_Selector}]/u.test(sign)) return [];
  if (isPrintable(sign)) return [sign];
  const other = SAME[sign];
  if (other !== undefined) return [other];
  // Full-width and other forms of the same sign; then a letter without its accent.
  const plain = Array.from(sign.normalize('NFKD').replace(/\p{M}/gu, ''));
  return plain.length > 0 && plain.every(isPrintable) ? plain : [MISSING];
}

function isPrintable(sign: string): boolean {
  if (/\p{Co}/u.test(sign)) return false;
  const { bytes } = encoded(sign);
  return bytes.length === 1 ? bytes.readUInt8() >= 0x20 && bytes.readUInt8() < 0x7f : bytes.length === 2;
}

function encoded(sign: string): PrintableSign {
  return { sign, bytes: iconv.encode(sign, 'gb18030') };
}
