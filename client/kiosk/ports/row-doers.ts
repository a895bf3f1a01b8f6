import type { Doers } from '../counter/create-counter.ts';
import type { CounterRows } from './counter-rows.ts';

type RowDoers = Pick<Doers, 'keepRow' | 'awaitAnswer' | 'noteEnd' | 'wake'>;

/** Writes the rows of the counter's machine and hears what became of them. */
export function createRowDoers({ keep, note, resultOf, wake }: CounterRows): RowDoers {
  return {
    keepRow: ({ turn, owed, how }, feed) =>
      void keep(owed, how).then((written) => feed({ is: 'kept', turn, ...written })),
    awaitAnswer: ({ turn, owed }, feed) =>
      void resultOf(owed).then((result) => feed({ is: 'answered', turn, result })),
    noteEnd: ({ turn, key, how }, feed) =>
      void note(key, how).then((written) => feed({ is: 'noted', turn, ...written })),
    wake,
  };
}
