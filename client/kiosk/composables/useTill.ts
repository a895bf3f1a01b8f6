import { computed, inject, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import type { BodyOf, Failure } from '../../api/index.ts';
import type { GoodsItem } from '../../../shared/contract/goods.ts';
import type { Obstacle } from '../basket.ts';
import { IDLE_LIMIT_MS } from '../idle.ts';
import type { KeptBasket, Memory } from '../memory.ts';
import type { NoticeName, NoticeParams, SoundName } from '../notice.ts';
import { readScan } from '../scanner/meaning.ts';
import { createHandOver, type HandOver } from './createHandOver.ts';
import { createLookup } from './createLookup.ts';
import { createVisit, type Visit } from './createVisit.ts';
import { createVoice, type Voice } from './createVoice.ts';
import type { Goods } from './useGoods.ts';
import type { Station } from './useStation.ts';

export type Phase = 'waiting' | 'looking' | 'serving' | 'checking' | 'done';

/** Everything the counter does, whoever asks for it: scanner, finger or keyboard. */
export interface Till {
  readonly phase: ComputedRef<Phase>;
  readonly visit: Visit;
  readonly handOver: HandOver;
  readonly notice: Voice['notice'];
  readonly signal: Voice['signal'];
  /** The question whether to undo is on the screen. */
  readonly isAskingUndo: Ref<boolean>;
  /** The camera is looking for codes. */
  readonly isCameraOpen: Ref<boolean>;
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
}

export function createTill({ station, goods, memory, now, play }: TillParts): Till {
  const voice = createVoice(play);
  const visit = createVisit({ goods, memory, now });
  const lookup = createLookup({ station, goods, visit, voice });
  const handOver = createHandOver({ station, goods, visit, memory, voice, now, refused: backToBasket });
  const { progress, receipt } = handOver;
  const basket = createBasketDoor({ goods, visit, voice });
  const isAskingUndo = ref(false);
  const isCameraOpen = ref(false);

  const phase = computed<Phase>(() => {
    const sentBeforeReload = progress.value?.kind === 'redeem' && !visit.household.value;
    if (sentBeforeReload || (progress.value?.unclearAttempts ?? 0) > 0) return 'checking';
    if (lookup.isLooking.value) return 'looking';
    if (receipt.value) return 'done';
    return visit.household.value ? 'serving' : 'waiting';
  });

  async function backToBasket(kept: KeptBasket, failure: Failure): Promise<void> {
    // Signed out: the basket waits for whoever signs in.
    if (station.stage.value !== 'open') return;
    await Promise.all([goods.refresh(), lookup.restore(kept)]);
    voice.tell({ kind: 'failure', failure, writes: true });
  }

  async function find(wanted: BodyOf<'kiosk.lookup'>): Promise<void> {
    receipt.value = null;
    voice.tell(null);
    isCameraOpen.value = false;
    basket.forgetAhead();
    if (await lookup.find(wanted)) basket.addAhead();
  }

  function scanGoods(goodsId: string): void {
    if (lookup.isLooking.value) basket.addLater(goodsId);
    else if (visit.household.value) basket.addById(goodsId);
    else voice.refuse(receipt.value ? 'doneAlready' : 'scanCardFirst', { name: basket.nameOf(goodsId) });
  }

  function scan(text: string): void {
    isAskingUndo.value = false;
    if (station.stage.value !== 'open') {
      voice.refuse('signInFirst');
      return;
    }
    if (progress.value) {
      voice.refuse('busy');
      return;
    }
    const meaning = readScan(text, goods.idByBarcode.value);
    if (meaning.kind === 'card') void find({ card: meaning.code });
    else if (meaning.kind === 'goods') scanGoods(meaning.goodsId);
    else if (meaning.kind === 'foreign') voice.refuse('foreign');
    else voice.refuse(meaning.kind === 'misread' ? 'misread' : 'unknownGoods', { code: meaning.code });
  }

  function leave(): void {
    lookup.forget();
    visit.close();
    receipt.value = null;
    voice.tell(null);
    isAskingUndo.value = false;
    isCameraOpen.value = false;
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
    if (now() - kept.changedAtMs > IDLE_LIMIT_MS) memory.basket = null;
    else if (await lookup.restore(kept)) voice.tell({ kind: 'info', name: 'basketBack' });
  }

  return {
    phase,
    visit,
    handOver,
    notice: voice.notice,
    signal: voice.signal,
    isAskingUndo,
    isCameraOpen,
    cameraNotLoaded() {
      isCameraOpen.value = false;
      voice.tell({ kind: 'warn', name: 'cameraNotLoaded' });
    },
    showsHousehold: computed(() => visit.household.value !== null || receipt.value !== null),
    scan,
    findNumber: async (number) => (progress.value ? undefined : find({ number })),
    add: basket.add,
    setQuantity: basket.setQuantity,
    leave,
    leaveIdle,
    resume,
  };
}

/** Puts goods into the basket and says so, or says why not. */
function createBasketDoor({ goods, visit, voice }: { goods: Goods; visit: Visit; voice: Voice }) {
  /** Goods scanned while the card before them is still being looked up. */
  let ahead: string[] = [];

  function say(item: GoodsItem, obstacle: Obstacle | null): void {
    if (obstacle !== null) {
      voice.refuse(...obstacleNotice(obstacle, item, visit.left.value));
      return;
    }
    voice.tell(null);
    voice.sound('item', item.name);
  }

  const add = (item: GoodsItem) => say(item, visit.add(item));

  function setQuantity(item: GoodsItem, quantity: number): void {
    if (visit.setQuantity(item, quantity) === null) voice.tell(null);
  }

  function addById(goodsId: string): void {
    const item = goods.byId.value.get(goodsId);
    if (item) add(item);
  }

  return {
    add,
    addById,
    setQuantity,
    nameOf: (goodsId: string) => goods.byId.value.get(goodsId)?.name ?? '',
    addLater: (goodsId: string) => void ahead.push(goodsId),
    addAhead: () => ahead.splice(0).forEach(addById),
    forgetAhead: () => void (ahead = []),
  };
}

function obstacleNotice(obstacle: Obstacle, item: GoodsItem, left: number): [NoticeName, NoticeParams] {
  if (obstacle === 'sold_out') return ['soldOut', { name: item.name }];
  if (obstacle === 'limit') return ['limit', { name: item.name, limit: item.monthlyLimit ?? 0 }];
  return ['pointsShort', { name: item.name, missingHundredths: item.price - left }];
}
