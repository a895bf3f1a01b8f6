import { shallowRef, type ShallowRef } from 'vue';
import { type AnswerOf, newKey } from '../../api/index.ts';
import type { KeptUndo, Memory } from '../memory.ts';
import type { Asker } from './createAsker.ts';
import type { Voice } from './createVoice.ts';
import type { Station } from './useStation.ts';

export type Redemption = AnswerOf<'kiosk.redeem'>;

/** As long as the server allows it. */
const UNDO_LASTS_MS = 5 * 60_000;

/** The last redemption, as far as the screen may show it to whoever comes next: no names. */
export interface Undoable {
  readonly redemptionId: string;
  readonly key: string;
  readonly points: number;
  readonly pieces: number;
  readonly untilMs: number;
}

export interface Undo {
  readonly undoable: Readonly<ShallowRef<Undoable | null>>;
  /** A redemption has just been booked. */
  readonly offer: (redemption: Redemption) => void;
  /** Asks the server which redemption can be undone, for example after a reload. */
  readonly load: () => Promise<void>;
  readonly undo: () => Promise<void>;
  /** Settles an undo that a reload interrupted. */
  readonly settle: (kept: KeptUndo) => Promise<void>;
}

interface UndoParts {
  readonly station: Station;
  readonly memory: Memory;
  readonly asker: Asker;
  readonly voice: Voice;
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly undone: (redemption: Redemption) => void;
}

export function createUndo({ station, memory, asker, voice, timeoutMs, now, undone }: UndoParts): Undo {
  const undoable = shallowRef<Undoable | null>(null);

  async function load(): Promise<void> {
    const outcome = await station.api.call('kiosk.recent');
    if (outcome.kind !== 'answer') return;
    const last = outcome.data.items[0];
    undoable.value = last?.mayUndo === true ? undoableFrom(last, Math.min(last.bookedAtMs, now())) : null;
  }

  const settle = (kept: KeptUndo) => send(kept, false);

  async function send(kept: KeptUndo, isFirst: boolean): Promise<void> {
    memory.undo = kept;
    const { key, redemptionId } = kept;
    const asked = await asker.ask({ kind: 'undo', isFirst }, () =>
      station.api.call('kiosk.undo', { key, params: { id: redemptionId }, body: {}, timeoutMs }),
    );
    // Signed out in between: asked again after signing in.
    if (asked.kind === 'refused' && asked.wasUnclear && station.stage.value !== 'open') return;
    memory.undo = null;
    if (asked.kind === 'answer') {
      undoable.value = null;
      undone(asked.data);
    } else if (asked.kind === 'refused') {
      voice.tell({ kind: 'failure', failure: asked.failure, writes: true });
      await load();
    }
  }

  return {
    undoable,
    offer: (redemption) => (undoable.value = undoableFrom(redemption, now())),
    load,
    async undo() {
      if (!undoable.value || !asker.begin('undo')) return;
      const { key, redemptionId } = undoable.value;
      if (await station.canReachServer()) return send({ key, redemptionId }, true);
      asker.progress.value = null;
      if (station.stage.value === 'open') voice.tell({ kind: 'warn', name: 'offlineUndo' });
    },
    settle,
  };
}

function undoableFrom(redemption: Redemption, fromMs: number): Undoable {
  return {
    redemptionId: redemption.id,
    key: newKey(),
    points: redemption.points,
    pieces: redemption.lines.reduce((sum, line) => sum + line.quantity, 0),
    untilMs: fromMs + UNDO_LASTS_MS,
  };
}
