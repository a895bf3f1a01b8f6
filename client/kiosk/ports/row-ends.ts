import type { ShallowRef } from 'vue';
import type { Answered } from '../../outbox/outbox.ts';
import type { KeptRow } from '../../outbox/outbox-disk.ts';
import type { Station } from '../composables/station.ts';
import type { GoodsReturn, Owed, OwedReturn, RowResult } from '../counter/state.ts';
import type { AwaitedAnswers } from './awaited-answers.ts';
import { returnResult, rowResult } from './row-result.ts';

export interface RowEnds {
  /** The end of a row that asks; it waits for as long as nobody knows. */
  readonly resultOf: (owed: Owed) => Promise<RowResult>;
  /** The same of a return. */
  readonly returnOf: (owed: OwedReturn) => Promise<RowResult<GoodsReturn>>;
}

interface Parts extends Pick<AwaitedAnswers, 'answerOf'> {
  readonly station: Pick<Station, 'api' | 'check'>;
  readonly rows: Readonly<ShallowRef<readonly KeptRow[]>>;
  /** Resolves when the disk has said of the last row or mark whether it is there. */
  readonly written: () => Promise<unknown>;
}

/** The end of a row that no server told. */
type EndedHere = Extract<RowResult, { is: 'ended' | 'gone' }>;

/** Waits for the ends of rows that ask. */
export function createRowEnds({ station, rows, written, answerOf }: Parts): RowEnds {
  async function endOf<R>(
    rowKey: string,
    read: (answered: Answered) => R | Promise<R>,
  ): Promise<R | EndedHere> {
    for (;;) {
      // A row that is being written when the shift ends is asked about when somebody signs in.
      await written();
      const kept = rows.value.find(({ row }) => row.key === rowKey);
      if (!kept) return { is: 'gone' };
      const { done } = kept.row;
      if (done !== null && done.how !== 'server') return { is: 'ended', how: done.how };
      const answered = await answerOf(kept);
      if (answered.answer !== 'waiting') return read(answered);
    }
  }

  return {
    resultOf: (owed) => endOf(owed.key, (answered) => rowResult(station, owed, answered)),
    returnOf: (owed) => endOf(owed.key, (answered) => returnResult(station, owed, answered)),
  };
}
