import { formatHundredths } from '../../shared/points.ts';
import { ROUND_MARKS_TITLES, ROUND_TITLES, ROUNDS_PART } from '../../shared/rounds/personal-file-words.ts';
import { totalOf } from '../../shared/rounds/result.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { resultsOf } from './outcome.ts';
import { itemText, missingSheets, readRounds, type RoundNow } from './told-rounds.ts';

const ROUNDS_A_PAGE = 20;

/** The marks that judges gave the household, in rounds whose sheets were all handed in. */
export function roundsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return Promise.resolve([[ROUNDS_PART, partsOf(subject)]]);
}

async function* partsOf(subject: FileSubject): AsyncIterable<object> {
  const { reader, villageId, householdId } = subject;
  for (let before: number | undefined; ;) {
    const page = await readRounds(reader, villageId, { before, limit: ROUNDS_A_PAGE });
    for (const round of page) {
      const place = round.householdIds.indexOf(householdId);
      if (place >= 0 && missingSheets(round).length === 0) yield toldOf(round, place, subject);
    }
    if (page.length < ROUNDS_A_PAGE) return;
    before = page.at(-1)?.opened.entry;
  }
}

function toldOf(round: RoundNow, place: number, { nameOf }: FileSubject): object {
  const { number, name, day, items, judges, sheets } = round;
  const shown = (points: number | null | undefined) =>
    typeof points === 'number' ? formatHundredths(points) : null;
  return titled(ROUND_TITLES, {
    ...{ number, name, day, items: items.map(itemText) },
    judges: judges.map((judge) => {
      const marks = sheets.get(judge)?.marks[place] ?? null;
      return titled(ROUND_MARKS_TITLES, {
        judge: nameOf(judge, round.opened.entry),
        ...{ marks: marks === null ? null : marks.map(shown), total: shown(totalOf(marks)) },
      });
    }),
    mean: shown(resultsOf(round)[place]?.mean),
  });
}
