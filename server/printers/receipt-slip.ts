import type { GoodsItem } from '../../shared/goods/contract.ts';
import { householdThings } from '../../shared/goods/household-things.ts';
import { sayThings } from '../../shared/goods/things-words.ts';
import { grouped } from '../../shared/group-digits.ts';
import { publicNumber } from '../../shared/households/address.ts';
import { UNDO_WITHIN_MS } from '../../shared/kiosk/undo-limit.ts';
import { formatHundredths } from '../../shared/points.ts';
import { SLIP_WORDS } from '../../shared/printers/slip-words.ts';
import { type Language, say, type SayParams } from '../../shared/sentence.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';
import type { Receipt } from '../kiosk/index.ts';
import { centred, pair, RULE, type SlipLine, text } from './slip-line.ts';

/** The place that a slip comes from, and the language it speaks. */
export interface SlipPlace {
  readonly village: string;
  readonly settings: Pick<VillageSettings, 'shopPhone' | 'shopPlace' | 'timeZone'>;
  readonly language: Language;
}

/** The slip of a hand-over: the same as the browser's (client/kiosk/parts/ReceiptSlip.vue). */
export function receiptSlip(
  receipt: Omit<Receipt, 'mayUndo'>,
  isReprint: boolean,
  { place, shelf }: { readonly place: SlipPlace; readonly shelf: readonly GoodsItem[] },
): SlipLine[] {
  const words = wordsIn(place.language);
  const { household, lines, points, balanceAfter, undone } = receipt;
  return [
    ...headOf('title', place),
    ...(isReprint ? [centred(words('reprint'), 'large')] : []),
    ...(undone ? [centred(words('undone'), 'bold')] : []),
    ...householdLines(household, receipt.bookedAtMs, place),
    RULE,
    ...lines.map(({ name, quantity, price }) =>
      pair(words('line', { name, n: quantity }), figure(price * quantity)),
    ),
    RULE,
    pair(words('total'), words('sum', { points: figure(points) }), 'bold'),
    ...(balanceAfter === null ? [] : balanceLines(balanceAfter, shelf, place.language)),
    RULE,
    text(words('by', { volunteer: receipt.volunteer })),
    text(words('entry', { number: receipt.journalNumber })),
    text(receipt.digits),
    ...(isReprint || undone ? [] : [text(words('mayUndo', { n: UNDO_WITHIN_MS / 60_000 }))]),
    ...footOf('keep', place),
  ];
}

/** Shop, village and kind of slip. */
export function headOf(
  kind: 'title' | 'return' | 'statement' | 'test',
  { village, language }: SlipPlace,
): SlipLine[] {
  const words = wordsIn(language);
  return [centred(words('shop'), 'large'), centred(village), centred(words(kind)), RULE];
}

export function footOf(
  ask: 'keep' | 'keepStatement',
  { settings: { shopPhone, shopPlace }, language }: SlipPlace,
): SlipLine[] {
  const words = wordsIn(language);
  return [
    text(words(ask)),
    ...(shopPhone === '' ? [] : [text(words('phone', { phone: shopPhone }))]),
    ...(shopPlace === '' ? [] : [text(words('place', { place: shopPlace }))]),
  ];
}

/** Slips get lost: the name comes masked, and a number that is an address is left out. */
export function householdLines(
  { number, head }: { readonly number: string; readonly head: string },
  atMs: number,
  { settings: { timeZone }, language }: SlipPlace,
): SlipLine[] {
  const shown = publicNumber(number);
  const whose = shown === '' ? head : `${wordsIn(language)('number')} ${shown}  ${head}`;
  return [text(whose, 'bold'), text(momentIn(timeZone, atMs))];
}

/** The figure that everybody looks for, and what it suffices for. */
export function balanceLines(balance: number, shelf: readonly GoodsItem[], language: Language): SlipLine[] {
  const things = sayThings(householdThings(balance, shelf), language === 'en' ? 'en' : 'zh-CN');
  const left = pair(wordsIn(language)('balance'), figure(balance), 'large');
  return things === null ? [left] : [left, centred(things, 'bold')];
}

export function figure(hundredths: number): string {
  return grouped(formatHundredths(hundredths));
}

export function wordsIn(language: Language) {
  return (code: keyof typeof SLIP_WORDS, params: SayParams = {}) => say(SLIP_WORDS, code, params, language);
}

export function momentIn(timeZone: string, atMs: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(atMs);
}
