import { readLimitText } from '../../../shared/rules/limit-text.ts';
import { type Cap, capCode } from '../../../shared/rules/caps.ts';
import type { Format } from '../../i18n/format.ts';
import type { DeskText } from '../text.ts';

interface Limited {
  readonly caps: readonly Cap[];
  readonly limitText: string;
}

type Text = Pick<DeskText, 't'>;
type Points = Pick<Format, 'points'>;

/** Words beside the caps that say something else, and that nothing holds; empty where the words say what the caps say. */
export function noteOf({ caps, limitText }: Limited): string {
  const said = readLimitText(limitText);
  return said.isWhole && areSameCaps(said.caps, caps) ? '' : limitText;
}

/** Whether both lists hold a household to the same, in whatever order. */
export function areSameCaps(some: readonly Cap[], others: readonly Cap[]): boolean {
  const codes = (caps: readonly Cap[]) => caps.map(capCode).sort().join('\n');
  return codes(some) === codes(others);
}

/** "每月最多 1 次", "每人每年最多 2 次". */
export function capInWords(cap: Cap, text: Text, format: Points): string {
  const { scope } = cap;
  const words = figuresInWords(cap, text, format);
  return scope === 'household' ? words : text.t(`caps.each.${scope}`, { cap: words });
}

function figuresInWords({ period, times, points }: Cap, { t }: Text, format: Points): string {
  const each = { period: t(`rules.period.${period}`) };
  if (points === null) return t('caps.times', { ...each, n: times ?? 0 });
  const most = { ...each, points: format.points(points) };
  return times === null ? t('caps.points', most) : t('caps.both', { ...most, n: times });
}

/** "每月最多 4 分；每年最多 20 分". */
export function capsInWords(caps: readonly Cap[], text: Text, format: Points): string {
  return caps.map((cap) => capInWords(cap, text, format)).join(text.t('caps.and'));
}

/** The caps, and what is only a note beside them; empty where the rule limits nothing and says nothing. */
export function limitInWords(
  rule: Limited,
  text: Text,
  format: Points,
  { brief = false }: { readonly brief?: boolean } = {},
): string {
  const note = noteOf(rule);
  const noted = note === '' ? '' : text.t(brief ? 'caps.noteBrief' : 'caps.note', { text: note });
  return [capsInWords(rule.caps, text, format), noted].filter((part) => part !== '').join(' · ');
}
