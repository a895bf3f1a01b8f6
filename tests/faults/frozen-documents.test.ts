import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  insertOf,
  isBytes,
  KEYS,
  only,
  openRaw,
  quoted,
  type Raw,
  refusalBy,
  type Row,
  stoodAside,
  type Value,
} from '../support/raw.ts';
import { confirmedSupervisor, furnish, listToSign } from '../support/samples.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const TABLES = ['frozen_documents', 'signatures'] as const;
type Frozen = (typeof TABLES)[number];
/** The remark of a signature may be erased, with its salt. */
const ERASABLE = ['remark', 'salt'];

/** The triggers refuse every statement that the program itself never sends. */
describe.each(ENGINES)('the guards of documents and signatures on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('refuse', () => {
    let server: TestServer;
    let raw: Raw;
    const rows = {} as Record<Frozen, Row[]>;
    const read = (table: Frozen) => raw.rows(`select * from ${table} order by ${KEYS[table].join(', ')}`);

    beforeAll(async () => {
      server = await startTestServer(engine);
      await furnish(server, server, '本');
      const approver = await server.asStaff('approver');
      const supervisor = await confirmedSupervisor(server, approver);
      for (const remark of ['请王小明家来核对', '']) {
        await server.must('households.create', { as: server.admin, body: { head: '新来', group: '' } });
        const body = { ...(await listToSign(server, supervisor)), remark };
        await server.must('signatures.sign', { as: supervisor, body });
      }
      raw = await openRaw(server.test);
      for (const table of TABLES) rows[table] = await read(table);
    });
    afterAll(async () => {
      // None of the refused statements may have changed a row.
      for (const table of TABLES) expect(await read(table)).toEqual(rows[table]);
      await raw.close();
      await server.remove();
    });

    /** Runs the statements in one transaction and rolls it back. Returns the error, or '' without one. */
    const said = (...statements: readonly string[]) => refusalBy(raw, statements);
    function first(table: Frozen, isSo: (row: Row) => boolean = () => true): Row {
      const row = rows[table].find(isSo);
      if (!row) throw new Error(`${table} has no such row`);
      return row;
    }
    const remarked = () => first('signatures', ({ remark }) => remark !== '');

    it('are tried on rows of each kind', () => {
      const kinds = rows.frozen_documents.map(({ kind }) => kind);
      expect(kinds).toEqual(expect.arrayContaining(['week', 'handover']));
      expect(rows.signatures.map(({ remark }) => remark)).toEqual(['请王小明家来核对', '']);
    });

    it.each(TABLES)('to change any column of %s, also to nothing, of one row or of all', async (table) => {
      const row = table === 'signatures' ? remarked() : first(table);
      const allowed: string[] = [];
      for (const [column, value] of Object.entries(row)) {
        for (const other of [quoted(different(value)), 'null'])
          for (const where of [` where ${only(table, row)}`, '']) {
            const statement = `update ${table} set ${column} = ${other}${where}`;
            if ((await said(statement)) === '') allowed.push(statement);
          }
      }
      expect(allowed).toEqual([]);
    });

    it('to erase more of a signature than its remark, or half of that, or to write another afterwards', async () => {
      const row = remarked();
      const erase = (more = '') =>
        `update signatures set remark = null, salt = null${more} where ${only('signatures', row)}`;
      expect(await said(erase())).toBe('');
      for (const column of Object.keys(row).filter((name) => !ERASABLE.includes(name))) {
        const other = quoted(different(row[column] ?? null));
        expect(await said(erase(`, ${column} = ${other}`)), column).not.toBe('');
      }
      for (const half of ERASABLE)
        expect(await said(`update signatures set ${half} = null where ${only('signatures', row)}`)).toMatch(
          /only be erased/,
        );
      expect(await said(erase(), `update signatures set remark = '没有意见', salt = 'x'`)).toMatch(
        /only be erased/,
      );
      // One of two is erased, the other gets new words.
      const both = `remark = case when ${only('signatures', row)} then null else '没有意见' end, salt = null`;
      expect(await said(`update signatures set ${both}`)).toMatch(/only be erased/);
    });

    it.each(TABLES)('to delete from %s, to empty it, and to write over its rows', async (table) => {
      const row = first(table);
      const again = insertOf(table, row);
      const column = table === 'signatures' ? 'signed_by' : 'body';
      const tried = [
        `delete from ${table} where ${only(table, row)}`,
        `delete from ${table}`,
        `${again} on conflict (${KEYS[table].join(', ')}) do update set ${column} = 'x'`,
        again,
        ...(engine === 'postgres'
          ? [
              `truncate ${table} cascade`,
              `merge into ${table} m using (select 1) o on true when matched then delete`,
            ]
          : [again.replace('insert', 'insert or replace'), again.replace('insert', 'replace')]),
      ];
      for (const statement of tried)
        expect(await said(statement), statement).toMatch(/never|exists|duplicate key|only be erased/);
    });

    it('a signature on other bytes than those of its document, or on none, also among good ones', async () => {
      const signature = { ...first('signatures'), id: 'zzzzzzzzzzzzzzzz' };
      expect(await said(insertOf('signatures', signature))).toBe('');
      const wrong: Row[] = [
        { hash: `\\x${'00'.repeat(32)}` },
        { document_id: 'nothing' },
        { kind: 'opening' },
      ];
      for (const change of wrong) {
        const bad = { ...signature, id: 'yyyyyyyyyyyyyyyy', ...change };
        expect(await said(insertOf('signatures', bad))).toMatch(/on the bytes of its document/);
        expect(await said(insertOf('signatures', signature, bad))).toMatch(/on the bytes of its document/);
      }
    });

    if (engine === 'postgres')
      it('to stand aside for an account that is not the owner of the tables', async () => {
        const triggers = { frozen_documents_kept: 'frozen_documents', signatures_update: 'signatures' };
        expect(await stoodAside(raw, 'frozen_clerk', triggers)).toEqual([]);
      });
  });
});

function different(value: Value): Value {
  if (isBytes(value)) return `${value ?? ''}00`;
  if (typeof value !== 'number') return value?.startsWith('[') === true ? '["admin"]' : `${value ?? ''}0`;
  return value + 1;
}
