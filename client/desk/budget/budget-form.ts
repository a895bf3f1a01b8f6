import { formatHundredths, parseHundredths } from '../../../shared/points.ts';
import type { HeadBudget } from '../../../shared/village/settings.ts';

/** The figures of categories as they are typed: a line for each, the category and what stands in its field. */
export type HeadsTyped = string;

export function typedHeads(parts: readonly HeadBudget[]): HeadsTyped {
  return parts.map(({ head, hundredths }) => `${head}\t${formatHundredths(hundredths)}`).join('\n');
}

/** The figure in the field of each category whose field is not empty. */
export function figuresOf(typed: HeadsTyped): ReadonlyMap<string, string> {
  return new Map(
    typed.split('\n').flatMap((line) => {
      const [head = '', figure = ''] = line.split('\t');
      return head === '' ? [] : [[head, figure] as const];
    }),
  );
}

/** The same with another figure for a category; empty: it has no part of its own. */
export function withFigure(typed: HeadsTyped, head: string, figure: string): HeadsTyped {
  const figures = new Map(figuresOf(typed));
  if (figure.trim() === '') figures.delete(head);
  else figures.set(head, figure.replaceAll(/[\t\n]/g, ' '));
  return Array.from(figures, ([name, one]) => `${name}\t${one}`).join('\n');
}

/** The parts of categories; null: one of the figures is no amount. */
export function partsTyped(typed: HeadsTyped): HeadBudget[] | null {
  const parts: HeadBudget[] = [];
  for (const [head, figure] of figuresOf(typed)) {
    const hundredths = parseHundredths(figure.trim());
    if (hundredths === null || hundredths < 0) return null;
    parts.push({ head, hundredths });
  }
  return parts;
}

/** The rest of the whole for categories without a part of their own; null: something is no amount. */
export function restTyped(total: string, typed: HeadsTyped): number | null {
  const [whole, parts] = [totalTyped(total), partsTyped(typed)];
  return whole === null || parts === null
    ? null
    : parts.reduce((rest, { hundredths }) => rest - hundredths, whole);
}

/** The whole; null: it is no amount of at least one point. */
export function totalTyped(total: string): number | null {
  const whole = parseHundredths(total.trim());
  return whole !== null && whole >= 100 ? whole : null;
}
