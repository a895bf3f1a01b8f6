const DIGITS = '零一二三四五六七八九';
const FORM = /^(?:([一二三四五六七八九])?(百)零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/;

/** 12, 十二, 三十, 两, 一百: a number as people write it; null where it is none. */
export function readChineseNumber(written: string): number | null {
  if (/^\d+(?:\.\d+)?$/.test(written)) return Number(written);
  const found = FORM.exec(written.replaceAll('两', '二'));
  if (!found || found[0] === '') return null;
  const [, hundreds, hundred, tens, ten, ones] = found;
  return (hundred ? digit(hundreds) * 100 : 0) + (ten ? digit(tens) * 10 : 0) + (ones ? digit(ones) : 0);
}

/** A hundred and a ten may stand without a one before them. */
function digit(sign: string | undefined): number {
  return sign === undefined ? 1 : DIGITS.indexOf(sign);
}
