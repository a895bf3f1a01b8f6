import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawingOf, drawingOfCategory, DRAWINGS } from '../../../shared/goods/choose-drawing.ts';
import { DRAWING_GROUPS, UNDRAWN } from '../../../shared/goods/drawing-words.ts';

const folder = new URL('../../../client/drawings/', import.meta.url);
const files = ['own', 'fluent'].flatMap((part) =>
  readdirSync(new URL(part, folder)).map((name) => ({ part, name })),
);
const drawn = files.filter(({ name }) => name.endsWith('.svg'));

/** Names of a village shop's list. Those of the set "after" were written once the words stood. */
const names = readFileSync(new URL('../../fixtures/goods-names.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [, category = '', name = '', drawing = ''] = line.split(',');
    return { category, name, drawing };
  });

describe('the drawing of an item', () => {
  it('is found by its name for nine of ten, and never one of something else', () => {
    expect(names.length).toBeGreaterThan(200);
    const wrong = names.filter(({ category, name, drawing }) => {
      const wanted = drawing === 'category' ? drawingOfCategory(category) : drawing;
      return drawingOf({ name, category }) !== wanted;
    });
    expect(wrong).toEqual([]);
    const own = names.filter(({ drawing }) => drawing !== 'category');
    expect(own.length / names.length).toBeGreaterThan(0.9);
  });

  it.each([
    ['牛奶饼干', 'cookie'],
    ['白菜种子', 'seeds'],
    ['卷尺5米', 'tape-measure'],
    ['小米/杂粮1kg', 'millet-bag'],
    ['大米5kg', 'rice-bag'],
    ['大米10kg', 'rice-sack'],
    ['大米２０斤', 'rice-sack'],
    ['食用油5L', 'oil-jug'],
    ['风油精', 'sheaf-of-rice'],
    ['大米酒', 'sheaf-of-rice'],
    ['', 'sheaf-of-rice'],
  ])('of %s is %s', (name, drawing) => {
    expect(drawingOf({ name, category: '米面粮油' })).toBe(drawing);
  });

  it('is its category’s where the name says nothing, and a gift where that says nothing either', () => {
    const of = (category: string) => drawingOf({ name: '某某牌', category });
    expect(of('五金工具')).toBe('toolbox');
    expect(of('工具借用')).toBe('ladder');
    expect(of('学习用品')).toBe('pencil');
    expect(of('便民服务')).toBe('handshake');
    expect(of('日用百货')).toBe('basket');
    expect(of('其他')).toBe('wrapped-gift');
  });

  it('is named once, by words that are each given once', () => {
    expect(new Set(DRAWINGS).size).toBe(DRAWINGS.length);
    const words = [
      ...Object.values(DRAWING_GROUPS).flatMap((lines) => lines.flatMap(([, text]) => text.split(' '))),
      ...UNDRAWN.split(' '),
    ];
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});

describe('the files of drawings', () => {
  it('are there for every name', () => {
    const there = new Set(drawn.map(({ name }) => name.replace('.svg', '')));
    expect(DRAWINGS.filter((name) => !there.has(name))).toEqual([]);
    expect(there.size).toBe(drawn.length);
  });

  it('weigh little, run nothing and load nothing', () => {
    for (const { part, name } of drawn) {
      const text = readFileSync(new URL(`${part}/${name}`, folder), 'utf8');
      expect(text.length, name).toBeLessThan(3100);
      expect(text, name).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 32 32"/);
      expect(text, name).not.toMatch(/<script|<style|style=|\son\w+=|href|url\(|<image|<!/i);
    }
  });

  it('by others come with their licence', () => {
    const licence = readFileSync(new URL('fluent/LICENSE.txt', folder), 'utf8');
    expect(licence).toContain('Permission is hereby granted, free of charge');
  });
});
