import type { ErrorCode, Refusal } from '../../shared/errors.ts';
import type { PaperParams } from '../../shared/imports/paper-sentences.ts';
import { errorSentence } from '../../shared/words.ts';
import { type Against, type MeantDeed, placeOf } from './score-deed.ts';

type CellCode = Parameters<Against['addAt']>[1];

/** The sentences for the refusals that a deed most often meets. */
const CODES: Partial<Record<ErrorCode, CellCode>> = {
  'rule.points': 'village_score_points',
  'rule.cap_times': 'village_score_cap_times',
  'rule.cap_points': 'village_score_cap_points',
  'proposal.member_missing': 'village_score_member',
  'proposal.event_missing': 'village_score_event',
};

/** Names the cell of a deed that a proposal by hand would be refused for, with the reason. */
export function nameRefusal({ row, rule, household }: MeantDeed, refusal: Refusal, against: Against): void {
  const { code, title } = rule;
  const { number, head } = household;
  const sentence = CODES[refusal.code];
  if (refusal.code === 'proposal.future_day') nameDay(row, refusal, against);
  else if (sentence === undefined) {
    const said = (language: 'zh' | 'en') => errorSentence(refusal.code, refusal.params, language).title;
    against.addAt('error', 'village_score_refused', placeOf(row), { zh: said('zh'), en: said('en') });
  } else {
    const { least, most, ...figures } = figuresOf(refusal);
    const isOne = least === most;
    const allowed = { only: isOne ? (least ?? '') : '', least: isOne ? '' : (least ?? ''), most: most ?? '' };
    // Every figure is a multiple of a hundredth.
    const step = figures.step === 1 ? '' : (figures.step ?? '');
    const params = { ...figures, ...allowed, step, code, title, number, head };
    against.addAt('error', sentence, placeOf(row), params);
  }
}

function nameDay(row: MeantDeed['row'], { params }: Refusal, against: Against): void {
  const day = String(params.day ?? '');
  if (row.day === null) against.addAt('error', 'village_score_future_day', placeOf(row), { day });
  else {
    const { sheet, sourceRow } = row;
    const cell = { sheet, sourceRow, field: 'date', value: row.day } as const;
    against.add('error', 'village_score_future_day', cell, { day });
  }
}

function figuresOf({ params }: Refusal): PaperParams {
  const known = Object.entries(params).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(known);
}
