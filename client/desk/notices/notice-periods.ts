import { addDays, firstOfMonth } from '../../../shared/business-day.ts';

export const PERIODS = ['lastWeek', 'thisWeek', 'lastMonth', 'thisMonth', 'chosen'] as const;
export type Period = (typeof PERIODS)[number];

export interface Days {
  readonly from: string;
  readonly to: string;
}

/** First and last day of a week (Monday to Sunday) or month around a day; what is under way ends with it. */
export function daysOf(period: Exclude<Period, 'chosen'>, today: string): Days {
  const monday = addDays(today, -((weekday(today) + 6) % 7));
  const first = firstOfMonth(today);
  const lastMonthEnd = addDays(first, -1);
  switch (period) {
    case 'thisWeek':
      return { from: monday, to: today };
    case 'lastWeek':
      return { from: addDays(monday, -7), to: addDays(monday, -1) };
    case 'thisMonth':
      return { from: first, to: today };
    case 'lastMonth':
      return { from: firstOfMonth(lastMonthEnd), to: lastMonthEnd };
  }
}

/** 0 is Sunday. */
function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
