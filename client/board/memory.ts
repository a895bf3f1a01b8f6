import type { AnswerOf } from '../api/index.ts';
import { DEVICE_TOKEN } from '../device/device-token.ts';

interface Kept {
  readonly board: AnswerOf<'board.view'>;
  readonly heardAtMs: number;
}

/** The number goes up with the shape of the answer: what an earlier page kept is not shown by this one. */
const name = 'jishan.board.4';

/** The village this screen showed last: a television that starts without the network goes on with it. */
export function keptVillageId(): string | null {
  return read()?.board.village.id ?? null;
}

/** The board that this screen showed last, if it was this village's. Nothing of it is secret. */
export function keptBoard(villageId: string): Kept | null {
  const kept = read();
  return kept?.board.village.id === villageId ? kept : null;
}

export function keepBoard(kept: Kept): void {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing shows the board as long as it has the network.
  }
}

/** The token of this device, if a village has paired it: what it shows counts. */
export function deviceToken(): string | null {
  try {
    return localStorage.getItem(DEVICE_TOKEN);
  } catch {
    return null;
  }
}

function read(): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}
