import { isDeepStrictEqual } from 'node:util';
import type { Reader, Tx } from '../../db/index.ts';
import type { FoundingState } from '../../shared/imports/contract.ts';
import type { FoundingReading, PaperReading } from '../../shared/imports/papers.ts';
import { Refusal } from '../../shared/errors.ts';
import type { endpoints } from '../../shared/imports/endpoints.ts';
import type { GuardedAt } from '../at.ts';
import { nextTurn, OutOfDate } from '../commands/index.ts';
import { type HandlersOf, longHandler, type RandomBytes, type VillageContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { paperReader, previewOf } from '../papers/index.ts';
import { dropStaged } from './drop.ts';
import {
  type Belongs,
  closeImport,
  findShown,
  findWhole,
  type ImportRow,
  isThis,
  type ShownImport,
} from './import-rows.ts';
import { effectOf, rowKey } from './plan.ts';
import { beginProgress, endProgress, progressOf, tellProgress } from './progress.ts';
import { questionsAbout } from './questions.ts';
import { planFor, type PreparedImport, prepareReading, writePrepared } from './services.ts';
import { scoreHandlers } from './score-handlers.ts';
import { keepCorrected, keepUnconfirmed } from './unconfirmed.ts';

export interface ImportsDeps {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
}

/** A score sheet is no paper of these: whoever uploaded it has endpoints of their own for it. */
const isFounding: Belongs = ({ kind }) => kind !== 'scores';

/** An import that only has to be written, with the paper as it was read then. */
interface Ready {
  readonly row: ShownImport;
  readonly prepared: PreparedImport;
}

export function importsHandlers({ ledger, random }: ImportsDeps): HandlersOf<typeof endpoints> {
  const papers = paperReader();
  return {
    ...scoreHandlers({ papers, ledger }),

    'imports.read': async ({ params: { kind }, query: { filename }, body }, context) => {
      const { store, village, nowMs, actor } = context;
      const row: ImportRow = {
        villageId: village.id,
        id: context.newId(),
        kind,
        filename,
        bytes: body,
        options: {},
        reading: await papers.read(kind, { bytes: body, filename }),
        state: 'read',
        outcome: null,
        createdBy: actor.id,
        createdAtMs: nowMs,
      };
      await store.transaction((tx) => keepUnconfirmed(tx, row));
      return store.read((reader) => importState(reader, row, hereOf(context)));
    },

    'imports.get': async ({ params: { id } }, context) => {
      const { reader, village } = context;
      return importState(
        reader,
        await findShown(reader, { villageId: village.id, id }, isFounding),
        hereOf(context),
      );
    },

    'imports.correct': async ({ params: { id }, body: options }, context) => {
      const { store, village } = context;
      const found = await store.read((reader) =>
        findWhole(reader, { villageId: village.id, id }, isFounding),
      );
      const { kind, filename, bytes } = found;
      const reading = await papers.read(kind, { bytes, filename, options });
      const row = await store.transaction((tx) => keepCorrected(tx, found, { options, reading }));
      return store.read((reader) => importState(reader, row, hereOf(context)));
    },

    'imports.commit': longHandler<'imports.commit', Ready | null>({
      async prepare({ params: { id } }, context, isAgain) {
        const { store, village, clock } = context;
        const row = await store.read((reader) =>
          findShown(reader, { villageId: village.id, id }, isFounding),
        );
        // Its key may be that of the commit, which is answered again.
        if (row.state === 'committed') return null;
        refuseUnanswered(row, hereOf(context));
        const ref = { villageId: village.id, importId: id };
        const prepared = await prepareReading(store, row.reading, atOf(context, row), {
          async onEffect(effect) {
            const total = effect.create + effect.update;
            if (!isAgain) await store.transaction((tx) => beginProgress(tx, ref, { total, effect }, clock()));
          },
          onPut: (tx, done) => tellProgress(tx, ref, done, clock()),
        });
        return { row, prepared };
      },
      async run({ params: { id } }, context, ready) {
        const { tx, village } = context;
        await tx.lockBook(village.id);
        const row = ready
          ? await sameAs(ready.row, tx)
          : await findShown(tx, { villageId: village.id, id }, isFounding);
        if (row.state === 'committed') throw new Refusal('paper.committed');
        refuseUnanswered(row, hereOf(context));
        const prepared = ready?.prepared ?? null;
        const outcome = await writePrepared(tx, row.reading, atOf(context, row), prepared);
        await endProgress(tx, { villageId: village.id, importId: id });
        return importState(tx, await closeImport(tx, row, outcome), hereOf(context));
      },
      end: ({ params: { id } }, { store, village }) =>
        store.transaction(async (tx) => {
          await endProgress(tx, { villageId: village.id, importId: id });
          await dropStaged(tx, { villageId: village.id, importId: id });
        }),
    }),
  };

  function atOf({ village, actor, ...context }: CommitContext, { id: importId, filename }: ShownImport) {
    const { nowMs, today, newId, agreed } = context;
    const by = { villageId: village.id, actorId: actor.id, via: 'desk', nowMs, today, newId } as const;
    return { ledger, random, ...by, village, agreed, importId, filename };
  }
}

interface CommitContext extends Pick<GuardedAt, 'agreed'> {
  readonly village: VillageContext;
  readonly actor: { readonly id: string };
  readonly nowMs: number;
  readonly today: string;
  readonly newId: () => string;
}

interface Here {
  readonly villageName: string;
  readonly today: string;
  readonly nowMs: number;
}

function hereOf({ village, today, nowMs }: Pick<CommitContext, 'village' | 'today' | 'nowMs'>): Here {
  return { villageName: village.name, today, nowMs };
}

function refuseUnanswered({ reading, options }: ShownImport, here: Here): void {
  const open = questionsAbout(reading, options, here).find(({ needsAnswer }) => needsAnswer);
  if (open) throw new Refusal('paper.unanswered', open.text);
}

/** The same import as it is now. The options alone decide how its paper is read, so it is not read once more. */
async function sameAs(row: ShownImport, tx: Tx): Promise<ShownImport> {
  const { imports } = tx.t;
  const [now] = await tx.db
    .select({ state: imports.state, options: imports.options })
    .from(imports)
    .where(isThis(tx, row));
  if (!now) throw new Refusal('paper.not_found');
  if (!isDeepStrictEqual(now.options, row.options) && now.state === 'read') throw new OutOfDate();
  return { ...row, ...now };
}

async function comparedWithVillage(
  reader: Reader,
  { villageId, ...row }: ShownImport,
  { today }: Here,
): Promise<Pick<FoundingState, 'preview' | 'effect'>> {
  const reading = foundingOf(row.reading);
  const plan = await planFor(reader, { villageId, today, pause: nextTurn }, reading);
  const shown = plan.numbers ? withNumbers(reading, plan.numbers) : reading;
  return { preview: previewOf(shown), effect: effectOf(reading, plan) };
}

function foundingOf(reading: PaperReading): FoundingReading {
  if (reading.kind === 'scores') throw new Refusal('paper.not_found');
  return reading;
}

/** The rows of a roster with the numbers that they have or get in the village. */
function withNumbers(reading: FoundingReading, numbers: ReadonlyMap<string, string>): FoundingReading {
  if (reading.kind !== 'roster') return reading;
  const rows = reading.rows.map((row) => ({ ...row, number: numbers.get(rowKey(row)) ?? row.number }));
  return { ...reading, rows };
}

async function importState(reader: Reader, row: ShownImport, here: Here): Promise<FoundingState> {
  const { villageId, id, kind, filename, createdAtMs, state, options, outcome } = row;
  const reading = foundingOf(row.reading);
  const ref = { villageId, importId: id };
  const underWay = outcome ? undefined : await progressOf(reader, ref, here.nowMs);
  const known = outcome?.effect ?? underWay?.effect;
  return {
    ...{ id, kind, filename, createdAtMs, state },
    ...(known
      ? { preview: previewOf(reading), effect: { ...known, needsApproval: known.needsApproval ?? false } }
      : await comparedWithVillage(reader, row, here)),
    questions: outcome ? [] : questionsAbout(reading, options, here),
    progress: underWay?.progress ?? null,
    result: outcome?.result ?? null,
  };
}
