import type { BadRow } from '../../shared/ledger/verification.ts';
import { type CheckAt, firstWrong, type StartCheck, type ToldAct } from '../acts/index.ts';
import { outcomesOf } from './outcome.ts';
import { hear, missingSheets, NONE, type RoundNow, stateOf, THING, type Told } from './told-rounds.ts';

/**
 * Computes every result again from the sheets that were handed in, and looks whether each sheet came from somebody who may, in its
 * turn, while the round was open.
 */
export const checkRounds: StartCheck = (at) => {
  const acts: ToldAct[] = [];
  return {
    take(act) {
      if (act.kind === THING) acts.push(act);
    },
    async finish() {
      const rounds = new Map<string, RoundNow>();
      for (const act of acts) {
        await at.giveWay();
        const told = toldIn(act);
        const wrong = wrongAct(at, rounds, told);
        if (wrong) return wrong;
        hear(rounds, told);
      }
      return null;
    },
  };
};

function toldIn({ act, id, actorId, bookedAtMs, number, is }: ToldAct): Told {
  return { act, id, by: actorId, atMs: bookedAtMs, entry: number, field: (name) => is.get(name) };
}

/** Compares an act with the round as the acts before it left it. */
function wrongAct({ reader }: CheckAt, rounds: Map<string, RoundNow>, told: Told): BadRow | null {
  const { act, id, entry: number, field } = told;
  const table = reader.t.journalFacts;
  const about = { id, number, check: 'told' } as const;
  if (act === 'rounds.opened')
    return firstWrong(table, about, [['number', rounds.size + 1, field('number')]]);
  const round = rounds.get(id);
  if (!round) return firstWrong(table, about, [['act', 'rounds.opened', act]]);
  const state = stateOf(round);
  if (state !== 'open') return firstWrong(table, about, [['act', state, act]]);
  if (act === 'rounds.closed') {
    const results = outcomesOf(round).map(({ result, band }, place) => {
      const mean = result.mean === null ? NONE : String(result.mean);
      return acceptable(textAt(field('results'), place), mean, band?.points ?? 0);
    });
    return firstWrong(table, about, [
      ['judge', [], missingSheets(round)],
      ['results', results, field('results') ?? []],
    ]);
  }
  if (act === 'rounds.withdrawn') return null;
  return wrongSheet(table, about, round, told);
}

/** The result as it must be told. A household may have been left out, by a cap or as closed: it then got nothing. */
function acceptable(told: string, mean: string, points: number): string {
  return told === `${mean} 0` ? told : `${mean} ${String(points)}`;
}

function textAt(list: unknown, place: number): string {
  return Array.isArray(list) ? String(list[place]) : '';
}

function wrongSheet(
  table: Parameters<typeof firstWrong>[0],
  about: Parameters<typeof firstWrong>[1],
  { judges, sheets, householdIds, items }: RoundNow,
  { act, by, field }: Told,
): BadRow | null {
  const judge = String(field('judge'));
  const version = (sheets.get(judge)?.version ?? 0) + 1;
  const marks = field('marks');
  const isKeyedByJudge = by !== judge && judges.includes(by);
  return firstWrong(table, about, [
    ['act', version === 1 ? 'rounds.handed_in' : 'rounds.corrected', act],
    ['judge', true, judges.includes(judge)],
    ['version', version, field('version')],
    ['by', false, isKeyedByJudge],
    ['marks', householdIds.length, Array.isArray(marks) ? marks.length : 0],
    ['marks', true, Array.isArray(marks) && marks.every((one) => isSheetRow(String(one), items.length))],
  ]);
}

function isSheetRow(text: string, items: number): boolean {
  return text === NONE || text.split(' ').length === items;
}
