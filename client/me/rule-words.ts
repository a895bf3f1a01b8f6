import type { AnswerOf } from '../api/index.ts';
import type { Format } from '../i18n/format.ts';
import type { Cap } from '../../shared/rules/caps.ts';
import type { Worth } from '../../shared/me/contract.ts';
import { withoutCode } from '../../shared/rules/without-code.ts';
import { boundsOf, isDeduction } from '../../shared/rules/worth.ts';
import type { useText } from './text.ts';

type Text = Pick<ReturnType<typeof useText>, 't'>;
type Rule = AnswerOf<'me.rules'>['items'][number];

/** Says in words how many points a deed is worth: "+3 分", "+1 到 +5 分", "每小时 +2 分", "中职 +3 / 本科 +5 分". */
export function worthText(worth: Worth, { t }: Text, format: Pick<Format, 'signedPoints'>): string {
  const { pointsMode, points, perUnit, options } = worth;
  if (options.length > 0) {
    const each = options.map((option) => `${option.name} ${format.signedPoints(option.points)}`);
    return t('rules.points', { points: each.join(' / ') });
  }
  if (pointsMode === 'perUnit' && points !== null)
    return t('rules.perUnit', { unit: perUnit ?? '', points: format.signedPoints(points) });
  if (points !== null) return t('rules.points', { points: format.signedPoints(points) });
  const bounds = boundsOf(worth);
  if (bounds !== null) {
    const [least, most] = bounds;
    return t('rules.range', { least: format.signedPoints(least), most: format.signedPoints(most) });
  }
  return t(pointsMode === 'none' ? 'rules.none' : 'rules.judged');
}

type Change = AnswerOf<'me.rules'>['announced'][number];

/** Says what becomes of a rule: "“交回农膜”改为 +2 分（原来 +1 分）". */
export function changeText(
  { title: written, before, after }: Pick<Change, 'title' | 'before' | 'after'>,
  text: Text,
  format: Pick<Format, 'signedPoints'>,
): string {
  const title = withoutCode(written);
  if (after === null) return text.t('changes.dropped', { title });
  const worth = worthText(after, text, format);
  if (before === null) return text.t('changes.added', { title, worth });
  const was = worthText(before, text, format);
  if (was === worth) return text.t('changes.reworded', { title });
  return text.t('changes.worth', { title, before: was, after: worth });
}

/** How often it counts: "每月最多 2 次；每人每年最多 5 分", or what the village wrote itself. */
export function limitText(
  { caps, limitText: written }: Rule,
  text: Text,
  format: Pick<Format, 'points'>,
): string {
  if (caps.length === 0) return written;
  return caps.map((cap) => capText(cap, text, format)).join(text.t('rules.and'));
}

function capText(cap: Cap, { t }: Text, format: Pick<Format, 'points'>): string {
  const period = t(`rules.period.${cap.period}`);
  const most = [
    cap.times === null ? null : t('rules.times', { period, n: cap.times }),
    cap.points === null ? null : t('rules.most', { period, points: format.points(cap.points) }),
  ]
    .filter((part) => part !== null)
    .join(t('rules.both'));
  return cap.scope === 'household' ? most : t(`rules.each.${cap.scope}`, { cap: most });
}

interface Head {
  readonly head: string;
  readonly rules: readonly Rule[];
}

/**
 * The rules under their heads, in the book's order; what earns points apart from what costs them. Those that old people can
 * earn points by stand by themselves, too.
 */
export function byHead(rules: readonly Rule[]): { fit: readonly Rule[]; earning: Head[]; costing: Head[] } {
  const under = (wanted: readonly Rule[]) =>
    [...new Set(wanted.map(({ category }) => category))].map((head) => ({
      head,
      rules: wanted.filter(({ category }) => category === head),
    }));
  const scored = rules.filter(({ pointsMode }) => pointsMode !== 'none');
  const earning = scored.filter((rule) => !isDeduction(rule));
  return {
    fit: earning.filter(({ isFitForOld }) => isFitForOld),
    earning: under(earning),
    costing: under(scored.filter(isDeduction)),
  };
}
