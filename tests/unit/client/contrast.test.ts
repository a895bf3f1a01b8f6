import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const source = readFileSync(new URL('../../../client/ui/tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...source.matchAll(/--((?:color|tint)-[\w-]+):\s*(#[0-9a-f]{6}|rgb\([^)]*\))/g)].map((match) => [
    match[1] ?? '',
    match[2] ?? '',
  ]),
);

/** The backgrounds of pages, cards, fields and tables. Any text may stand on any of them. */
const papers = ['page', 'surface', 'field', 'sunken', 'tile'];
const pales = [
  ...['action-pale', 'good-pale', 'warn-pale', 'bad-pale', 'info-pale'],
  ...['rest-pale', 'gold-pale', 'seal-pale'],
];
const hues = ['jade', 'brick', 'amber', 'indigo', 'plum', 'stone'];

const text: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...papers, ...pales]],
  ['ink-soft', [...papers, ...pales]],
  ['action', [...papers, 'action-pale']],
  ['action-deep', [...papers, 'action-pale']],
  ['good', [...papers, 'good-pale']],
  ['warn', [...papers, 'warn-pale']],
  ['bad', [...papers, 'bad-pale']],
  ['info', [...papers, 'info-pale']],
  ['seal', papers],
  ['on-action', ['action', 'action-deep', 'ink', 'good', 'bad', 'info']],
  ['seal', ['seal-pale']],
  ['rest', [...papers, 'rest-pale']],
  ['gold', [...papers, 'gold-pale']],
  ['on-seal', ['seal']],
  ['on-deep', ['deep']],
  ['on-deep-soft', ['deep']],
];

/** Shapes that a user must see: edges of fields, the mark of the focus, drawings. */
const shapes: readonly (readonly [string, readonly string[]])[] = [
  ['line-strong', papers],
  ['focus', [...papers, 'action-pale']],
  ['action', papers],
  ['bad', papers],
];

/** Nothing depends on seeing these: dividers, and the veil under a dialog. */
const decorative = ['line', 'veil', 'gold-mark'];

describe('the colours', () => {
  it.each(pairs(text))('%s is read on %s', (front, back) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(shapes))('%s is seen on %s', (front, back) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(3);
  });

  it.each(hues)('a drawing in %s is seen on its field and on paper', (hue) => {
    const ink = tokens.get(`tint-${hue}`) ?? '';
    for (const back of [tokens.get(`tint-${hue}-pale`) ?? '', ...papers.map(colour)])
      expect(contrast(ink, back)).toBeGreaterThanOrEqual(4.5);
  });

  it('are all judged here', () => {
    const judged = [...text, ...shapes].flatMap(([front, backs]) => [front, ...backs]);
    const known = [...judged, ...decorative].map((name) => `color-${name}`);
    const tints = hues.flatMap((hue) => [`tint-${hue}`, `tint-${hue}-pale`]);
    expect([...new Set([...known, ...tints])].sort()).toEqual([...tokens.keys()].sort());
  });

  it('are measured as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
  });
});

function pairs(list: typeof text): [string, string][] {
  return list.flatMap(([front, backs]) => backs.map((back): [string, string] => [front, back]));
}

function colour(name: string): string {
  const value = tokens.get(`color-${name}`);
  if (value === undefined) throw new Error(`tokens.css has no --color-${name}`);
  return value;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
