/** Rule books that other villages wrote in their own words: nothing is lost, what is unsure is asked, and the caps hold. */
import { readFileSync } from 'node:fs';
import { parse } from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, businessDay } from '../../shared/business-day.ts';
import type { RuleRow } from '../../shared/imports/papers.ts';
import { CAPS_MOST } from '../../shared/rules/caps.ts';
import type { Rule } from '../../shared/rules/contract.ts';
import { mayDeduct } from '../../shared/rules/worth.ts';
import { readLimitText } from '../../shared/rules/limit-text.ts';
import { CappedVillage } from '../support/capped.ts';
import { Office } from '../support/office.ts';
import {
  type CapInShort,
  MOUNTAIN,
  PLAIN,
  type RuleInShort,
  type WorthInShort,
} from '../support/other-rule-books.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const BOOKS = [
  {
    name: 'mountain',
    read: MOUNTAIN,
    headings: ['编号', '类别', '积分内容', '分值', '谁来报', '凭什么', '次数上限', '是否启用'],
  },
  {
    name: 'plain',
    read: PLAIN,
    headings: ['序号', '项目', '细则', '加减分', '申报人', '证明材料', '封顶', '启用'],
  },
] as const;
type Book = (typeof BOOKS)[number];
const DAYS_TRIED = 34;

const fileOf = (name: string) => readFileSync(new URL(`../fixtures/rule-books/${name}.csv`, import.meta.url));
const rowsOf = ({ name }: Book) =>
  parse<Record<string, string>>(fileOf(name).toString('utf8').trim(), { header: true }).data;
const cellOf = ({ headings }: Book, row: Record<string, string>, at: number) => row[headings[at] ?? ''] ?? '';

function inShort({ caps }: Pick<Rule, 'caps'>): CapInShort[] {
  return caps.flatMap(({ scope, period, times, points }): CapInShort[] => [
    ...(times === null ? [] : [`${scope} ${period} ${times}x` as const]),
    ...(points === null ? [] : [`${scope} ${period} ${points / 100}p` as const]),
  ]);
}

function worthOf({ pointsMode, points, pointsMin, pointsMax, perUnit, options }: RuleRow): WorthInShort {
  const whole = (hundredths: number | null) => (hundredths ?? 0) / 100;
  if (pointsMode === 'list') return options.map((option) => whole(option.points));
  if (pointsMode === 'perUnit') return `${whole(points)}/${perUnit ?? ''}`;
  return pointsMode === 'range' ? `${whole(pointsMin)}..${whole(pointsMax)}` : `${whole(points)}`;
}

const isAsked = ({ caps }: RuleInShort) => caps.includes('ask');
/** Some of the words that are asked about are kept: every year once is sure, the first fifteen are not. */
const KEPT_BESIDE: Readonly<Record<string, readonly CapInShort[]>> = { 荣2: ['household year 1x'] };

/** Whether one more deed of this day is allowed by the caps as a person reads them. */
class Reader {
  private readonly counts = new Map<string, number>();

  private readonly caps: readonly CapInShort[];

  constructor(caps: readonly CapInShort[]) {
    this.caps = caps;
  }

  takes(day: string, points: number): boolean {
    const keys = this.caps.map((cap) => {
      const [, period = '', figure = ''] = cap.split(' ');
      const key = `${period} ${startOf(day, period)} ${figure.at(-1) ?? ''}`;
      return { key, most: Number.parseFloat(figure), adds: figure.endsWith('x') ? 1 : Math.abs(points) };
    });
    if (keys.some(({ key, most, adds }) => (this.counts.get(key) ?? 0) + adds > most)) return false;
    for (const { key, adds } of keys) this.counts.set(key, (this.counts.get(key) ?? 0) + adds);
    return true;
  }
}

function startOf(day: string, period: string): string {
  const [year = '', month = ''] = day.split('-');
  if (period === 'day') return day;
  if (period === 'week') return String(Math.floor((Date.parse(day) / 86_400_000 + 3) / 7));
  if (period === 'month') return `${year}-${month}`;
  if (period === 'quarter') return `${year} ${Math.ceil(Number(month) / 3)}`;
  return period === 'year' ? year : '';
}

describe.each(BOOKS)('the rule book of a village of the $name', (book) => {
  it('was read by a person row for row', () => {
    expect(rowsOf(book).map((row) => cellOf(book, row, 0))).toEqual(book.read.map(({ code }) => code));
  });

  it.each(book.read)('$code means what a person reads in it', ({ code, caps, ...rule }) => {
    const row = rowsOf(book).find((one) => cellOf(book, one, 0) === code) ?? {};
    const limit = readLimitText(cellOf(book, row, 6));
    const asked = isAsked({ code, caps, ...rule });
    expect({ asked: !limit.isWhole, caps: inShort(limit).toSorted() }).toEqual({
      asked,
      caps: (asked ? (KEPT_BESIDE[code] ?? []) : caps).toSorted(),
    });
    expect(limit.caps.length).toBeLessThanOrEqual(CAPS_MOST);
  });
});

describe.each(ENGINES)('on $engine', ({ engine, missing }) => {
  describe.skipIf(missing).each(BOOKS)('the rule book of the $name', (book) => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());
    const dayBefore = (days: number) => addDays(businessDay(server.clock.nowMs, 'Asia/Shanghai'), -days);

    it('loads as the set-up does: every row, every column, and a line that names all that is to be settled', async () => {
      const office = await Office.open(server);
      const state = await office.read('rules', fileOf(book.name), `${book.name}.csv`);
      const { preview: reading } = state;
      if (reading.kind !== 'rules') throw new Error('it is no rule book');
      expect(reading.problems).toEqual([]);
      expect(state.effect).toMatchObject({ create: book.read.length, update: 0, unchanged: 0, leftOut: 0 });
      expect(reading.allColumns.filter(({ field }) => field === null)).toEqual([]);
      expect(reading.rows.map(({ code }) => code)).toEqual(book.read.map(({ code }) => code));
      expect(reading.rows.map((row) => ({ code: row.code, worth: worthOf(row) }))).toEqual(
        book.read.map(({ code, worth }) => ({ code, worth })),
      );
      const asked = book.read.filter(isAsked);
      const told = reading.assumptions.find((one) => one.code === 'assume_limits_noted');
      expect(told?.count).toBe(asked.length);
      for (const { code } of asked) expect(told?.text.zh).toContain(`${code} `);
      const got = await office.commit(state);
      expect(got.status).toBe(200);
      const { items } = await server.must('rules.list', { as: office.admin });
      for (const [at, row] of rowsOf(book).entries())
        expect(items[at]).toMatchObject({
          ...{ code: cellOf(book, row, 0), category: cellOf(book, row, 1), title: cellOf(book, row, 2) },
          ...{
            proposer: cellOf(book, row, 4),
            evidence: cellOf(book, row, 5),
            limitText: cellOf(book, row, 6),
          },
          enabled: !/否|停/.test(cellOf(book, row, 7)),
        });
    });

    it('caps what is proposed exactly as a person reads it', async () => {
      const village = await CappedVillage.open(server);
      const paper = { body: fileOf(book.name), query: { filename: `${book.name}.csv` } };
      const as = village.village.admin;
      const read = await server.must('imports.read', { as, params: { kind: 'rules' }, ...paper });
      await server.must('imports.commit', { as, params: { id: read.id }, body: {} });
      const { items } = await server.must('rules.list', { as });
      const told: Record<string, boolean[]> = {};
      const wanted: Record<string, boolean[]> = {};
      for (const { code, caps } of book.read.filter((rule) => !isAsked(rule))) {
        const rule = items.find((one) => one.code === code);
        // Each deduction needs a reminder of its own before it (api/deductions).
        if (!rule?.enabled || mayDeduct(rule)) continue;
        const [household, reader] = [await village.household('余家人'), new Reader(caps)];
        const points = rule.options[0]?.points ?? rule.points ?? rule.pointsMin ?? 0;
        told[code] = [];
        wanted[code] = [];
        for (let days = DAYS_TRIED; days >= 0; days -= 1) {
          const more = {
            ...{ effectiveOn: dayBefore(days), points, member: '老大', event: '那一回' },
            ...(rule.options[0] ? { option: rule.options[0].name } : {}),
          };
          const { status, problem } = await village.propose(rule.id, household, more);
          if (status !== 200) expect(problem.code).toMatch(/^rule\.cap_/);
          told[code].push(status === 200);
          wanted[code].push(reader.takes(dayBefore(days), points / 100));
          // Rules without a limit are asked a few times.
          if (caps.length === 0 && days < DAYS_TRIED - 3) break;
        }
      }
      expect(told).toEqual(wanted);
    }, 120_000);
  });
});
