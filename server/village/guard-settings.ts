import { DEFAULT_SETTINGS, type VillageSettings } from '../../shared/village/settings.ts';
import type { GuardedAt } from '../at.ts';
import { loosensBudget } from '../budget/index.ts';
import { needSecond } from '../need-second.ts';
import type { VillageContext } from '../http/index.ts';
import { toldOf } from './acts.ts';
import type { VillageChanges } from './villages.ts';

/** Asks a second person for settings that loosen a guard. */
export function needSecondForSettings(
  { village, agreed }: GuardedAt & { readonly village: VillageContext },
  { name = village.name, town = village.town, settings: changes }: VillageChanges,
): void {
  const settings = { ...village.settings, ...changes };
  if (!loosens(village.settings, settings)) return;
  const now = { ...village, name, town, settings };
  needSecond({ village, agreed }, { on: `village:${village.id}`, was: toldOf(village), is: toldOf(now) });
}

/**
 * Whether somebody could gain by it: less is asked at the counter or at the back door, awards are on notice for a shorter
 * time, objections wait longer for their answer, households have less time to answer a deduction, more may be awarded in a month,
 * points are worth something else, more people check reports, or days end at another hour. Reports by phone loosen nothing in
 * either direction: what a phone hands in moves no points, and two people still look at it.
 */
function loosens(was: VillageSettings, is: VillageSettings): boolean {
  const before = { ...DEFAULT_SETTINGS, ...was };
  return (
    amountOf(is.pinAboveHundredths) > amountOf(before.pinAboveHundredths) ||
    is.deliveryNeedsSecondAboveFen > before.deliveryNeedsSecondAboveFen ||
    is.vouchedHundredthsAMonth > before.vouchedHundredthsAMonth ||
    (is.withoutNetworkHundredths ?? -1) > (before.withoutNetworkHundredths ?? -1) ||
    is.withoutNetworkKioskHundredths > before.withoutNetworkKioskHundredths ||
    (is.noticeDays ?? 0) < (before.noticeDays ?? 0) ||
    is.objectionDays > before.objectionDays ||
    loosensBudget(before, is) ||
    is.answerDays < before.answerDays ||
    is.copyDaysMost > before.copyDaysMost ||
    SWITCHES.some((name) => is[name] && !before[name]) ||
    amountOf(is.belowZeroMostHundredths) > amountOf(before.belowZeroMostHundredths) ||
    is.pointValueFen !== before.pointValueFen ||
    is.timeZone !== before.timeZone
  );
}

/** Settings that loosen a guard where they are switched on. */
const SWITCHES = ['deductionsMayGoBelowZero', 'leadersCheckReports'] as const;

/** Without an amount no PIN is asked, as high as it may be, and a deduction goes as far as it likes. */
function amountOf(amount: number | null): number {
  return amount ?? Infinity;
}
