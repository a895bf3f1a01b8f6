import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Operation } from '../../../shared/operation.ts';
import { line, required } from '../../../shared/fields.ts';
import { OPERATIONS } from '../../../shared/contract.ts';
import { maskName } from '../../../shared/mask-name.ts';
import { charactersOf } from '../../../shared/visible-text.ts';
import { cleanName, oneLine } from '../../../server/papers/text.ts';

/** Fonts draw these as nothing, or as a blank. */
const UNSEEN = [
  '\u3164', // Hangul filler
  '\u115f',
  '\u1160',
  '\uffa0',
  '\u2800', // Braille without a dot
  '\u034f',
  '\ufe00',
  '\ufe0f',
  '\u{e0020}',
  '\u180b',
  '\u17b4',
  '\u00ad',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\ufffc',
  '\uffff',
  '\u{1d159}',
  '\u{13441}',
];
const SELECTORS = ['\u{e0100}', '\u{e01ef}'];
/** 葛, as a family writes it whose name has another form than the common one. */
const RARE = '葛\u{e0101}';
const nameOf = (code: string) => `U+${(code.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
const signs = UNSEEN.map((sign) => ({ name: nameOf(sign), sign }));
const selectors = SELECTORS.map((sign) => ({ name: nameOf(sign), sign }));
const name = required(40);

describe('a name', () => {
  it.each([...signs, ...selectors])('is none of $name alone, nor of several with spaces', ({ sign }) => {
    for (const text of [sign, sign.repeat(3), ` ${sign} \u3000${sign}`, `\u00a0${sign}`]) {
      expect(name.safeParse(text).success).toBe(false);
      expect(oneLine(text)).toBe('');
    }
  });

  it.each(signs)('is kept without $name', ({ sign }) => {
    for (const text of [`${sign}王小明`, `王${sign}小明`, `王小明${sign}${sign}`]) {
      expect(name.parse(text)).toBe('王小明');
      expect(cleanName(oneLine(text))).toBe('王小明');
    }
  });

  it('is none of marks that want a letter, or of nothing', () => {
    for (const text of ['\u0301', ' \u0301\u20dd', '', '\u3000'])
      expect([name.safeParse(text).success, oneLine(text)]).toEqual([false, '']);
    expect(name.parse('e\u0301')).toBe('e\u0301');
    for (const text of ['·', '7', '𠮷', '\ue000', '😀']) expect(name.parse(text)).toBe(text);
  });

  it('keeps how a rare character is written, and a selector nowhere else', () => {
    for (const text of [RARE, `${RARE}小明`, `王${RARE}`]) {
      expect(name.parse(text)).toBe(text);
      expect(cleanName(oneLine(text))).toBe(text);
    }
    expect(name.parse(`葛\u200b${RARE.slice(1)}`)).toBe(RARE);
    for (const { sign } of selectors) {
      for (const text of [`${sign}王`, `a${sign}`, `王·${sign}明`, `${RARE}${sign}`, `😀${sign}`])
        expect(name.safeParse(text).success).toBe(false);
      expect(line(40).safeParse(`好 ${sign}`).success).toBe(false);
      expect(oneLine(`${sign}王 a${sign} ${RARE}${sign}`)).toBe(`王 a ${RARE}`);
    }
  });

  it('is masked by what people count as its characters', () => {
    expect(charactersOf(`${RARE}小明`)).toEqual([RARE, '小', '明']);
    expect([maskName(`${RARE}小明`), maskName(`王${RARE}`), maskName(`王小${RARE}`)]).toEqual([
      `${RARE}*明`,
      '王*',
      `王*${RARE}`,
    ]);
  });
});

describe('the contract', () => {
  /** These are typed to be compared with something, and kept nowhere. */
  const COMPARED = /\.password$|^(?:me\.login|kiosk\.(?:lookup|statement))\.number$/;

  it('takes no name of unseen signs for anything that wants one', () => {
    const texts = Object.entries(OPERATIONS as Record<string, Operation>).flatMap(([id, { body, query }]) =>
      [body, query].flatMap((schema) => (schema ? stringsIn(schema, id) : [])),
    );
    const wanted = texts.filter(({ path, schema }) => !COMPARED.test(path) && !schema.safeParse('').success);
    expect(wanted.length).toBeGreaterThan(20);
    for (const { path, schema } of wanted)
      for (const sign of [...UNSEEN, ...SELECTORS])
        expect([path, nameOf(sign), schema.safeParse(sign).success]).toEqual([path, nameOf(sign), false]);
  });
});

interface Found {
  readonly path: string;
  readonly schema: z.ZodType;
}

/** Every text in a schema, by where it stands. */
function stringsIn(schema: z.core.$ZodType, path: string): Found[] {
  const def = schema._zod.def as z.core.$ZodTypeDef & {
    readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
    readonly element?: z.core.$ZodType;
    readonly innerType?: z.core.$ZodType;
    readonly options?: readonly z.core.$ZodType[];
  };
  if (def.type === 'string') return [{ path, schema: schema as z.ZodType }];
  const inner = [def.element, def.innerType, ...(def.options ?? [])].filter((one) => one !== undefined);
  return [
    ...Object.entries(def.shape ?? {}).flatMap(([field, one]) => stringsIn(one, `${path}.${field}`)),
    ...inner.flatMap((one) => stringsIn(one, path)),
  ];
}
