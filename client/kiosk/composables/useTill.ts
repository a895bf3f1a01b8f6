import { computed, inject, type ComputedRef, type InjectionKey } from 'vue';
import type { BodyOf, Failure } from '../../api/index.ts';
import type { GoodsItem } from '../../../shared/contract/goods.ts';
import { IDLE_LIMIT_MS } from '../idle.ts';
import type { KeptBasket, Memory } from '../memory.ts';
import type { SoundName } from '../notice.ts';
import { createBasketDoor } from './createBasketDoor.ts';
import { createHandOver, type HandOver } from './createHandOver.ts';
import { createLookup } from './createLookup.ts';
import { createOverlays, type Overlays } from './createOverlays.ts';
import { createPinQuestion, type PinQuestion } from './createPinQuestion.ts';
import { createPrinter, type Printer } from './createPrinter.ts';
import { createScanning } from './createScanning.ts';
import { createStatementDesk, type StatementDesk } from './createStatementDesk.ts';
import { createVisit, type Visit } from './createVisit.ts';
import { createVoice, type Voice } from './createVoice.ts';
import type { Goods } from './useGoods.ts';
import type { Station } from './useStation.ts';

export type Phase = 'waiting' | 'looking' | 'serving' | 'checking' | 'done';

/** Everything the counter does, whoever asks for it: scanner, finger or keyboard. */
export interface Till extends Overlays {
  readonly phase: ComputedRef<Phase>;
  readonly visit: Visit;
  readonly handOver: HandOver;
  readonly notice: Voice['notice'];
  readonly signal: Voice['signal'];
  /** The household's PIN, before a big basket goes out. */
  readonly pinQuestion: PinQuestion;
  readonly statements: StatementDesk;
  readonly printer: Printer;
  /** For hearing and seeing how a sound comes out. */
  readonly testSound: (sound: SoundName) => void;
  /** The program of the camera could not be fetched. */
  readonly cameraNotLoaded: () => void;
  /** True while household data is on the screen. */
  readonly showsHousehold: ComputedRef<boolean>;
  readonly scan: (text: string) => void;
  readonly findNumber: (number: string) => Promise<void>;
  readonly add: (item: GoodsItem) => void;
  /** For less of an item: what adds speaks. */
  readonly setQuantity: (item: GoodsItem, quantity: number) => void;
  /** Takes household data off the screen. */
  readonly leave: () => void;
  /** The same, because nobody has touched anything for a minute. */
  readonly leaveIdle: () => void;
  /** After signing in: settles or brings back what was interrupted. */
  readonly resume: () => Promise<void>;
}

/** After a power cut, say; who comes back later than this begins anew. */
const BASKET_KEPT_MS = 30 * 60_000;

export const tillKey: InjectionKey<Till> = Symbol('till');

export function useTill(): Till {
  const till = inject(tillKey);
  if (!till) throw new Error('no till was provided');
  return till;
}

interface TillParts {
  readonly station: Station;
  readonly goods: Goods;
  readonly memory: Memory;
  readonly now: () => number;
  readonly play: (sound: SoundName) => void;
  /** Opens the browser's printing. */
  readonly print: () => void;
}

export function createTill({ station, goods, memory, now, play, print }: TillParts): Till {
  const voice = createVoice(play);
  const visit = createVisit({ goods, memory, now });
  const lookup = createLookup({ station, goods, visit, voice });
  const parts = { station, goods, visit, memory, voice, now };
  const handOver = createHandOver({ ...parts, askPin: () => pinQuestion.ask(), refused: backToBasket });
  const pinQuestion = createPinQuestion({ station, visit, now, proven: () => void handOver.confirm() });
  const statements = createStatementDesk({ station, voice });
  const printer = createPrinter({ memory, voice, send: print });
  const { progress, receipt } = handOver;
  const basket = createBasketDoor({ goods, visit, voice });
  const { putAway: putOverlaysAway, clearView, ...overlays } = createOverlays();

  async function backToBasket(kept: KeptBasket, failure: Failure): Promise<void> {
    // Signed out: the basket waits for whoever signs in.
    if (station.stage.value !== 'open') return;
    await Promise.all([goods.refresh(), lookup.restore(kept)]);
    voice.tell({ kind: 'failure', failure, writes: true });
  }

  async function find(wanted: BodyOf<'kiosk.lookup'>): Promise<void> {
    putAway();
    receipt.value = null;
    voice.tell(null);
    basket.forgetAhead();
    if (await lookup.find(wanted)) basket.addAhead();
  }

  function putAway(): void {
    printer.forget();
    statements.close();
    pinQuestion.close();
    putOverlaysAway();
  }

  function leave(): void {
    putAway();
    lookup.forget();
    visit.close();
    receipt.value = null;
    voice.tell(null);
  }

  function leaveIdle(): void {
    // A basket that was sent is not forgotten: what became of it is still being asked.
    if (progress.value) return;
    const hadBasket = visit.lines.value.length > 0;
    leave();
    if (hadBasket) voice.tell({ kind: 'info', name: 'timeUp' });
  }

  async function resume(): Promise<void> {
    await goods.refresh();
    const kept = await handOver.resume();
    if (!kept) return;
    const keptForMs = now() - kept.changedAtMs;
    // Longer ago than a household may stand on the screen unattended: its card brings the basket back.
    if (keptForMs > BASKET_KEPT_MS) memory.basket = null;
    else if (keptForMs > IDLE_LIMIT_MS) voice.tell({ kind: 'info', name: 'basketWaits' });
    else if (await lookup.restore(kept)) voice.tell({ kind: 'info', name: 'basketBack' });
  }

  const scan = createScanning({
    ...parts,
    statements,
    clearView: () => [clearView, pinQuestion.close].forEach((clear) => clear()),
    isSending: () => progress.value !== null,
    scanCard: (card) => void find({ card }),
    scanGoods: (id) => basket.scan(id, { isLooking: lookup.isLooking.value, isDone: receipt.value !== null }),
  });

  return {
    phase: computed(() => phaseOf(handOver, lookup.isLooking.value, visit)),
    visit,
    handOver,
    notice: voice.notice,
    signal: voice.signal,
    ...overlays,
    testSound: (sound) => voice.sound(sound),
    cameraNotLoaded() {
      overlays.isCameraOpen.value = false;
      voice.tell({ kind: 'warn', name: 'cameraNotLoaded' });
    },
    pinQuestion,
    statements,
    printer,
    showsHousehold: computed(() => {
      const shown = [visit.household, receipt, overlays.isHistoryOpen, overlays.isFindingByName];
      return statements.view.value !== 'closed' || shown.some((one) => one.value);
    }),
    scan,
    findNumber: async (number) => (progress.value ? undefined : find({ number })),
    add: basket.add,
    setQuantity: basket.setQuantity,
    leave,
    leaveIdle,
    resume,
  };
}

function phaseOf({ progress, receipt }: HandOver, isLooking: boolean, { household }: Visit): Phase {
  const sentBeforeReload = progress.value?.kind === 'redeem' && !household.value;
  if (sentBeforeReload || (progress.value?.unclearAttempts ?? 0) > 0) return 'checking';
  if (isLooking) return 'looking';
  if (receipt.value) return 'done';
  return household.value ? 'serving' : 'waiting';
}
