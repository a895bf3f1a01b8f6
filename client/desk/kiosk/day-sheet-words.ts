import type { AnswerOf } from '../../api/index.ts';
import type { Format } from '../../i18n/format.ts';
import type { useText } from './text.ts';

export type DaySheet = AnswerOf<'shifts.daySheet'>;
type Shift = DaySheet['shifts'][number];
type Line = Pick<
  NonNullable<Shift['end']>['lines'][number],
  'name' | 'unit' | 'counted' | 'booked' | 'shown' | 'reason' | 'remark'
>;

interface Speech {
  readonly t: ReturnType<typeof useText>['t'];
  readonly format: Format;
}

/** The hours of a shift. */
export function hoursOf({ startedAtMs, endedAtMs }: Shift, { t, format }: Speech): string {
  const to = endedAtMs === null ? t('shop.day.onDuty') : format.clock(endedAtMs);
  return t('shop.day.hours', { from: format.clock(startedAtMs), to });
}

/** How a shift took over what the one before left. */
export function begunWords({ begin, left, volunteer }: Shift, { t }: Speech): string {
  if (begin === null) return t('shop.day.notTaken');
  if (left === null) return t('shop.day.begun');
  const how = t(begin.lines.length === 0 ? 'shop.day.takenOver' : 'shop.day.recounted', {
    name: left.volunteer,
  });
  return left.volunteer === volunteer ? how + t('shop.day.same') : how;
}

/** Says a count, a line for each difference; then what was left out. */
export function countWords(count: Shift['end'], speech: Speech): string[] {
  if (count === null) return [];
  const { t } = speech;
  const counted = count.lines.filter((line) => line.counted !== null);
  const off = counted.filter((line) => line.counted !== line.booked);
  const leftOut = count.lines.filter((line) => line.counted === null).map(({ name }) => name);
  return [
    ...(count.withoutNetwork ? [t('shop.day.late')] : []),
    ...(counted.length > 0 && off.length === 0 ? [t('shop.day.allRight')] : []),
    ...off.map((line) => differenceWords(line, speech)),
    ...(leftOut.length > 0 ? [t('shop.day.leftOut', { names: leftOut.join(t('shop.day.comma')) })] : []),
  ];
}

/** A difference with its reason. */
export function differenceWords(line: Line, { t, format }: Speech): string {
  const { name, unit, counted, booked, shown, reason, remark } = line;
  const what = t('shop.day.line', {
    ...{ name, unit, n: format.count(counted ?? 0) },
    booked: format.count(booked),
  });
  const seen = shown === null || shown === booked ? '' : t('shop.day.was', { shown: format.count(shown) });
  const why = reason === null ? t('shop.day.noReason') : t(`shop.day.reason.${reason}`);
  return [what + seen, why, remark].filter((text) => text !== '').join(' · ');
}

/** Why figures may still change, or differ without anybody's fault; empty where neither is so. */
export function besidesWords(besides: DaySheet['besides'], { t }: Pick<Speech, 't'>): string {
  const behind = besides.filter(({ isBehind }) => isBehind);
  const names = (some: DaySheet['besides']) => some.map(({ kiosk }) => kiosk).join(t('shop.day.comma'));
  if (behind.length > 0) return t('shop.day.behind', { kiosks: names(behind) });
  return besides.length > 1 ? t('shop.day.shared', { kiosks: names(besides) }) : '';
}

/** The goods of a day by kind, each kind with its sum. */
export function goodsByKind(goods: DaySheet['goods']) {
  const kinds = new Map<string, DaySheet['goods']>();
  for (const item of goods) kinds.set(item.category, [...(kinds.get(item.category) ?? []), item]);
  return Array.from(kinds, ([kind, items]) => ({
    kind,
    items,
    pieces: items.reduce((sum, { out, back }) => sum + out - back, 0),
    points: items.reduce((sum, { points }) => sum + points, 0),
  }));
}
