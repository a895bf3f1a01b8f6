import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const client = fileURLToPath(new URL('../../../client/', import.meta.url));
const sources = readdirSync(client, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(vue|ts)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !/\/(?:locales|build)\//.test(path))
  .map((path) => ({ name: relative(client, path), text: readFileSync(path, 'utf8') }));

/** All words on the screen come from the catalogues, and client/i18n formats all figures and days. */
describe('what people read is written in one place', () => {
  it('looks at every source', () => {
    expect(sources.length).toBeGreaterThan(150);
  });

  it.each(sources)('$name', ({ name, text }) => {
    expect(wordsIn(name, text)).toEqual([]);
    if (!name.startsWith('i18n/')) expect(figuresIn(text)).toEqual([]);
  });

  it('would see a word or a figure that is written elsewhere', () => {
    const page = (template: string) => `<script setup lang="ts"></script>\n<template>${template}</template>`;
    expect(wordsIn('a.vue', page('<p :title="a > b ? c : d">Save {{ n }}</p>'))).toEqual(['Save']);
    expect(wordsIn('a.vue', page('<input placeholder="Your name" />'))).toEqual(['Your name']);
    expect(wordsIn('a.vue', page('<input class="wide field" />{{ t("a.b") }} · '))).toEqual([]);
    expect(wordsIn('a.ts', "const title = 'Nothing was found';")).toEqual(['Nothing was found']);
    expect(wordsIn('a.ts', "throw new Error('nothing was found');")).toEqual([]);
    expect(figuresIn('when.toLocaleDateString()')).toHaveLength(1);
    expect(figuresIn('new Intl.NumberFormat()')).toHaveLength(1);
    expect(figuresIn('(points / 100).toFixed(2)')).toHaveLength(1);
  });
});

/** Sentences in a template, in a visible attribute or in a string of the script. */
function wordsIn(name: string, source: string): string[] {
  const text = withoutComments(source);
  const template = name.endsWith('.vue') ? (/<template>([\s\S]*)<\/template>/.exec(text)?.[1] ?? '') : '';
  const script = name.endsWith('.vue') ? (/<script[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '') : text;
  const tag = /<\/?[A-Za-z](?:"[^"]*"|'[^']*'|[^"'>])*>/g;
  const read = /\s(?:title|label|placeholder|alt|text|lead|hint|description|confirm|aria-label)="([^"]*)"/g;
  const tags = template.match(tag) ?? [];
  return [
    ...template
      .replace(/\{\{[\s\S]*?\}\}/g, '')
      .replace(tag, '\n')
      .split('\n')
      .map((line) => line.trim())
      // The character of the seal is a picture.
      .filter((line) => /\p{L}/u.test(line) && line !== '善'),
    ...tags.flatMap((one) =>
      [...one.matchAll(read)].map((match) => match[1] ?? '').filter((words) => words !== ''),
    ),
    ...[...script.matchAll(/(.*)'([A-Z][a-z]+(?: [\p{L}’,]+){1,}[.!?…]?)'/gu)]
      .filter(([, before = '']) => !/Error\($|import /.test(before))
      .map((match) => match[2] ?? ''),
  ];
}

/** The lines that format a number or a day by themselves. */
function figuresIn(source: string): string[] {
  const own = /.*(?:\.toLocale(?:Date|Time)?String\(|\.to(?:Date|Time|UTC)String\(|\.toFixed\(|\bIntl\.).*/g;
  const lines = (withoutComments(source).match(own) ?? []).map((line) => line.trim());
  // Nobody reads the numbers of a drawing's path.
  return lines.filter((line) => !line.startsWith('return `M${'));
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1');
}
