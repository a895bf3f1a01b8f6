import { type Cap, type CapPeriod, CAPS_MOST, type CapScope } from './caps.ts';
import { type PartReading, readPart } from './limit-words.ts';

export interface LimitText {
  readonly caps: readonly Cap[];
  /** Whether the caps say all that the words say. Otherwise the words are a note beside them, which nothing keeps. */
  readonly isWhole: boolean;
}

/** Words that limit nothing. */
const UNLIMITED =
  /^(?:|(?:次数|上限)?不限(?:次数?|次)?|不封顶|不设(?:上限|限)|没有上限|无上限|无限制|无|每次|[-–—/]+)$/;
/** The highest of several awards for one thing counts: one deed. The other words only repeat it. */
const HIGHEST_ONLY =
  /^同一\p{Script=Han}{0,4}?(?:取(?:最)?高(?:分|者|项)?|就高(?:不就低)?(?:[计记]分)?|[按以]最高(?:级别|级|分|项)?(?:[计记]分?|算)?)$/u;
const REPEATS_HIGHEST = /^不(?:累加|累计|重复计分|重复)$/;
/** Says only that what stands beside it is meant for each person. */
const BY_HEAD = /^按人头[算计]?$/;

/**
 * Reads a limit as people write it: 每月1次, 每户每季度不超过两次, 一年最多加30分, 每月≤4, 10分/月封顶, 同一场红白事只加一次, 每个孩子一年一次, 按处.
 * "≤" alone caps points. Several limits all hold (每天,≤50/季). Words that cannot be counted (每月前10%, 值守期, 每学期) stay
 * words, and so does a limit of which any word is not understood.
 */
export function readLimitText(written: string): LimitText {
  const parts = written
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .split(/[,，;；、。]/)
    .map((part) => part.replace(/\s/g, ''));
  const isHighest = parts.some((part) => HIGHEST_ONLY.test(part));
  const first = parts.map((part) => ({ part, reading: readingOf(part) }));
  const isByDays = first.some(({ reading }) => isOnceADay(reading));
  const read = first.map(({ part, reading }) => ({ part, cap: capOf(reading, isByDays) }));
  const isByHead = read.some(({ cap }) => cap?.scope === 'member');
  const isSaid = ({ part, cap }: (typeof read)[number]) =>
    cap !== null ||
    UNLIMITED.test(part) ||
    (isHighest && REPEATS_HIGHEST.test(part)) ||
    (isByHead && BY_HEAD.test(part));
  const caps = together(read.flatMap(({ cap }) => cap ?? []));
  return { caps: caps.slice(0, CAPS_MOST), isWhole: read.every(isSaid) && caps.length <= CAPS_MOST };
}

function readingOf(part: string): PartReading | null {
  if (UNLIMITED.test(part)) return null;
  if (HIGHEST_ONLY.test(part)) return { scope: 'event', period: null, figure: null, isAtMost: false };
  return readPart(part);
}

/** 按天计: then so many days are so many times. */
function isOnceADay(reading: PartReading | null): boolean {
  const { period, scope, figure } = reading ?? {};
  return (
    period === 'day' &&
    scope === null &&
    (figure === null || (figure?.unit === 'times' && figure.value === 1))
  );
}

/** The cap that the words of one part say; null where they say none. */
function capOf(reading: PartReading | null, isByDays: boolean): Cap | null {
  if (reading === null) return null;
  const { scope, figure, isAtMost } = reading;
  // Words that name no period may mean for ever, because they say of what.
  const period: CapPeriod | null = reading.period ?? (scope === null ? null : 'ever');
  // “每户” alone says nothing.
  const isBare = figure === null && reading.period === null && scope === 'household';
  if (period === null || isBare) return null;
  const counted = { period, scope: scope ?? ('household' satisfies CapScope), times: null, points: null };
  if (figure === null) return isAtMost ? null : { ...counted, times: 1 };
  const { value, unit } = figure;
  if (value === 0) return null;
  if (unit === 'points' || (unit === null && isAtMost))
    return { ...counted, points: Math.round(value * 100) };
  const isTimes = unit === 'times' || (unit === 'days' && isByDays);
  return isTimes && Number.isInteger(value) ? { ...counted, times: value } : null;
}

/** Limits of one period and scope are one cap; of two figures the lower holds. */
function together(caps: readonly Cap[]): Cap[] {
  const byKind = new Map<string, Cap>();
  for (const cap of caps) {
    const kind = `${cap.scope} ${cap.period}`;
    const before = byKind.get(kind);
    const times = lower(before?.times ?? null, cap.times);
    const points = lower(before?.points ?? null, cap.points);
    byKind.set(kind, { ...cap, times, points });
  }
  return Array.from(byKind.values());
}

function lower(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
