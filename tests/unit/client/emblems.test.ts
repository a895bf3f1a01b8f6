import Papa from 'papaparse';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMBLEMS } from '../../../client/ui/emblems.ts';
import { categoryEmblem, headEmblem } from '../../../shared/emblem-words.ts';

const starter = (name: string) => new URL(`../../../db/starter/${name}.csv`, import.meta.url);

describe('the drawings of rule heads and categories', () => {
  it.each([
    ['rules', headEmblem],
    ['goods', categoryEmblem],
  ] as const)('set every kind in the starter %s apart', (file, emblemOf) => {
    const names = categoriesIn(file);
    expect(names.length).toBeGreaterThan(5);
    const drawn = names.map(emblemOf);
    expect(new Set(drawn).size).toBe(names.length);
    expect(drawn).not.toContain(emblemOf('别的'));
  });

  it('find the drawing by the words villages use', () => {
    const heads = ['家风家教', '孝老爱亲', '移风易俗', '平安建设', '人居环境', 'Volunteering'];
    expect(heads.map(headEmblem)).toEqual(['family', 'family', 'lantern', 'shield', 'house', 'flag']);
    const goods = ['粮油调味', '农资', '家用电器', '衣帽鞋袜', '牛奶饮品', '农具出借', '其他'];
    expect(goods.map(categoryEmblem)).toEqual([
      'bowl',
      'sprout',
      'lamp',
      'shirt',
      'carton',
      'ladder',
      'gift',
    ]);
  });

  it('are one light stroke each', () => {
    for (const [name, { lines, body = '' }] of Object.entries(EMBLEMS)) {
      expect(`${lines}${body}`, name).toMatch(/^M[\d\sa-zA-Z.,-]+$/);
      expect(lines.length, name).toBeLessThan(320);
    }
  });
});

function categoriesIn(file: string): string[] {
  const text = readFileSync(starter(file), 'utf8');
  const { data } = Papa.parse<{ category: string }>(text, { header: true, skipEmptyLines: true });
  return [...new Set(data.map(({ category }) => category))];
}
