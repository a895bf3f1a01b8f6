import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settledPlan } from '../../../db/sqlite/settled-plans.ts';

describe('a statement SQLite plans once', () => {
  it('has each of its parameters behind a plus, and no other question mark', () => {
    expect(settledPlan('select "a?" from t where b = ? and c in (?, ?) limit ?')).toBe(
      'select "a?" from t where b = +? and c in (+?, +?) limit +?',
    );
    const quoted = `select 'why?', 'it''s ?', "x""?" from t`;
    expect(settledPlan(quoted)).toBe(quoted);
  });

  describe('of a small table', () => {
    let folder: string;
    let raw: Database.Database;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'jishan-plan-'));
      raw = new Database(join(folder, 'plan.db'));
      raw.exec(`create table t (k text primary key, n integer, b blob) strict;
        create table u (k text primary key, t text references t(k)) strict;
        create index n_set on t (n) where b is null;`);
    });
    afterAll(() => {
      raw.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const prepare = (sql: string) => raw.prepare(settledPlan(sql)).raw();
    const planOf = (sql: string, ...values: unknown[]) =>
      (raw.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[]).map(
        ({ detail }) => detail,
      );

    it('writes and reads every kind of value as it is', () => {
      const rows = [
        ['text', 1, Buffer.from([0, 255])],
        ['2', Number.MAX_SAFE_INTEGER, null],
        ['003', null, null],
        ['', -1, Buffer.alloc(0)],
      ];
      for (const row of rows) raw.prepare(settledPlan('insert into t values (?, ?, ?)')).run(row);
      for (const row of rows) expect(prepare('select * from t where k = ?').all(row[0])).toEqual([row]);
      expect(prepare('select k from t where n = ? or n is ? order by k limit ?').all(1, null, 5)).toEqual([
        ['003'],
        ['text'],
      ]);
      expect(() =>
        raw.prepare(settledPlan('insert into t values (?, ?, ?)')).run('x', 'no number', null),
      ).toThrow(/cannot store TEXT/);
    });

    it('looks things up along the same indexes', () => {
      for (const [sql, values] of [
        ['select * from u join t on t.k = u.t where u.k = ?', ['a']],
        ['select * from t where n = ? and b is null', [1]],
        ['select * from t where k in (?, ?)', ['a', 'b']],
        ['select * from t where k > ? order by k limit ?', ['a', 3]],
      ] as const) {
        const plan = planOf(settledPlan(sql), ...values);
        expect(plan).toEqual(planOf(sql, ...values));
        expect(plan.join()).not.toMatch(/SCAN/);
      }
    });
  });
});
