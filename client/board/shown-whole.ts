import type { NoticeDeed } from './slides.ts';
import type { Board } from './composables/useBoard.ts';

/** The server notes a notice once a day. It is told more often, because an answer may be lost. */
const TOLD_EVERY_MS = 10 * 60_000;

type Notice = Pick<Board['notices'][number], 'number' | 'deeds' | 'isWhole'>;

/** Keeps in mind which deeds of each notice have been on the screen. */
export interface ShownWhole {
  /** Some deeds of a notice were on the screen long enough. Tells whether all of it has been, at most once in ten minutes. */
  readonly show: (notice: Notice, deeds: readonly NoticeDeed[]) => boolean;
}

export function createShownWhole(clock: () => number): ShownWhole {
  const seen = new Map<number, Set<string>>();
  const toldAtMs = new Map<number, number>();
  return {
    show(notice, deeds) {
      const { number, deeds: all, isWhole } = notice;
      const shown = new Set([...(seen.get(number) ?? []), ...deeds.map(keyOf)]);
      seen.set(number, shown);
      const isDue = clock() - (toldAtMs.get(number) ?? -Infinity) >= TOLD_EVERY_MS;
      // A deed that changed since, or came back, is to be shown as it is now.
      if (!isWhole || !isDue || !all.every((deed) => shown.has(keyOf(deed)))) return false;
      seen.delete(number);
      toldAtMs.set(number, clock());
      return true;
    },
  };
}

function keyOf(deed: NoticeDeed): string {
  return JSON.stringify(deed);
}
