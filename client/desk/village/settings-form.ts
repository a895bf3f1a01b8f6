import { formatFen, formatHundredths, parseHundredths } from '../../../shared/points.ts';
import { PIN_ABOVE_AT_FIRST } from '../../../shared/village/settings.ts';
import type { AnswerOf, BodyOf } from '../../api/index.ts';
import { parseFen } from '../goods/parse-fen.ts';

type Village = Pick<AnswerOf<'village.get'>, 'name' | 'town' | 'settings'>;

/** The settings as typed. */
export interface SettingsForm {
  name: string;
  town: string;
  pointValue: string;
  shopHours: string;
  shopPhone: string;
  shopPlace: string;
  mayGoBelowZero: boolean;
  asksPin: boolean;
  pinAbove: string;
  vouched: string;
  delivery: string;
  timeZone: string;
}

export function formOf({ name, town, settings }: Village): SettingsForm {
  return {
    name,
    town,
    pointValue: formatFen(settings.pointValueFen).replace(/\.?0+$/, ''),
    shopHours: settings.shopHours,
    shopPhone: settings.shopPhone,
    shopPlace: settings.shopPlace,
    mayGoBelowZero: settings.deductionsMayGoBelowZero,
    asksPin: settings.pinAboveHundredths !== null,
    pinAbove: formatHundredths(settings.pinAboveHundredths ?? PIN_ABOVE_AT_FIRST),
    vouched: formatHundredths(settings.vouchedHundredthsAMonth),
    delivery: formatFen(settings.deliveryNeedsSecondAboveFen).replace(/\.?0+$/, ''),
    timeZone: settings.timeZone,
  };
}

export interface WrongFields {
  readonly name: boolean;
  readonly town: boolean;
  readonly pointValue: boolean;
  readonly shopPhone: boolean;
  readonly pinAbove: boolean;
  readonly vouched: boolean;
  readonly delivery: boolean;
}

const POINT_VALUE_MOST_FEN = 100_000;

export function pointValueFen(form: SettingsForm): number | null {
  const fen = parseFen(form.pointValue);
  return fen !== null && fen >= 1 && fen <= POINT_VALUE_MOST_FEN ? fen : null;
}

/** The amount for the PIN as typed; null: no PIN is asked for, or it is not an amount. */
export function pinAboveHundredths({ asksPin, pinAbove }: SettingsForm): number | null {
  const amount = asksPin ? parseHundredths(pinAbove) : null;
  return amount !== null && amount >= 0 ? amount : null;
}

/** The most that two people vouch for in a month, as typed; null: it is not an amount. */
export function vouchedHundredths({ vouched }: SettingsForm): number | null {
  const amount = parseHundredths(vouched);
  return amount !== null && amount >= 0 ? amount : null;
}

export function wrongIn(form: SettingsForm): WrongFields {
  return {
    name: form.name.trim() === '',
    town: form.town.trim() === '',
    pointValue: pointValueFen(form) === null,
    shopPhone: !/^$|^[0-9][0-9 -]{4,19}$/.test(form.shopPhone.trim()),
    pinAbove: form.asksPin && pinAboveHundredths(form) === null,
    vouched: vouchedHundredths(form) === null,
    delivery: parseFen(form.delivery) === null,
  };
}

/** Which fields differ; the amount for the PIN counts only where one is asked for. */
export function changedIn(form: SettingsForm, before: SettingsForm): (keyof SettingsForm)[] {
  const names = Object.keys(form) as (keyof SettingsForm)[];
  return names.filter(
    (name) => form[name] !== before[name] && (name !== 'pinAbove' || (form.asksPin && before.asksPin)),
  );
}

export function bodyOf(form: SettingsForm): BodyOf<'village.update'> {
  return {
    name: form.name.trim(),
    town: form.town.trim(),
    settings: {
      pointValueFen: pointValueFen(form) ?? undefined,
      deductionsMayGoBelowZero: form.mayGoBelowZero,
      shopHours: form.shopHours.trim(),
      shopPhone: form.shopPhone.trim(),
      shopPlace: form.shopPlace.trim(),
      pinAboveHundredths: pinAboveHundredths(form),
      vouchedHundredthsAMonth: vouchedHundredths(form) ?? undefined,
      deliveryNeedsSecondAboveFen: parseFen(form.delivery) ?? undefined,
      timeZone: form.timeZone,
    },
  };
}
