import { readLimitText } from '../../../shared/rules/limit-text.ts';
import { type Cap, type CapFields, capOf } from '../../../shared/rules/caps.ts';
import type { Format } from '../../i18n/format.ts';
import type { DeskText } from '../text.ts';

type Limited = CapFields & { readonly limitText: string };

interface Limit {
  /** The system holds a household to this. */
  readonly cap: Cap | null;
  /** Words beside it that say something else, and that nothing holds; empty where the words say what the cap says. */
  readonly note: string;
}

export function limitOf(rule: Limited): Limit {
  const cap = capOf(rule);
  const { isWhole, ...said } = readLimitText(rule.limitText);
  const saysTheSame = isWhole && JSON.stringify(capOf(said)) === JSON.stringify(cap);
  return { cap, note: saysTheSame ? '' : rule.limitText };
}

/** "每月最多 1 次". */
export function capInWords({ period, times, points }: Cap, { t }: DeskText, format: Format): string {
  const each = t(`rules.period.${period}`);
  const one = times === null ? '' : t('caps.times', { period: each, n: times });
  const other = points === null ? '' : t('caps.points', { period: each, points: format.points(points) });
  return one === '' || other === '' ? one + other : t('caps.and', { one, other });
}

/** The cap, and what is only a note beside it; empty where the rule limits nothing and says nothing. */
export function limitInWords(
  rule: Limited,
  text: DeskText,
  format: Format,
  { brief = false }: { readonly brief?: boolean } = {},
): string {
  const { cap, note } = limitOf(rule);
  const held = cap === null ? [] : [capInWords(cap, text, format)];
  const noted = note === '' ? [] : [text.t(brief ? 'caps.noteBrief' : 'caps.note', { text: note })];
  return [...held, ...noted].join(' · ');
}
