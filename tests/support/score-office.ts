/** A village whose committee brings in score sheets. */
import { eq } from 'drizzle-orm';
import type { ReadingOptions } from '../../shared/imports/papers.ts';
import { CappedVillage } from './capped.ts';
import { type AnswerOf, newKey, type TestServer } from './server.ts';

type ImportState = AnswerOf<'imports.getScores'>;

/** The day on which the tests of score sheets play. */
export const SCORES_DAY = '2026-05-20';

/** Makes a village with three households and four rules. */
export async function openScoreOffice(server: TestServer) {
  const village = await CappedVillage.open(server);
  const { committee: as } = village;
  const { admin } = village.village;
  const make = (number: string, head: string, group: string) =>
    server.must('households.create', { as: admin, body: { number, head, group } });
  const households = {
    wang: await make('001', '王明', '第一组'),
    li: await make('002', '李强', '第一组'),
    zhao: await make('003', '赵刚', '第二组'),
  };
  const rules = {
    yard: await village.rule({ code: 'A1', title: '庭院美' }),
    visit: await village.rule({ code: 'B2', title: '看望老人', points: 200 }),
    judged: await village.rule({
      ...{ code: 'C3', title: '评议加分', points: null, pointsMin: 100, pointsMax: 2000 },
      pointsMode: 'range',
    }),
    off: await village.rule({ code: 'Z9', title: '旧细则', enabled: false }),
  };
  const read = (body: Buffer, filename = 'scores.csv'): Promise<ImportState> =>
    server.must('imports.readScores', { as, query: { filename }, body });
  const correct = (id: string, body: ReadingOptions): Promise<ImportState> =>
    server.must('imports.correctScores', { as, params: { id }, body });
  const commit = ({ id }: Pick<ImportState, 'id'>, key = newKey()) =>
    server.call('imports.commitScores', { as, params: { id }, key });
  const refused = async (state: ImportState) => (await commit(state)).problem.code;
  const proposals = () =>
    server.store.read(({ db, t }) => db.$count(t.proposals, eq(t.proposals.villageId, village.village.id)));
  return { village, admin, households, rules, read, correct, commit, refused, proposals };
}

/** The cells that are named, with what is wrong. */
export function found({ effect, preview }: ImportState) {
  return [...preview.problems, ...effect.problems].map(({ cell, severity, code }) => [cell, severity, code]);
}

/** The questions that wait for an answer. */
export function asked({ questions }: ImportState) {
  return questions.filter(({ needsAnswer }) => needsAnswer).map(({ code }) => code);
}
