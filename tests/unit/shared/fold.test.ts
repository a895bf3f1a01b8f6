import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { OPERATIONS } from '../../../shared/contract.ts';
import { DOMAINS } from '../../../shared/domains.ts';
import { ENDPOINTS } from '../../../shared/endpoints.ts';
import { ERRORS } from '../../../shared/errors.ts';
import { fold, foldPart } from '../../../shared/fold.ts';
import { SERVED } from '../../../shared/served.ts';
import { ERROR_WORDS } from '../../../shared/words.ts';

const root = join(import.meta.dirname, '..', '..', '..', 'shared');

describe('the fold', () => {
  it('keeps every key and its exact value', () => {
    const whole = fold([{ a: 1 }, { b: 'two' }]);
    expect(whole).toEqual({ a: 1, b: 'two' });
    expectTypeOf(whole).toEqualTypeOf<{ readonly a: 1 } & { readonly b: 'two' }>();
  });

  it('takes a part of each domain that has it', () => {
    const whole = foldPart([{ errors: { x: 1 } }, { endpoints: { y: 2 } }, { errors: { z: 3 } }], 'errors');
    expect(whole).toEqual({ x: 1, z: 3 });
    expectTypeOf(whole).toEqualTypeOf<{ readonly x: 1 } & { readonly z: 3 }>();
  });

  it('refuses a key that two domains define', () => {
    expect(() => fold([{ a: 1 }, { a: 1 }])).toThrow('two domains define a');
    expect(() => foldPart([{ errors: { a: 1 } }, { errors: { a: 2 } }], 'errors')).toThrow('define a');
  });
});

describe('the lists of domains', () => {
  const folders = (file: string) =>
    readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, file)))
      .map(({ name }) => name);

  it('name every folder that has something to list', () => {
    expect(folders('domain.ts').length).toBeGreaterThan(16);
    expect(DOMAINS).toHaveLength(folders('domain.ts').length);
    expect(SERVED).toHaveLength(new Set([...folders('contract.ts'), ...folders('words.ts')]).size);
    for (const file of ['endpoints.ts', 'errors.ts', 'permissions.ts'])
      for (const name of folders(file)) expect(folders('domain.ts'), file).toContain(name);
  });

  it('have an operation for each endpoint and words for each error', () => {
    expect(Object.keys(OPERATIONS).sort()).toEqual(Object.keys(ENDPOINTS).sort());
    expect(Object.keys(ERROR_WORDS).sort()).toEqual(Object.keys(ERRORS).sort());
  });
});
