import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultOf, faultText } from '../../../server/redact-error.ts';

const MARK = '王小明 13800000000';
const text = MARK as unknown as Record<string, string> & string[];

/** Actions whose error message repeats the given value: of Node, V8, a schema, a driver and a database. */
const SAYERS: Readonly<Record<string, () => unknown>> = {
  'a parser of JSON': () => JSON.parse(MARK) as unknown,
  'a parser of numbers': () => BigInt(MARK),
  'a pattern': () => new RegExp(`(${MARK}`),
  'a search in it': () => 'head' in text,
  'a property put on it': () => (text.head = 'x'),
  'a letter replaced in it': () => (text[0] = 'x'),
  'a method called on it': () => Map.prototype.get.call(MARK as never, 1) as unknown,
  'a list made of it': () => new Map([MARK] as never),
  'an object made of it': () => Object.create(text, MARK as never) as unknown,
  'a time zone': () => new Intl.DateTimeFormat('zh', { timeZone: MARK }),
  'an argument of Node': () => Buffer.alloc(MARK as never),
  'a schema': () => z.strictObject({}).parse({ [MARK]: 1 }),
  'a query': () => {
    throw Object.assign(new Error(`Failed query: insert …\nparams: ${MARK}`), {
      query: 'insert into "households" values ($1)',
      params: [MARK],
      cause: Object.assign(new Error(`invalid input syntax for type bigint: "${MARK}"`), {
        code: '22P02',
        detail: `Key (head)=(${MARK}) already exists.`,
      }),
    });
  },
};

function caught(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it said nothing');
}

describe('a failure as it is logged', () => {
  it.each(Object.entries(SAYERS))('does not repeat what %s said', (_, work) => {
    const error = caught(work);
    // Without redaction the log would have the name.
    expect(error.message).toContain('王小明');
    for (const logged of [error, new Error('backing up failed', { cause: error })]) {
      const said = JSON.stringify(faultOf(logged)) + faultText(logged);
      expect(said).not.toMatch(/王|13800000000/);
      expect(said).toMatch(/redact-error\.test\.ts:\d+/);
    }
  });

  it('says what our own words are, the code, and what was behind it', () => {
    const cause = Object.assign(new Error('unfit'), { code: 'SQLITE_CONSTRAINT_UNIQUE' });
    const fault = faultOf(new Error('nobody plays approver', { cause }));
    expect(fault).toMatchObject({ type: 'Error', message: 'nobody plays approver' });
    expect(fault.cause).toMatchObject({ message: 'unfit', code: 'SQLITE_CONSTRAINT_UNIQUE' });
    expect(faultText(new TypeError("Cannot read properties of undefined (reading 'head')"))).toContain(
      "TypeError: Cannot read properties of undefined (reading 'head')\n    at ",
    );
    expect(faultText('王小明')).toBe('string\n');
  });
});
