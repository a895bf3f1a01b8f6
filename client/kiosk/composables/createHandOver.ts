import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { newKey, type AnswerOf, type Failure } from '../../api/index.ts';
import { askUntilKnown, type Asking } from '../ask-again.ts';
import type { KeptBasket, KeptUndo, Memory } from '../memory.ts';
import type { Notice } from '../notice.ts';
import type { Visit } from './createVisit.ts';
import type { Goods } from './useGoods.ts';
import type { Station } from './useStation.ts';

export type Redemption = AnswerOf<'kiosk.redeem'>;

/** A sending under way. From the second attempt on, the screen says that it is asking again. */
export interface Progress {
  readonly kind: 'redeem' | 'undo';
  readonly unclearAttempts: number;
  /** Every attempt so far said that nothing moved. */
  readonly mayLeave: boolean;
}

/** The last redemption, as far as the screen may show it to whoever comes next: no names. */
export interface Undoable {
  readonly redemptionId: string;
  readonly key: string;
  readonly points: number;
  readonly pieces: number;
  readonly untilMs: number;
}

export interface HandOver {
  readonly progress: Readonly<Ref<Progress | null>>;
  /** What was just handed out or taken back. */
  readonly receipt: ShallowRef<Redemption | null>;
  readonly undoable: Readonly<ShallowRef<Undoable | null>>;
  confirm(): Promise<void>;
  undo(): Promise<void>;
  /** Settles what a reload or a sign-in interrupted. Answers a basket that was never sent, to be put back on the screen. */
  resume(): Promise<KeptBasket | null>;
  /** Asks at once instead of after the pause. */
  askNow(): void;
  /** Goes back to the basket; only while it is certain that nothing moved. */
  giveUp(): void;
}

interface HandOverParts {
  readonly station: Station;
  readonly goods: Goods;
  readonly visit: Visit;
  readonly memory: Memory;
  readonly now: () => number;
  tell(notice: Notice | null): void;
  /** A basket came back refused: look the household up again, so that balance and limits are fresh. */
  refused(kept: KeptBasket, failure: Failure): Promise<void>;
}

const sendTimeoutMs = 8000;
export const UNDO_LASTS_MS = 5 * 60_000;

export function createHandOver(parts: HandOverParts): HandOver {
  const { station, goods, visit, memory, now, tell } = parts;
  const progress = ref<Progress | null>(null);
  const receipt = shallowRef<Redemption | null>(null);
  const undoable = shallowRef<Undoable | null>(null);
  let wake: ((goOn: boolean) => void) | null = null;

  async function ask<T>(kind: Progress['kind'], send: Parameters<typeof askUntilKnown<T>>[0]) {
    progress.value = { kind, unclearAttempts: 0, mayLeave: true };
    const asking: Asking = {
      onUnclear: (unclearAttempts, mayLeave) => (progress.value = { kind, unclearAttempts, mayLeave }),
      wait: (ms) =>
        new Promise((resolve) => {
          const timer = setTimeout(() => resolve(true), ms);
          wake = (goOn) => {
            clearTimeout(timer);
            resolve(goOn);
          };
        }),
    };
    const settled = await askUntilKnown<T>(send, asking);
    const wasUnclear = progress.value.unclearAttempts > 0;
    wake = null;
    progress.value = null;
    return { settled, wasUnclear };
  }

  async function sendBasket(kept: KeptBasket): Promise<void> {
    const body = { householdId: kept.householdId, lines: [...kept.lines], expectedPoints: kept.sentPoints ?? 0 };
    const { settled, wasUnclear } = await ask('redeem', () =>
      station.api.call('kiosk.redeem', { key: kept.key, timeoutMs: sendTimeoutMs, body }),
    );
    if (settled.kind === 'answer') return handedOut(settled.data);
    if (settled.kind === 'left') return visit.markRefused();
    // Signed out in between: what may have been booked is asked about again after signing in.
    if (station.stage.value !== 'open' && wasUnclear) return;
    if (codeOf(settled.failure) === 'idempotency.conflict') return bookedOtherwise();
    memory.basket = { ...kept, sentPoints: null };
    await parts.refused(kept, settled.failure);
  }

  function handedOut(redemption: Redemption): void {
    visit.close();
    tell(null);
    receipt.value = redemption;
    undoable.value = undoableFrom(redemption, now());
    void goods.refresh();
  }

  /** This key has booked another basket: an earlier sending arrived after all, then the basket was changed. */
  async function bookedOtherwise(): Promise<void> {
    visit.close();
    tell({ kind: 'warn', name: 'alreadyBooked' });
    await loadUndoable();
  }

  async function sendUndo(kept: KeptUndo): Promise<void> {
    memory.undo = kept;
    const { settled, wasUnclear } = await ask('undo', () =>
      station.api.call('kiosk.undo', { key: kept.key, params: { id: kept.redemptionId }, timeoutMs: sendTimeoutMs }),
    );
    if (settled.kind === 'refused' && station.stage.value !== 'open' && wasUnclear) return;
    memory.undo = null;
    if (settled.kind === 'left') return;
    if (settled.kind === 'refused') {
      tell({ kind: 'failure', failure: settled.failure, writes: true });
      return loadUndoable();
    }
    undoable.value = null;
    void goods.refresh();
    // Somebody else is being served: their screen stays, and the one before is not shown to them.
    if (visit.household.value) tell({ kind: 'good', name: 'undone' });
    else receipt.value = settled.data;
  }

  async function loadUndoable(): Promise<void> {
    const outcome = await station.api.call('kiosk.recent');
    if (outcome.kind !== 'answer') return;
    const last = outcome.data.items[0];
    undoable.value = last?.mayUndo === true ? undoableFrom(last, Math.min(last.bookedAtMs, now())) : null;
  }

  async function confirm(): Promise<void> {
    if (progress.value || visit.lines.value.length === 0) return;
    progress.value = { kind: 'redeem', unclearAttempts: 0, mayLeave: true };
    if (await station.canReachServer()) return sendBasket(visit.markSent());
    progress.value = null;
    if (station.stage.value === 'open') tell({ kind: 'warn', name: 'offline' });
  }

  async function undo(): Promise<void> {
    if (progress.value || !undoable.value) return;
    const { key, redemptionId } = undoable.value;
    progress.value = { kind: 'undo', unclearAttempts: 0, mayLeave: true };
    if (await station.canReachServer()) return sendUndo({ key, redemptionId });
    progress.value = null;
    if (station.stage.value === 'open') tell({ kind: 'warn', name: 'offline' });
  }

  async function resume(): Promise<KeptBasket | null> {
    if (progress.value) return null;
    const { undo: keptUndo, basket } = memory;
    if (keptUndo) await sendUndo(keptUndo);
    if (basket && basket.sentPoints !== null) await sendBasket(basket);
    else await loadUndoable();
    return basket?.sentPoints === null ? basket : null;
  }

  return {
    progress,
    receipt,
    undoable,
    confirm,
    undo,
    resume,
    askNow: () => wake?.(true),
    giveUp: () => wake?.(false),
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

function codeOf(failure: Failure): string | null {
  return failure.kind === 'problem' ? failure.problem.code : null;
}
