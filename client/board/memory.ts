import type { AnswerOf } from '../api/index.ts';

interface Kept {
  readonly board: AnswerOf<'board.view'>;
  readonly heardAtMs: number;
}

const name = 'jishan.board';

/** What this screen showed last, if it was this village's; nothing of it is secret. */
export function keptBoard(villageId: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as Kept | null;
    return kept?.board.village.id === villageId ? kept : null;
  } catch {
    return null;
  }
}

export function keepBoard(kept: Kept): void {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing shows the board as long as it has the network.
  }
}
