import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTables, understandRoster } from '../../../server/papers/index.ts';
import { csv, encoded, workbook, type MadeSheet } from '../../fixtures/papers/make.ts';

/** A village's households, as they are; and a clerk who writes them down in one of many ways. */
interface Household {
  readonly number: string;
  readonly group: string;
  readonly head: string;
  readonly size: number | null;
  readonly phone: string | null;
  readonly note: string;
}

type Column = keyof Household | 'serial';
const WORDS: Record<Column, string[]> = {
  number: ['户号', '户编号', '编 号'],
  group: ['组别', '村民小组', '所属小组', '小组'],
  head: ['户主', '户主姓名', '户主\n姓名', '姓　名'],
  size: ['人口', '家庭人口（人）', '户内人口数'],
  phone: ['电话', '手机号码', '联系电话'],
  note: ['备注', '说明'],
  serial: ['序号'],
};
const NAME = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗𬭸𠮷㛃';

const village = fc
  .array(
    fc.record({
      name: fc
        .array(fc.constantFrom(...Array.from(NAME)), { minLength: 2, maxLength: 4 })
        .map((chars) => chars.join('')),
      group: fc.constantFrom('第一组', '第二组', '第三组', '张庄组'),
      size: fc.option(fc.integer({ min: 1, max: 30 })),
      phone: fc.option(fc.integer({ min: 13000000000, max: 19999999999 }).map(String)),
      note: fc.constantFrom('', '空挂户', '外出务工, 年底回', '说"好"'),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((people) =>
    people
      .toSorted((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0))
      // A surname of its own for each, so that no two are the same household.
      .map(({ name, ...rest }, index): Household => ({
        number: String(index + 1).padStart(3, '0'),
        head: `${String.fromCodePoint(0x4e00 + index)}${name}`,
        ...rest,
      })),
  );

const writing = fc.record({
  columns: fc.shuffledSubarray<Column>(['number', 'group', 'head', 'size', 'phone', 'note', 'serial'], {
    minLength: 7,
  }),
  words: fc.nat(11),
  titles: fc.nat(3),
  habit: fc.array(fc.nat(5), { minLength: 7, maxLength: 7 }),
  blanks: fc.boolean(),
  total: fc.boolean(),
  fillGroup: fc.constantFrom('every', 'first', 'merge'),
  file: fc.constantFrom('xlsx', 'biff8', 'utf8', 'utf8-bom', 'gb18030', 'utf16le'),
  separator: fc.constantFrom(',', '\t', ';'),
});
type Writing = typeof writing extends fc.Arbitrary<infer T> ? T : never;

const fullWidth = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

function written(household: Household, column: Column, habit: number, index: number): string | number | null {
  const { number, head, size, phone } = household;
  switch (column) {
    case 'serial':
      return index + 1;
    case 'number':
      return (
        [number, Number(number), `${number}号`, fullWidth(number), ` ${number}`, number][habit] ?? number
      );
    case 'head':
      return (
        [head, Array.from(head).join('　'), `${head} `, Array.from(head).join('  '), head, head][habit] ??
        head
      );
    case 'size':
      return size === null
        ? null
        : ([size, String(size), `${size}人`, fullWidth(String(size)), size, size][habit] ?? size);
    case 'phone':
      if (phone === null) return [null, '', '无', '-', null, '/'][habit] ?? null;
      return (
        [
          phone,
          Number(phone),
          phone.replace(/(...)(....)/, '$1-$2-'),
          phone.replace(/(...)(....)/, '$1 $2 '),
          fullWidth(phone),
          `+86${phone}`,
        ][habit] ?? phone
      );
    default:
      return household[column];
  }
}

function sheetOf(households: readonly Household[], how: Writing): MadeSheet {
  const { columns, habit, words, fillGroup } = how;
  const rows: (string | number | null)[][] = Array.from(
    { length: how.titles },
    (_, index) => [['清河村农户花名册'], ['填表单位：村委会'], []][index] ?? [],
  );
  rows.push(columns.map((column) => WORDS[column][words % WORDS[column].length] ?? column));
  const groupColumn = columns.indexOf('group');
  const merges: string[] = [];
  let mergeStart = 0;
  let above = '';
  for (const [index, household] of households.entries()) {
    const starts = household.group !== above;
    if (starts) mergeStart = rows.length + 1;
    above = household.group;
    rows.push(
      columns.map((column, at) =>
        column === 'group' && !starts && fillGroup !== 'every'
          ? null
          : written(household, column, habit[at] ?? 0, index),
      ),
    );
    const ends = households[index + 1]?.group !== household.group;
    const letter = String.fromCharCode(65 + groupColumn);
    if (ends && fillGroup === 'merge' && rows.length > mergeStart)
      merges.push(`${letter}${mergeStart}:${letter}${rows.length}`);
    if (how.blanks && ends) rows.push([]);
  }
  if (how.total) rows.push(['合计', ...columns.slice(1).map(() => null)]);
  return { name: '花名册', rows, merges };
}

function fileOf(sheet: MadeSheet, { file, separator }: Writing): Buffer {
  if (file === 'xlsx' || file === 'biff8') return workbook([sheet], file);
  return encoded(csv(sheet.rows as (string | number | null)[][], separator), file);
}

describe('a roster written by any clerk', () => {
  it('is read back to the same households', () => {
    fc.assert(
      fc.property(village, writing, (households, how) => {
        const reading = understandRoster(readTables(fileOf(sheetOf(households, how), how), 'roster'));
        expect(reading.problems).toEqual([]);
        expect(reading.duplicates).toEqual([]);
        expect(
          reading.rows.map(({ number, group, head, size, phone, note }) => ({
            number,
            group,
            head,
            size,
            phone,
            note,
          })),
        ).toEqual(
          households.map(({ number, group, head, size, phone, note }) => ({
            number,
            group,
            head,
            size,
            phone,
            note,
          })),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('with bytes spoilt at random gives a reading or a refusal, never anything else', () => {
    fc.assert(
      fc.property(
        village,
        writing,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        (households, how, spoilt) => {
          const bytes = fileOf(sheetOf(households, how), how);
          for (const [at, value] of spoilt) bytes[at % bytes.length] = value;
          try {
            const reading = within(2_000, () => understandRoster(readTables(bytes, 'roster')));
            expect(reading.counts.rows).toBe(reading.rows.length);
          } catch (error) {
            expect(error).toMatchObject({
              code: expect.stringMatching(/^paper\.|^ERR_SCRIPT_EXECUTION_TIMEOUT$/),
            });
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The library goes round for ever in some formulas that are damaged: a `paperReader` ends that, and here this does. */
function within<T>(ms: number, work: () => T): T {
  return new Script('work()').runInNewContext({ work }, { timeout: ms }) as T;
}
