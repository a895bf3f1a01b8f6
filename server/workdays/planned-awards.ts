import type { Reader } from '../../db/index.ts';
import { errorSentence } from '../../shared/words.ts';
import type { Refusal } from '../../shared/errors.ts';
import { type Language, say } from '../../shared/sentence.ts';
import { wordsAskedBy } from '../../shared/rules/caps.ts';
import { deedWords } from '../../shared/workdays/deed-words.ts';
import { hoursOf, pointsOfMinutes } from '../../shared/workdays/hours.ts';
import { refusalWords } from '../../shared/workdays/refusal-words.ts';
import { type DeedToTry, type NewAward, type TryAt, tryDeeds } from '../proposals/index.ts';
import type { AttendanceRow, KnownWorkday } from './workday-row.ts';

/** The award of somebody on the list, as closing the event would propose it. */
export interface PlannedAward {
  readonly row: AttendanceRow;
  readonly award: NewAward;
  /** Null where it would be refused for what it says. */
  readonly points: number | null;
  /** Why it would be refused; null: it would be taken. */
  readonly refusal: Readonly<Record<Language, string>> | null;
}

const EVENT_CHARACTERS = 30;

/** The awards of all who are not left out and have none yet, tried out with the checks of every award. */
export async function plannedAwards(
  reader: Reader,
  at: TryAt,
  workday: KnownWorkday,
  attendances: readonly AttendanceRow[],
): Promise<PlannedAward[]> {
  const open = attendances.filter(({ batchId, isLeftOut }) => batchId === null && !isLeftOut);
  const awards = open.map((row) => awardOf(workday, row));
  const deeds = awards.map(({ householdIds: [householdId = ''], ...deed }): DeedToTry => ({
    ...deed,
    householdId,
  }));
  const tried = await tryDeeds(reader, at, deeds);
  return open.map((row, index) => {
    const award = awards[index] ?? awardOf(workday, row);
    const one = tried[index];
    const isUnfinished = workday.worth === 'hour' && row.minutes === null;
    if (isUnfinished) return { row, award, points: null, refusal: refusalWords.not_signed_out };
    const refusal = one?.refusal ? inWords(one.refusal) : null;
    return { row, award, points: one?.points ?? award.points ?? null, refusal };
  });
}

function awardOf({ row: event, rule, worth }: KnownWorkday, row: AttendanceRow): NewAward {
  const asked = wordsAskedBy(rule.caps);
  const points = worth === 'hour' ? pointsOfMinutes(rule.points ?? 0, row.minutes ?? 0) : undefined;
  return {
    ...{ ruleId: rule.id, householdIds: [row.householdId], points, note: noteOf(event, row) },
    effectiveOn: event.day,
    ...(asked.includes('member') ? { member: row.member } : {}),
    ...(asked.includes('event') ? { event: `${event.day} ${event.title}`.slice(0, EVENT_CHARACTERS) } : {}),
    attendance: {
      attendanceId: row.id,
      isLate: row.isLate,
      keptBy: Array.from(new Set([row.inBy, row.hoursBy ?? row.inBy])),
    },
  };
}

/** The text of the deed names the event, the hours, and that it was entered late. */
function noteOf({ title, day }: KnownWorkday['row'], { minutes, member, isLate }: AttendanceRow): string {
  const [, month, date] = day.split('-').map(Number);
  const hours = minutes === null ? null : hoursOf(minutes);
  const late = isLate ? deedWords.late.zh : null;
  return say(deedWords, 'note', { title, month, date, hours, member, late }, 'zh');
}

function inWords({ code, params }: Refusal): Readonly<Record<Language, string>> {
  const said = (language: Language) =>
    isKnown(code)
      ? say(refusalWords, code, figuresOf(params), language)
      : errorSentence(code, params, language).title;
  return { zh: said('zh'), en: said('en') };
}

function isKnown(code: string): code is keyof typeof refusalWords {
  return Object.hasOwn(refusalWords, code);
}

function figuresOf(params: Refusal['params']): Record<string, string | number> {
  const known = Object.entries(params).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(known);
}
