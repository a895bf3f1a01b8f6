import { addDays } from '../../shared/business-day.ts';

/** One day of the calendar, with the things that matter in the village. */
export interface DemoDay {
  readonly day: string;
  readonly month: number;
  readonly date: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly isMonthEnd: boolean;
  /** 逢三逢八: the market comes to the village, and the shop is full. */
  readonly isMarket: boolean;
  readonly festival: string | null;
}

const SOLAR_FESTIVALS: Readonly<Record<string, string>> = {
  '01-01': '元旦',
  '03-05': '学雷锋日',
  '04-05': '清明节',
  '05-01': '劳动节',
  '06-01': '儿童节',
  '08-01': '建军节',
  '09-22': '丰收节',
  '10-01': '国庆节',
  '12-05': '志愿者日',
};

const LUNAR_FESTIVALS: Readonly<Record<string, string>> = {
  '1-1': '春节',
  '1-15': '元宵节',
  '5-5': '端午节',
  '7-7': '七夕',
  '8-15': '中秋节',
  '9-9': '重阳节',
  '12-8': '腊八节',
};

const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});

/** The days from `first` to `last`, both included. */
export function demoDays(first: string, last: string): DemoDay[] {
  const days: DemoDay[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(demoDay(day));
  return days;
}

export function demoDay(day: string): DemoDay {
  const midnight = new Date(`${day}T00:00:00Z`);
  const date = midnight.getUTCDate();
  return {
    day,
    month: midnight.getUTCMonth() + 1,
    date,
    weekday: midnight.getUTCDay(),
    isMonthEnd: addDays(day, 1).endsWith('-01'),
    isMarket: date % 10 === 3 || date % 10 === 8,
    festival: SOLAR_FESTIVALS[day.slice(5)] ?? LUNAR_FESTIVALS[lunarDate(midnight)] ?? null,
  };
}

/** Month and day of the Chinese calendar, as 8-15; a leap month (8bis) has no festivals. */
function lunarDate(midnight: Date): string {
  const parts = new Map(lunar.formatToParts(midnight).map(({ type, value }) => [type, value]));
  return `${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`;
}
