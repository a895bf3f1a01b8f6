import { and, eq, ne } from 'drizzle-orm';
import { readFileSync } from 'node:fs';
import type { FoundingPaper, ReadingOptions } from '../../shared/imports/papers.ts';
import { type AnswerOf, type Got, newKey, type TestServer, type TestVillage } from './server.ts';

export type ImportState = AnswerOf<'imports.get'>;

export const starter = (name: string) => readFileSync(new URL(`../../db/starter/${name}`, import.meta.url));
export const csv = (...lines: string[]) => Buffer.from(lines.join('\n'));

/** The counts of a paper's effect, without the findings. */
export function figures({ effect: { create, update, unchanged, leftOut } }: ImportState) {
  return { create, update, unchanged, leftOut };
}

/** A village whose administrator imports papers. Its books are not open yet. */
export class Office {
  readonly server: TestServer;
  readonly village: TestVillage;

  constructor(server: TestServer, village: TestVillage) {
    this.server = server;
    this.village = village;
  }

  static async open(server: TestServer): Promise<Office> {
    return new Office(server, await server.addVillage(`清河村${newKey().slice(0, 6)}`, false));
  }

  get admin() {
    return this.village.admin;
  }

  read(kind: FoundingPaper, body: Buffer, filename = 'paper.csv'): Promise<ImportState> {
    return this.server.must('imports.read', { as: this.admin, params: { kind }, query: { filename }, body });
  }

  correct(id: string, body: ReadingOptions): Promise<ImportState> {
    return this.server.must('imports.correct', { as: this.admin, params: { id }, body });
  }

  commit({ id }: ImportState, key = newKey()): Promise<Got<'imports.commit'>> {
    return this.server.call('imports.commit', { as: this.admin, params: { id }, key });
  }

  /** Uploads a paper and commits it. */
  async bring(kind: FoundingPaper, body: Buffer, filename?: string): Promise<ImportState> {
    const got = await this.commit(await this.read(kind, body, filename));
    if (got.status !== 200) throw new Error(JSON.stringify(got.problem));
    return got.data;
  }

  households(): Promise<AnswerOf<'households.list'>> {
    return this.server.must('households.list', { as: this.admin, query: { limit: 200 } });
  }

  /** How many entries of the book move something. */
  entries(): Promise<number> {
    return this.server.store.read(({ db, t: { journal } }) =>
      db.$count(journal, and(eq(journal.villageId, this.village.id), ne(journal.kind, 'act'))),
    );
  }
}
