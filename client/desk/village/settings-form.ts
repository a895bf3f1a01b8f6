import { formatFen, formatHundredths, parseHundredths } from '../../../shared/points.ts';
import { COPY_DAYS_MOST, PIN_ABOVE_AT_FIRST } from '../../../shared/village/settings.ts';
import type { AnswerOf, BodyOf } from '../../api/index.ts';
import { partsTyped, restTyped, totalTyped, typedHeads } from '../budget/budget-form.ts';
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
  /** How far at most; empty: as far as it goes. */
  belowZeroMost: string;
  asksPin: boolean;
  pinAbove: string;
  vouched: string;
  /** The days that awards are on notice; empty: none. */
  noticeDays: string;
  phonesReport: boolean;
  leadersCheck: boolean;
  /** The days within which an objection is answered. */
  objectionDays: string;
  hasBudget: boolean;
  /** The most points that a month gives. */
  budget: string;
  /** The parts of it that categories have for themselves (budget-form.ts). */
  budgetHeads: string;
  /** The days that a household has to answer a deduction. */
  answerDays: string;
  delivery: string;
  isOffline: boolean;
  offlineHousehold: string;
  offlineKiosk: string;
  copyDays: string;
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
    belowZeroMost:
      settings.belowZeroMostHundredths === null ? '' : formatHundredths(settings.belowZeroMostHundredths),
    asksPin: settings.pinAboveHundredths !== null,
    pinAbove: formatHundredths(settings.pinAboveHundredths ?? PIN_ABOVE_AT_FIRST),
    vouched: formatHundredths(settings.vouchedHundredthsAMonth),
    noticeDays: String(settings.noticeDays ?? ''),
    phonesReport: settings.phonesReport,
    leadersCheck: settings.leadersCheckReports,
    objectionDays: String(settings.objectionDays),
    hasBudget: settings.budgetHundredths !== null,
    budget: settings.budgetHundredths === null ? '' : formatHundredths(settings.budgetHundredths),
    budgetHeads: typedHeads(settings.budgetHeads),
    answerDays: String(settings.answerDays),
    delivery: formatFen(settings.deliveryNeedsSecondAboveFen).replace(/\.?0+$/, ''),
    isOffline: settings.withoutNetworkHundredths !== null,
    offlineHousehold: formatHundredths(settings.withoutNetworkHundredths ?? WITHOUT_NETWORK_AT_FIRST),
    offlineKiosk: formatHundredths(settings.withoutNetworkKioskHundredths),
    copyDays: String(settings.copyDaysMost),
    timeZone: settings.timeZone,
  };
}

/** Stands in the field when somebody switches it on: a sack of rice or two. */
const WITHOUT_NETWORK_AT_FIRST = 5000;

export interface WrongFields {
  readonly name: boolean;
  readonly town: boolean;
  readonly pointValue: boolean;
  readonly belowZeroMost: boolean;
  readonly shopPhone: boolean;
  readonly pinAbove: boolean;
  readonly vouched: boolean;
  readonly budget: boolean;
  readonly budgetHeads: boolean;
  readonly delivery: boolean;
  readonly offlineHousehold: boolean;
  readonly offlineKiosk: boolean;
  readonly copyDays: boolean;
}

const POINT_VALUE_MOST_FEN = 100_000;

export function pointValueFen(form: SettingsForm): number | null {
  const fen = parseFen(form.pointValue);
  return fen !== null && fen >= 1 && fen <= POINT_VALUE_MOST_FEN ? fen : null;
}

/** How far below zero deductions go, as typed; null: no limit is typed, or it is not an amount. */
export function belowZeroHundredths({ belowZeroMost }: SettingsForm): number | null {
  const amount = parseHundredths(belowZeroMost);
  return amount !== null && amount > 0 ? amount : null;
}

/** The amount for the PIN as typed; null: no PIN is asked for, or it is not an amount. */
export function pinAboveHundredths({ asksPin, pinAbove }: SettingsForm): number | null {
  const amount = asksPin ? parseHundredths(pinAbove) : null;
  return amount !== null && amount >= 0 ? amount : null;
}

/** The most that two people vouch for in a month, as typed; null: it is not an amount. */
export function vouchedHundredths({ vouched }: SettingsForm): number | null {
  return amountIn(vouched);
}

/** The limits of handing out without network, as typed; null: one of them is none. */
export interface OfflineLimits {
  readonly householdHundredths: number | null;
  readonly kioskHundredths: number | null;
  readonly copyDays: number | null;
}

export function offlineLimits({ offlineHousehold, offlineKiosk, copyDays }: SettingsForm): OfflineLimits {
  const days = /^\d{1,2}$/.test(copyDays.trim()) ? Number(copyDays) : 0;
  return {
    householdHundredths: amountIn(offlineHousehold),
    kioskHundredths: amountIn(offlineKiosk),
    copyDays: days >= 1 && days <= COPY_DAYS_MOST ? days : null,
  };
}

function amountIn(text: string): number | null {
  const amount = parseHundredths(text);
  return amount !== null && amount >= 0 ? amount : null;
}

export function wrongIn(form: SettingsForm): WrongFields {
  const offline = offlineLimits(form);
  return {
    name: form.name.trim() === '',
    town: form.town.trim() === '',
    pointValue: pointValueFen(form) === null,
    belowZeroMost:
      form.mayGoBelowZero && form.belowZeroMost.trim() !== '' && belowZeroHundredths(form) === null,
    shopPhone: !/^$|^[0-9][0-9 -]{4,19}$/.test(form.shopPhone.trim()),
    pinAbove: form.asksPin && pinAboveHundredths(form) === null,
    vouched: vouchedHundredths(form) === null,
    budget: form.hasBudget && totalTyped(form.budget) === null,
    budgetHeads: form.hasBudget && totalTyped(form.budget) !== null && !areParts(form),
    delivery: parseFen(form.delivery) === null,
    offlineHousehold: form.isOffline && offline.householdHundredths === null,
    offlineKiosk: form.isOffline && offline.kioskHundredths === null,
    copyDays: form.isOffline && offline.copyDays === null,
  };
}

/** The categories' parts are amounts, and no more than the whole. */
function areParts({ budget, budgetHeads }: SettingsForm): boolean {
  return (restTyped(budget, budgetHeads) ?? -1) >= 0;
}

const OF_BUDGET: readonly (keyof SettingsForm)[] = ['budget', 'budgetHeads'];
const OF_OFFLINE: readonly (keyof SettingsForm)[] = ['offlineHousehold', 'offlineKiosk', 'copyDays'];

/** Which fields differ; an amount counts only where what it bounds is switched on. */
export function changedIn(form: SettingsForm, before: SettingsForm): (keyof SettingsForm)[] {
  const names = Object.keys(form) as (keyof SettingsForm)[];
  const isOn = (name: keyof SettingsForm) => {
    if (name === 'belowZeroMost') return form.mayGoBelowZero && before.mayGoBelowZero;
    if (name === 'pinAbove') return form.asksPin && before.asksPin;
    if (OF_BUDGET.includes(name)) return form.hasBudget && before.hasBudget;
    return !OF_OFFLINE.includes(name) || (form.isOffline && before.isOffline);
  };
  return names.filter((name) => form[name] !== before[name] && isOn(name));
}

export function bodyOf(form: SettingsForm): BodyOf<'village.update'> {
  const { householdHundredths, kioskHundredths, copyDays } = offlineLimits(form);
  return {
    name: form.name.trim(),
    town: form.town.trim(),
    settings: {
      pointValueFen: pointValueFen(form) ?? undefined,
      deductionsMayGoBelowZero: form.mayGoBelowZero,
      // Switched off it stays as it was.
      ...(form.mayGoBelowZero ? { belowZeroMostHundredths: belowZeroHundredths(form) } : {}),
      shopHours: form.shopHours.trim(),
      shopPhone: form.shopPhone.trim(),
      shopPlace: form.shopPlace.trim(),
      pinAboveHundredths: pinAboveHundredths(form),
      vouchedHundredthsAMonth: vouchedHundredths(form) ?? undefined,
      noticeDays: form.noticeDays === '' ? null : Number(form.noticeDays),
      phonesReport: form.phonesReport,
      leadersCheckReports: form.leadersCheck,
      objectionDays: Number(form.objectionDays),
      budgetHundredths: form.hasBudget ? totalTyped(form.budget) : null,
      // Switched off, the categories' parts stay as they were.
      ...(form.hasBudget ? { budgetHeads: partsTyped(form.budgetHeads) ?? undefined } : {}),
      answerDays: Number(form.answerDays),
      deliveryNeedsSecondAboveFen: parseFen(form.delivery) ?? undefined,
      withoutNetworkHundredths: form.isOffline ? householdHundredths : null,
      // Switched off they stay as they were.
      ...(form.isOffline ? { withoutNetworkKioskHundredths: kioskHundredths ?? undefined } : {}),
      ...(form.isOffline ? { copyDaysMost: copyDays ?? undefined } : {}),
      timeZone: form.timeZone,
    },
  };
}
