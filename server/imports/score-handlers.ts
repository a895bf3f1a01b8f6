import type { Reader } from '../../db/index.ts';
import type { ImportEffect, ImportQuestion, ScoreSheetState } from '../../shared/imports/contract.ts';
import type { PaperReading, ScoresReading } from '../../shared/imports/papers.ts';
import { Refusal } from '../../shared/errors.ts';
import { nextTurn, runCommand } from '../commands/index.ts';
import type { HandlersOf, VillageContext, WriteContext } from '../http/index.ts';
import type { endpoints } from '../../shared/imports/endpoints.ts';
import type { Ledger } from '../ledger/index.ts';
import { type PaperReader, previewOf } from '../papers/index.ts';
import { createDeeds, refuseAdministrator, toldSteps, unlessAdministrator } from '../proposals/index.ts';
import { blankScores } from './blank-scores.ts';
import {
  type Belongs,
  closeImport,
  findShown,
  findWhole,
  type ImportRow,
  type ShownImport,
} from './import-rows.ts';
import { effectOf, type PlanAt } from './plan.ts';
import { questionsAbout } from './questions.ts';
import { planScores, type ScorePlan } from './score-plan.ts';
import { keepCorrected, keepUnconfirmed } from './unconfirmed.ts';

interface ScoresDeps {
  readonly papers: PaperReader;
  readonly ledger: Ledger;
}

type ScoreEndpoints = Pick<
  typeof endpoints,
  | 'imports.readScores'
  | 'imports.blankScores'
  | 'imports.getScores'
  | 'imports.correctScores'
  | 'imports.commitScores'
>;

interface Here {
  readonly village: VillageContext;
  readonly today: string;
}

/**
 * A month's score sheet. Only the person who uploaded it sees it and proposes its deeds: nobody has another propose a sheet and
 * then approves it.
 */
export function scoreHandlers({ papers, ledger }: ScoresDeps): HandlersOf<ScoreEndpoints> {
  return {
    'imports.readScores': async ({ query: { filename }, body }, context) => {
      const { store, village, nowMs, actor } = context;
      refuseAdministrator(context);
      const row: ImportRow = {
        villageId: village.id,
        id: context.newId(),
        kind: 'scores',
        filename,
        bytes: body,
        options: {},
        reading: await papers.read('scores', { bytes: body, filename }),
        state: 'read',
        outcome: null,
        createdBy: actor.id,
        createdAtMs: nowMs,
      };
      await store.transaction((tx) => keepUnconfirmed(tx, row));
      return store.read((reader) => stateOf(reader, row, context));
    },

    'imports.blankScores': ({ params: { format } }, { reader, village, today }) =>
      Promise.resolve(
        blankScores(reader, { villageId: village.id, villageName: village.name, format, today }),
      ),

    'imports.getScores': async ({ params: { id } }, context) => {
      const { reader, village, actor } = context;
      const row = await findShown(reader, { villageId: village.id, id }, isOwn(actor));
      return stateOf(reader, row, context);
    },

    'imports.correctScores': async ({ params: { id }, body: options }, context) => {
      const { store, village, actor } = context;
      const ref = { villageId: village.id, id };
      const found = await store.read((reader) => findWhole(reader, ref, isOwn(actor)));
      const { kind, filename, bytes } = found;
      const reading = await papers.read(kind, { bytes, filename, options });
      const row = await store.transaction((tx) => keepCorrected(tx, found, { options, reading }));
      return store.read((reader) => stateOf(reader, row, context));
    },

    'imports.commitScores': async ({ params: { id } }, context) => {
      const { tx, village, actor } = context;
      await tx.lockBook(village.id);
      const row = await findShown(tx, { villageId: village.id, id }, isOwn(actor));
      return stateOf(tx, await commit(context, row, ledger), context);
    },
  };
}

/** Proposes all deeds of a sheet, or none; the sheet is compared once more, under the book's lock. */
async function commit(context: WriteContext, row: ShownImport, ledger: Ledger): Promise<ShownImport> {
  const { tx, act } = context;
  if (row.state === 'committed') throw new Refusal('paper.committed');
  refuseAdministrator(context);
  const { plan, questions } = await compared(tx, row, context, () => tx.pause());
  const open = questions.find(({ needsAnswer }) => needsAnswer);
  if (open) throw new Refusal('paper.unanswered', open.text);
  const wrong = wrongIn(row.reading, plan);
  if (wrong > 0) throw new Refusal('paper.not_whole', { count: wrong });
  const effect = effectOfScores(scoresOf(row.reading), plan);
  const { create: created, unchanged, leftOut } = effect;
  if (created === 0) throw new Refusal('paper.nothing');
  const batchId = await propose(context, plan, ledger);
  const figures = { created, updated: 0, unchanged, leftOut };
  const is = { paper: 'scores', file: row.filename, ...figures, total: plan.total, needsApproval: true };
  act({ act: 'imports.committed', on: `import:${row.id}`, is });
  return closeImport(tx, row, { effect, result: { ...figures, journalNumbers: [], batchId } });
}

function isOwn({ id }: { readonly id: string }): Belongs {
  return ({ kind, createdBy }) => kind === 'scores' && createdBy === id;
}

/** Proposes the deeds as whoever proposes them by hand: the same command, with the same checks, told in the book alike. */
async function propose(context: WriteContext, { deeds }: ScorePlan, ledger: Ledger): Promise<string> {
  const awards = deeds.map(({ householdId, ...deed }) => ({ ...deed, householdIds: [householdId] }));
  const call = unlessAdministrator(context, createDeeds.with(awards, context));
  const { tx, villageId } = context;
  const { batchId } = await runCommand(tx, villageId, toldSteps({ ...context, ledger }, call));
  return batchId;
}

interface Compared {
  readonly plan: ScorePlan;
  /** About the paper as a whole first. */
  readonly questions: readonly ImportQuestion[];
}

async function compared(
  reader: Reader,
  { villageId, reading, options, createdBy: actorId }: ShownImport,
  { village, today }: Here,
  pause: PlanAt['pause'],
): Promise<Compared> {
  const plan = await planScores(reader, { villageId, today, actorId, pause }, scoresOf(reading), options);
  const asked = questionsAbout(reading, options, { villageName: village.name, today });
  return { plan, questions: [...asked, ...plan.questions] };
}

/** A paper of which anything is wrong would change nothing. */
function effectOfScores(reading: ScoresReading, plan: ScorePlan): ImportEffect {
  const create = wrongIn(reading, plan) > 0 ? 0 : plan.deeds.length;
  const { problems } = plan;
  return effectOf(reading, { create, update: 0, unchanged: 0, problems, needsApproval: true });
}

function wrongIn({ problems }: PaperReading, plan: ScorePlan): number {
  return [...problems, ...plan.problems].filter(({ severity }) => severity === 'error').length;
}

function scoresOf(reading: PaperReading): ScoresReading {
  if (reading.kind !== 'scores') throw new Refusal('paper.not_found');
  return reading;
}

async function stateOf(reader: Reader, row: ShownImport, here: Here): Promise<ScoreSheetState> {
  const { id, kind, filename, createdAtMs, state, outcome } = row;
  const reading = scoresOf(row.reading);
  const about = { id, kind, filename, createdAtMs, state, progress: null };
  if (outcome) {
    const effect = { ...outcome.effect, needsApproval: true };
    return { ...about, preview: previewOf(reading), effect, questions: [], result: outcome.result };
  }
  const { plan, questions } = await compared(reader, row, here, nextTurn);
  const preview = { ...previewOf({ ...reading, rows: [...plan.rows] }), sums: [] };
  return {
    ...about,
    preview,
    effect: effectOfScores(reading, plan),
    questions: [...questions],
    result: null,
  };
}
