import { shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Failure } from '../../api/index.ts';
import type { KeptBasket, Memory } from '../memory.ts';
import { createAsker, type Progress } from './createAsker.ts';
import { createUndo, type Redemption, type Undo } from './createUndo.ts';
import type { Visit } from './createVisit.ts';
import type { Voice } from './createVoice.ts';
import type { Goods } from './useGoods.ts';
import type { Station } from './useStation.ts';

/** Confirming a basket, and taking it back. */
export interface HandOver {
  readonly progress: Readonly<Ref<Progress | null>>;
  /** What was just handed out or taken back. */
  readonly receipt: ShallowRef<Redemption | null>;
  readonly undoable: Undo['undoable'];
  readonly confirm: () => Promise<void>;
  readonly undo: () => Promise<void>;
  /** Settles what a reload or a sign-in interrupted. Answers a basket that was never sent, to be put back on the screen. */
  readonly resume: () => Promise<KeptBasket | null>;
  readonly askNow: () => void;
  readonly giveUp: () => void;
}

interface HandOverParts {
  readonly station: Station;
  readonly goods: Goods;
  readonly visit: Visit;
  readonly memory: Memory;
  readonly voice: Voice;
  readonly now: () => number;
  /** The household's PIN is needed first. */
  readonly askPin: () => void;
  /** A basket came back refused, nothing was booked: put it on the screen with fresh balance and limits. */
  readonly refused: (kept: KeptBasket, failure: Failure) => Promise<void>;
}

const timeoutMs = 8000;

export function createHandOver(parts: HandOverParts): HandOver {
  const { station, goods, visit, memory, voice, now } = parts;
  const receipt = shallowRef<Redemption | null>(null);
  const asker = createAsker();
  const undo = createUndo({ station, memory, asker, voice, timeoutMs, now, undone: takenBack });

  async function send(kept: KeptBasket, isFirst: boolean): Promise<void> {
    const { key, householdId, lines, sentPoints, pinProof } = kept;
    const body = {
      householdId,
      lines: [...lines],
      expectedPoints: sentPoints ?? 0,
      ...(pinProof === null ? {} : { pinProof }),
    };
    const asked = await asker.ask({ kind: 'redeem', isFirst }, () =>
      station.api.call('kiosk.redeem', { key, timeoutMs, body }),
    );
    if (asked.kind === 'answer') handedOut(asked.data, isFirst);
    else if (asked.kind === 'left') visit.markRefused();
    else if (codeOf(asked.failure) === 'idempotency.conflict') await bookedOtherwise();
    else if (!asked.wasUnclear || station.stage.value === 'open') {
      memory.basket = { ...kept, sentPoints: null };
      await parts.refused(kept, asked.failure);
    }
    // Else signed out in between: what may have been booked is asked about again after signing in.
  }

  function handedOut(redemption: Redemption, isFirst: boolean): void {
    visit.close();
    voice.tell(null);
    voice.sound('done');
    receipt.value = redemption;
    if (isFirst) undo.offer(redemption);
    // It may have been booked hours ago, before the power went: the server knows whether it can still be undone.
    else void undo.load();
    void goods.refresh();
  }

  /** This key has booked another basket: an earlier sending arrived after all. */
  async function bookedOtherwise(): Promise<void> {
    visit.close();
    voice.tell({ kind: 'warn', name: 'alreadyBooked' });
    await undo.load();
  }

  function takenBack(redemption: Redemption): void {
    void goods.refresh();
    // Somebody else is being served: their screen stays, and the one before is not shown to them.
    if (visit.household.value) voice.tell({ kind: 'good', name: 'undone' });
    else receipt.value = redemption;
  }

  return {
    progress: asker.progress,
    receipt,
    undoable: undo.undoable,
    undo: undo.undo,
    async confirm() {
      if (visit.lines.value.length === 0) return;
      if (visit.needsPin()) {
        parts.askPin();
        return;
      }
      if (!asker.begin('redeem')) return;
      if (await station.canReachServer()) return send(visit.markSent(), true);
      asker.progress.value = null;
      if (station.stage.value === 'open') voice.tell({ kind: 'warn', name: 'offline' });
    },
    async resume() {
      if (asker.progress.value) return null;
      const { undo: keptUndo, basket } = memory;
      if (keptUndo) await undo.settle(keptUndo);
      if (basket && basket.sentPoints !== null) await send(basket, false);
      else await undo.load();
      return basket?.sentPoints === null ? basket : null;
    },
    askNow: asker.askNow,
    giveUp: asker.giveUp,
  };
}

function codeOf(failure: Failure): string | null {
  return failure.kind === 'problem' ? failure.problem.code : null;
}
