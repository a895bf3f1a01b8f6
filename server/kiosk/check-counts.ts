import { firstWrong, type StartCheck, type Told, type ToldAct, ToldThings } from '../acts/index.ts';
import type { CountedLine } from '../../shared/kiosk/shift-counts.ts';

/** A count as its act tells it. */
interface ToldCount extends Told {
  kiosk: string;
  shift: unknown;
  phase: 'begin' | 'end';
  answers: unknown;
  withoutNetwork: boolean;
  readonly lines: string[];
}

const ACTS: readonly string[] = ['shifts.counted', 'shifts.taken_over'];

/** Compares every count of a shift, and each of its lines, with the act that tells of it. */
export const checkCounts: StartCheck = (at) => {
  const counts = new ToldThings<ToldCount>((told) => ({
    ...told,
    ...{ kiosk: '', shift: '', phase: 'end', answers: null, withoutNetwork: false, lines: [] },
  }));
  /** The count of the act that is being heard: its lines follow it under the same number. */
  let heard: { readonly number: number; readonly count: ToldCount } | null = null;
  return {
    take(act) {
      if (!ACTS.includes(act.act)) return;
      if (act.kind === 'kiosk') {
        const count = counts.of({ ...act, id: String(act.is.get('count')) });
        heard = { number: act.number, count };
        Object.assign(count, {
          ...{ kiosk: act.id, shift: act.is.get('shift'), answers: act.is.get('answers') ?? null },
          phase: act.act === 'shifts.counted' ? 'end' : 'begin',
          withoutNetwork: act.is.get('withoutNetwork') === true,
        });
      } else if (heard?.number === act.number) heard.count.lines.push(toldLine(act));
    },
    finish: ({ isWhole }) =>
      counts.compare(at, 'shiftCounts', isWhole, (row, told) =>
        firstWrong(at.reader.t.shiftCounts, { id: row.id, check: 'told', number: told.number }, [
          ['kioskId', told.kiosk, row.kioskId],
          ['shiftId', told.shift, row.shiftId],
          ['phase', told.phase, row.phase],
          ['answersId', told.answers, row.answersId],
          ['withoutNetwork', told.withoutNetwork, row.withoutNetwork],
          ['lines', told.lines.toSorted(), row.lines.map(lineOfRow).toSorted()],
        ]),
      ),
  };
};

/** Writes out what an act tells of an item that was counted. Nothing and zero are told apart; nothing and an empty text are not. */
function toldLine({ id, is }: ToldAct): string {
  return lineText(id, (field) => is.get(field) ?? '');
}

function lineOfRow({ goodsId, ...line }: CountedLine): string {
  return lineText(goodsId, (field) => line[field] ?? '');
}

const FIELDS = ['unit', 'counted', 'booked', 'shown', 'reason', 'remark'] as const;

function lineText(goodsId: string, valueOf: (field: (typeof FIELDS)[number]) => unknown): string {
  return JSON.stringify([goodsId, ...FIELDS.map(valueOf)]);
}
